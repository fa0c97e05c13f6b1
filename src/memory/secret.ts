import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The installation's secret in the data directory, made at the first start. Several services on one PostgreSQL need
 * the same file, else they know the same patient by different keys.
 */
export function installationSecret(dataDir: string): Buffer {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, 'secret')
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (secret.length < 32) throw new Error('the file "secret" in the data directory is not whole')
  return secret
}

/** A patient as the store knows it: who does not have the secret cannot find out who it is. */
export function patientKeyOf(secret: Buffer, patientId: string): string {
  return createHmac('sha256', secret).update(patientId).digest('hex')
}
