/** The Dockerfile and the compose file: what can be said about them without Docker. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { codes, root, section, textOf } from './tables.ts'

const dockerfile = textOf('Dockerfile')

interface Service {
  readonly image?: string
  readonly build?: string
  readonly environment: Readonly<Record<string, string>>
  readonly volumes: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
}

const compose = parse(textOf('docker-compose.yml')) as {
  readonly services: Readonly<Record<'apatite' | 'database', Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}

describe('the Dockerfile', () => {
  test('copies only what is there and what .dockerignore lets through', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gmu)].flatMap(([, list = '']) =>
      list.split(' '),
    )
    const letThrough = textOf('.dockerignore').match(/(?<=^!).+$/gmu)
    expect(copied.filter((file) => !existsSync(join(root, file)))).toEqual([])
    expect([...new Set(copied)].sort()).toEqual([...(letThrough ?? [])].sort())
  })

  test('brings the Node that package.json asks for, and another user than root', () => {
    const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } }
    const major = /\d+/u.exec(engines.node)?.[0]
    expect(dockerfile.match(/^FROM \S+/gmu)).toEqual([`FROM node:${major}-slim`, `FROM node:${major}-slim`])
    expect(dockerfile).toMatch(/^USER node$/mu)
  })

  test('starts what npm start starts', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: { start: string } }
    const [, command = ''] = /^CMD (\[.*\])$/mu.exec(dockerfile) ?? []
    expect((JSON.parse(command) as string[]).join(' ')).toBe(scripts.start)
  })
})

describe('docker-compose.yml', () => {
  const { apatite, database } = compose.services

  test('waits for a database that says that it is ready', () => {
    expect(apatite.depends_on?.database).toEqual({ condition: 'service_healthy' })
    expect(database.image).toBe('postgres:17')
    expect(database.healthcheck?.test[0]).toBe('CMD-SHELL')
  })

  test('has no password in it: both services take one variable, and stop without it', () => {
    const { POSTGRES_PASSWORD: password = '' } = database.environment
    expect(password).toMatch(/^\$\{POSTGRES_PASSWORD:\?.+\}$/u)
    expect(apatite.environment.DATABASE_URL).toBe(`postgres://apatite:${password}@database:5432/apatite`)
  })

  test('sets variables that the program reads, and declares its volumes', () => {
    const page = textOf('docs/reference/configuration.md')
    const known = [...codes(section(page, 'Keys'), 1), ...codes(section(page, 'Variables without a key'))]
    expect(Object.keys(apatite.environment).filter((name) => !known.includes(name))).toEqual([])
    const named = [...apatite.volumes, ...database.volumes]
      .map((volume) => volume.replace(/\$\{[^}]*\}/gu, './x').split(':')[0] ?? '')
      .filter((source) => !source.startsWith('.'))
    expect(named.sort()).toEqual(Object.keys(compose.volumes).sort())
  })
})
