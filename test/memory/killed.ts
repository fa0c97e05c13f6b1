/** A service that is killed (SIGKILL) while feedback arrives, and what is there when it comes back. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const FEEDBACK = '/cds-services/mineral-review/feedback'

interface Running {
  readonly url: string
  readonly kill: () => Promise<void>
}

async function start(environment: Readonly<Record<string, string>>): Promise<Running> {
  const child = spawn(process.execPath, ['src/cli.ts', 'serve'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, PORT: '0', APATITE_LOG_LEVEL: 'silent', ...environment },
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const at = /http:\/\/[^\s]+/u.exec(said)?.[0]
      if (at !== undefined) resolve(at)
    })
    void gone.then(() => reject(new Error('the service did not start')))
  })
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

const item = (card: string) => ({
  card,
  outcome: 'overridden',
  outcomeTimestamp: '2026-11-20T09:00:00Z',
})

/** Posts until the service is gone; every id that got a 2xx is added to `promised`. */
async function postUntilGone(url: string, promised: Set<string>): Promise<void> {
  for (;;) {
    const cards = [randomUUID(), randomUUID()]
    try {
      const { ok } = await fetch(`${url}${FEEDBACK}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ feedback: cards.map(item) }),
      })
      if (!ok) return
      for (const card of cards) promised.add(card)
    } catch {
      return
    }
  }
}

async function storedCards(url: string): Promise<string[]> {
  const cards: string[] = []
  let next: string | undefined = '/api/feedback'
  while (next !== undefined) {
    const page = (await (await fetch(`${url}${next}`)).json()) as {
      feedback: readonly { card: string }[]
      next?: string
    }
    cards.push(...page.feedback.map(({ card }) => card))
    next = page.next
  }
  return cards
}

export interface Survived {
  readonly promised: number
  /** got a 2xx and is not there: must be empty */
  readonly lost: readonly string[]
  /** is there more than once: must be empty */
  readonly twice: readonly string[]
}

/**
 * Kills the service so many times while four senders post, and asks what is there after each restart.
 *
 * @param databaseUrl null = the embedded database
 */
export async function killedTimes(times: number, databaseUrl: string | null): Promise<Survived> {
  const dataDir = mkdtempSync(join(tmpdir(), 'apatite-killed-'))
  const environment = {
    APATITE_DATA_DIR: dataDir,
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  }
  const promised = new Set<string>()
  const lost = new Set<string>()
  const twice = new Set<string>()
  try {
    for (let time = 0; time <= times; time += 1) {
      const { url, kill } = await start(environment)
      const stored = await storedCards(url)
      const there = new Set(stored)
      for (const card of promised) if (!there.has(card)) lost.add(card)
      const seen = new Set<string>()
      for (const card of stored) {
        if (seen.has(card)) twice.add(card)
        seen.add(card)
      }
      const senders = time === times ? [] : Array.from({ length: 4 }, () => postUntilGone(url, promised))
      // never at the same point of a write
      await new Promise((resolve) => setTimeout(resolve, time === times ? 0 : 150 + ((time * 137) % 500)))
      await kill()
      await Promise.all(senders)
    }
    return { promised: promised.size, lost: [...lost], twice: [...twice] }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
