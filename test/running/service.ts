/** The service as it runs in a hospital: a child process of `apatite serve`, with a file and an environment. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** longest wait for the line that says where it listens, ms */
const PATIENCE = 20_000

export type Settings = Readonly<Record<string, unknown>>

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface RunningService {
  readonly url: string
  /** everything that it wrote to stdout and stderr so far */
  readonly output: () => string
  readonly dataDir: string
  readonly exited: Promise<Exit>
  readonly signal: (signal: NodeJS.Signals) => void
  /** SIGTERM, and SIGKILL if that is not heeded; the files stay until `cleanUp` */
  readonly stop: () => Promise<Exit>
}

const children = new Set<ChildProcess>()
const folders: string[] = []
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** A folder that `cleanUp` removes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apatite-running-'))
  folders.push(folder)
  return folder
}

interface Launched {
  readonly child: ChildProcess
  readonly dataDir: string
  readonly output: () => string
  readonly exited: Promise<Exit>
}

/** Starts the process without waiting for anything. */
export function launch(settings: Settings, environment: Readonly<Record<string, string>> = {}): Launched {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const config = join(folder, 'apatite.yaml')
  writeFileSync(config, stringify({ port: 0, dataDir, ...settings }))
  const child = spawn(process.execPath, ['src/cli.ts', 'serve'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, TZ: process.env.TZ, APATITE_CONFIG: config, ...environment },
  })
  children.add(child)
  const written: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => written.push(text))
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      children.delete(child)
      resolve({ code, signal })
    })
  })
  return { child, dataDir, output: () => written.join(''), exited }
}

/** Starts the service on a free loopback port; rejects with what it wrote if it does not come up. */
export async function startService(
  settings: Settings = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningService> {
  const { child, dataDir, output, exited } = launch(settings, environment)
  const url = await new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`the service did not start:\n${output()}`))
    const late = setTimeout(fail, PATIENCE)
    const look = () => {
      const found = /Apatite listens on (\S+)/u.exec(output())?.[1]
      if (found === undefined) return
      child.stdout?.off('data', look)
      clearTimeout(late)
      resolve(found)
    }
    child.stdout?.on('data', look)
    void exited.then(() => {
      clearTimeout(late)
      fail()
    })
  })
  return {
    url,
    output,
    dataDir,
    exited,
    signal: (signal) => void child.kill(signal),
    stop: async () => {
      child.kill('SIGTERM')
      const cut = setTimeout(() => child.kill('SIGKILL'), 15_000)
      const exit = await exited
      clearTimeout(cut)
      return exit
    },
  }
}

/** Ends what is still running and removes the folders. */
export async function cleanUp(): Promise<void> {
  for (const child of children) {
    const closed = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGKILL')
    await closed
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export interface WrittenFile {
  readonly path: string
  readonly isDatabase: boolean
  readonly text: string
}

/** Every file of a folder as text; those below a folder with PG_VERSION belong to the database. */
export function filesIn(folder: string, isDatabase = false): readonly WrittenFile[] {
  let names: readonly string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  const database = isDatabase || names.includes('PG_VERSION')
  return names.flatMap((name): readonly WrittenFile[] => {
    const path = join(folder, name)
    const { isDirectory, isFile } = kindOf(path)
    if (isDirectory) return filesIn(path, database)
    return isFile ? [{ path, isDatabase: database, text: readFileSync(path, 'latin1') }] : []
  })
}

function kindOf(path: string): { isDirectory: boolean; isFile: boolean } {
  const stats = statSync(path, { throwIfNoEntry: false })
  return { isDirectory: stats?.isDirectory() ?? false, isFile: stats?.isFile() ?? false }
}
