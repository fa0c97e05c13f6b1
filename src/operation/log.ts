import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/**
 * Structured logs for operators. What is logged is chosen field by field at each place: never a body, a URL with
 * ids, a token, a value or a name. The level comes from APATITE_LOG_LEVEL.
 */
export function createLog(level = 'info', destination?: DestinationStream): Logger {
  const options = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }
  return destination ? pino(options, destination) : pino(options)
}
