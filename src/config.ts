import { readFileSync } from 'node:fs'
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'

/** What the service needs to know about the place where it runs (design/configuration.md). */
export interface Config {
  readonly host: string
  readonly port: number
  /** the site's zone, for times without one */
  readonly timeZone: string
  readonly bodyLimit: string
}

/** Everything that is wrong with the configuration, reported together; exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'CONFIG_REFUSED'
}

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const port = z.coerce.number().int().min(0).max(65_535)

const file = z.strictObject({
  host: z.string().min(1).optional(),
  port: port.optional(),
  timeZone: z.string().refine(isZone, 'not an IANA time zone such as Europe/Berlin').optional(),
  limits: z
    .strictObject({
      body: z
        .string()
        .regex(/^\d+\s*(?:b|kb|mb)$/iu, 'a size such as 5mb')
        .optional(),
    })
    .optional(),
})

/**
 * The configuration from the file that APATITE_CONFIG names and from the environment; the environment wins.
 *
 * @throws ConfigError listing every problem with key and line
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = []
  const path = environment.APATITE_CONFIG
  const sent = path ? readFile(path, problems) : {}
  const host = environment.HOST ?? sent.host ?? '127.0.0.1'
  const readPort = port.safeParse(environment.PORT ?? sent.port ?? 3000)
  if (!readPort.success) problems.push('PORT: a number from 0 to 65535')
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return {
    host,
    port: readPort.data ?? 3000,
    timeZone: sent.timeZone ?? 'UTC',
    bodyLimit: sent.limits?.body ?? '5mb',
  }
}

function readFile(path: string, problems: string[]): z.output<typeof file> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    problems.push(`${path}: the file cannot be read (APATITE_CONFIG)`)
    return {}
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  for (const error of document.errors) {
    problems.push(`${path}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`)
  }
  if (document.errors.length > 0) return {}
  const parsed = file.safeParse(document.toJS() ?? {})
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const [key] = issue.path.length > 0 ? issue.path : issue.code === 'unrecognized_keys' ? issue.keys : []
    const pair = isMap(document.contents)
      ? document.contents.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      : undefined
    const at = pair && isScalar(pair.key) && pair.key.range ? lines.linePos(pair.key.range[0]).line : 1
    problems.push(
      `${path}:${at}: ${issue.path.map(String).join('.') || String(key ?? 'file')}: ${issue.message}`,
    )
  }
  return {}
}
