import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { z } from 'zod'
import { type ClientConfig, clientProblems } from './hooks/trust/trust.ts'
import { isZone } from './zone-name.ts'

/** What the service needs to know about the place where it runs (design/configuration.md; config.example.yaml). */
export interface Config {
  readonly host: string
  readonly port: number
  /** without a slash at the end; JWT audiences and links are made from it, never from the Host header */
  readonly publicUrl: string | null
  readonly dataDir: string
  readonly databaseUrl: string | null
  readonly overlay: string | null
  /** the site's zone, for times without one */
  readonly timeZone: string
  readonly open: boolean
  readonly corsOrigins: readonly string[]
  readonly bodyLimit: string
  /** ms for one hook call, FHIR requests included */
  readonly callTimeout: number
  readonly fhirServers: readonly string[]
  readonly clients: readonly ClientConfig[]
  readonly logLevel: string
}

/** Everything that is wrong with the configuration, reported together; exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'CONFIG_REFUSED'
}

const url = z.url({ protocol: /^https?$/, error: 'a URL such as https://ehr.example.org' })
const base = url.transform((text) => text.replace(/\/+$/u, ''))

const file = z.strictObject({
  host: z.string().min(1).optional(),
  port: z.number().int().min(0).max(65_535).optional(),
  publicUrl: base.optional(),
  dataDir: z.string().min(1).optional(),
  databaseUrl: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//u, 'a URL such as postgres://user@host/database')
    .optional(),
  overlay: z.string().min(1).optional(),
  timeZone: z.string().refine(isZone, 'not an IANA time zone such as Europe/Berlin').optional(),
  locale: z.literal('en', 'only "en" is there yet').optional(),
  open: z.boolean().optional(),
  cors: z.strictObject({ origins: z.array(base) }).optional(),
  limits: z
    .strictObject({
      body: z
        .string()
        .regex(/^\d+\s*(?:b|kb|mb)$/iu, 'a size such as 5mb')
        .optional(),
      callTimeout: z
        .string()
        .regex(/^0*[1-9]\d*(?:ms|s)$/u, 'a time such as 8s')
        .optional(),
    })
    .optional(),
  fhirServers: z.array(base).optional(),
  clients: z
    .array(
      z.strictObject({
        issuer: z.string().min(1),
        jwks: z.string().min(1).optional(),
        jku: z.array(url).default([]),
        tenants: z.array(z.string().min(1)).optional(),
        fhirServers: z.array(base).optional(),
        profile: z.enum(['plain', 'epic']).default('plain'),
      }),
    )
    .optional(),
})
type Sent = z.output<typeof file>

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The configuration from the file that APATITE_CONFIG names and from the environment; the environment wins.
 *
 * @throws ConfigError listing every problem with key and line
 */
export function readConfig(environment: Environment): Config {
  const problems: string[] = []
  const configPath = environment.APATITE_CONFIG || null
  const sent = configPath === null ? {} : readFile(configPath, problems)
  const folder = configPath === null ? process.cwd() : path.dirname(path.resolve(configPath))
  const beside = (sentPath: string | undefined) =>
    sentPath === undefined ? null : path.resolve(folder, sentPath)
  const given = <T>(name: string, schema: z.ZodType<T>, fallback: T): T => {
    const value = environment[name]
    if (value === undefined || value === '') return fallback
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    problems.push(`${name}: ${parsed.error.issues[0]?.message ?? 'not understood'}`)
    return fallback
  }
  const config: Config = {
    host: given('HOST', z.string().min(1), sent.host ?? '127.0.0.1'),
    port: given('PORT', z.coerce.number().int().min(0).max(65_535), sent.port ?? 3000),
    publicUrl: given<string | null>('APATITE_PUBLIC_URL', base, sent.publicUrl ?? null),
    dataDir: given('APATITE_DATA_DIR', z.string().min(1), sent.dataDir ?? './.apatite'),
    databaseUrl: given<string | null>(
      'DATABASE_URL',
      z.string().regex(/^postgres(?:ql)?:\/\//u, 'not a postgres:// URL'),
      sent.databaseUrl ?? null,
    ),
    overlay: given<string | null>('APATITE_OVERLAY', z.string().min(1), beside(sent.overlay)),
    timeZone: sent.timeZone ?? 'UTC',
    open: given('APATITE_OPEN', z.stringbool(), sent.open ?? false),
    corsOrigins: sent.cors?.origins ?? [],
    bodyLimit: sent.limits?.body ?? '5mb',
    callTimeout: milliseconds(sent.limits?.callTimeout ?? '8s'),
    fhirServers: given(
      'APATITE_FHIR_SERVERS',
      z
        .string()
        .transform((text) => text.split(',').map((one) => one.trim()))
        .pipe(z.array(base)),
      sent.fhirServers ?? [],
    ),
    logLevel: given('APATITE_LOG_LEVEL', z.enum(LOG_LEVELS), 'info'),
    clients: (sent.clients ?? []).map((client) => clientOf(client, folder, problems)),
  }
  if (!isLoopback(config.host) && config.clients.length === 0 && !config.open) {
    problems.push(
      `host: ${config.host} can be reached from outside and no clients are configured; configure clients, listen on ` +
        '127.0.0.1, or set open: true (APATITE_OPEN=true) if everybody may call',
    )
  }
  if (config.clients.length > 0 && config.publicUrl === null) {
    problems.push('publicUrl: needed with clients; the audience of their tokens is made from it')
  }
  // a key file that could not be read is told once
  if (problems.length === 0) problems.push(...clientProblems(config.clients))
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return config
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./u.test(host)
}

function milliseconds(text: string): number {
  return text.endsWith('ms') ? Number.parseInt(text, 10) : Number.parseInt(text, 10) * 1000
}

/** A JWKS is a URL, or a file beside the configuration. */
function clientOf(
  client: NonNullable<Sent['clients']>[number],
  folder: string,
  problems: string[],
): ClientConfig {
  const { issuer, jku, tenants, fhirServers, profile, jwks } = client
  const common = { issuer, jku, tenants: tenants ?? null, fhirServers: fhirServers ?? null, profile }
  if (jwks === undefined || /^https?:\/\//u.test(jwks)) return { ...common, jwks: jwks ?? null }
  try {
    return { ...common, jwks: JSON.parse(readFileSync(path.resolve(folder, jwks), 'utf8')) }
  } catch {
    problems.push(`clients: ${issuer}: the key file cannot be read as JSON`)
    return { ...common, jwks: null }
  }
}

function readFile(configPath: string, problems: string[]): Sent {
  let text: string
  try {
    text = readFileSync(configPath, 'utf8')
  } catch {
    problems.push(`${configPath}: the file cannot be read (APATITE_CONFIG)`)
    return {}
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  for (const error of document.errors) {
    problems.push(`${configPath}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`)
  }
  if (document.errors.length > 0) return {}
  const parsed = file.safeParse(document.toJS() ?? {})
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null]
    for (const key of keys) {
      const place = key === null ? issue.path : [...issue.path, key]
      const line = lineOf(document.contents, place, lines)
      problems.push(
        `${configPath}:${line}: ${place.map(String).join('.')}: ${key === null ? issue.message : 'no such key in this version'}`,
      )
    }
  }
  return {}
}

function lineOf(root: Node | null, place: readonly PropertyKey[], lines: LineCounter): number {
  let node: unknown = root
  let line = 1
  for (const step of place) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (!pair) return line
      if (isScalar(pair.key) && pair.key.range) line = lines.linePos(pair.key.range[0]).line
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined
      if (!item) return line
      line = lines.linePos(item.range?.[0] ?? 0).line
      node = item
    } else return line
  }
  return line
}
