import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The embedded database belongs to one process: two would destroy it. A lock that a killed process left is taken over.
 *
 * @returns a function that gives the lock back
 * @throws Error if a living process has it
 */
export function lockDirectory(dataDir: string): () => void {
  const file = path.join(dataDir, 'lock')
  const take = () => writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 })
  try {
    take()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    const owner = Number.parseInt(readFileSync(file, 'utf8'), 10)
    // in a container every process is number 1: the own number is that of a predecessor
    if (owner !== process.pid && isAlive(owner)) {
      throw new Error('the data directory is in use by another process; give each its own dataDir')
    }
    rmSync(file, { force: true })
    take()
  }
  return () => rmSync(file, { force: true })
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
