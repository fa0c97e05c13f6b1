/**
 * Calls to a server under measure, over four kept connections. Not autocannon: with a token of its own for each call it
 * needs 250 us and more a call, as much as bare Express needs to answer, and then it is what is measured. Here a call
 * is a short head and one shared body.
 */
import { connect, type Socket } from 'node:net'

export interface Calls {
  readonly perSecond: number
  /** milliseconds */
  readonly p50: number
  readonly p99: number
  readonly non2xx: number
}

export type Limit = { readonly duration: number } | { readonly amount: number }

const CONNECTIONS = 4
const END_OF_HEAD = Buffer.from('\r\n\r\n')

/**
 * Sends the body again and again, each connection its next call when the answer before is there whole.
 *
 * @param limit seconds, or how many calls
 * @param tokens one for each call; null = no Authorization header
 * @returns rejects if a connection breaks
 */
export async function calls(
  url: string,
  body: Buffer,
  limit: Limit,
  tokens: Iterator<string> | null,
): Promise<Calls> {
  const { hostname, port, pathname, host } = new URL(url)
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n`
  const times: number[] = []
  let non2xx = 0
  let sent = 0
  const start = performance.now()
  const isOver = () =>
    'amount' in limit ? sent >= limit.amount : performance.now() - start >= limit.duration * 1000
  const send = (socket: Socket) => {
    sent += 1
    socket.cork()
    socket.write(`${head}${tokens === null ? '' : `authorization: Bearer ${tokens.next().value}\r\n`}\r\n`)
    socket.write(body)
    socket.uncork()
  }
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname)
      let since = 0
      let received: Buffer<ArrayBufferLike> = Buffer.alloc(0)
      const next = () => {
        if (isOver()) {
          socket.destroy()
          resolve()
          return
        }
        since = performance.now()
        send(socket)
      }
      socket.setNoDelay(true)
      socket.once('connect', next)
      socket.once('error', reject)
      socket.once('end', () => reject(new Error('the server closed a connection')))
      socket.on('data', (chunk) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        const status = wholeAnswer(received)
        if (status === null) return
        received = Buffer.alloc(0)
        times.push(performance.now() - since)
        if (status < 200 || status > 299) non2xx += 1
        next()
      })
    })
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  const seconds = (performance.now() - start) / 1000
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), non2xx }
}

/** The status of an answer that is there whole, else null. Every peer sends a content-length. */
function wholeAnswer(received: Buffer): number | null {
  const end = received.indexOf(END_OF_HEAD)
  if (end < 0) return null
  const head = received.toString('latin1', 0, end)
  const length = /\r\ncontent-length: *(\d+)/iu.exec(head)?.[1]
  if (length === undefined) throw new Error('an answer without content-length')
  return received.length >= end + END_OF_HEAD.length + Number(length) ? Number(head.slice(9, 12)) : null
}
