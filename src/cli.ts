#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { Command, CommanderError } from 'commander'
import { isZone } from './zone-name.ts'

enableCompileCache()

/** Exit codes that outsiders rely on (design/architecture.md): 0 done, 1 rejected input, 2 usage, 3 failed. */
const EXIT = { rejected: 1, usage: 2, failed: 3 } as const

class Rejected extends Error {}

const program = new Command('apatite')
  .description('Clinical decision support for magnesium, calcium, phosphate and vitamin D results')
  .exitOverride()
  .showHelpAfterError()
  .hook('preAction', (_program, command) => {
    if (command.name() === 'serve') return
    // `npm run demo | head`: who reads no further is no failure
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit(0)
    })
  })

interface AssessOptions {
  readonly explain?: boolean
  readonly now?: string
  readonly zone: string
  readonly overlay?: string
}

program
  .command('serve')
  .description('start the service')
  .action(async () => {
    const { serve } = await import('./serve.ts')
    await serve(process.env)
  })

program
  .command('assess')
  .description('judge one patient: a FHIR Bundle in, the assessment out (JSON)')
  .argument('<bundle>', 'a file, or - for standard input')
  .option('--explain', 'add one verdict for each rule')
  .option('--now <instant>', 'judge as of this instant, such as 2026-11-20T09:00:00Z')
  .option('--zone <zone>', 'time zone of times without an offset', 'UTC')
  .option('--overlay <folder>', "a site's changes (APATITE_OVERLAY)", process.env.APATITE_OVERLAY)
  .action(async (path: string, options: AssessOptions) => {
    if (!isZone(options.zone))
      throw new CommanderError(2, 'zone', `${options.zone}: no time zone such as Europe/Berlin`)
    const [{ recordFromBundle, clockOf }, { assess }, { answerOf }, { loadPublished, workedCases }] =
      await Promise.all([
        import('./api/assess.ts'),
        import('./assess.ts'),
        import('./advisories/assessment.ts'),
        import('./published.ts'),
      ])
    const book = { overlay: options.overlay ?? null }
    const rules = loadPublished(book)
    // the worked cases of the published book are run by its tests; a site's changes must keep them here, too
    if (book.overlay !== null) workedCases(rules, book)
    const bundle = readJson(path)
    const now = clockOf(options.now, () => new Date())
    const assessment = assess(recordFromBundle(bundle, options.zone, []), rules, now)
    process.stdout.write(`${JSON.stringify(answerOf(assessment, options.explain === true), null, 2)}\n`)
  })

const knowledge = program.command('knowledge').description('the rule book in cds-hooks/')

knowledge
  .command('check')
  .description('refuse a rule book that is not sound: every problem with file, line and reason')
  .argument('[folder]', 'another folder of the same form')
  .option('--overlay <folder>', "a site's changes (APATITE_OVERLAY)")
  .action(async (folder: string | undefined, options: { overlay?: string }) => {
    const { loadPublished, workedCases } = await import('./published.ts')
    const from = { ...(folder ? { folder } : {}), overlay: options.overlay ?? null }
    const book = loadPublished(from)
    const { results, changed } = workedCases(book, from)
    for (const { file, line, title, problems } of changed) {
      process.stdout.write(
        `note: ${file}:${line}: "${title}" is told something else now: ${problems.join('; ')}\n`,
      )
    }
    process.stdout.write(
      `knowledge ${book.version}: sound (${book.analytes.size} analytes, ${book.codes.size} codes, ` +
        `${book.rules.size} rules, ${book.conditions.size} condition sets, ${book.drugs.drugs.length} drugs, ` +
        `${book.evidence.size} sources, ${results.length} worked cases)\n`,
    )
  })

knowledge
  .command('diff')
  .description('what rule book B says other than A, place by place')
  .argument('<a>', 'a folder, such as an older cds-hooks/')
  .argument('<b>', 'a folder')
  .option('--overlay <folder>', "read B with a site's changes")
  .action(async (a: string, b: string, options: { overlay?: string }) => {
    const [{ loadPublished }, { knowledgeDiff, diffText }] = await Promise.all([
      import('./published.ts'),
      import('./knowledge/diff.ts'),
    ])
    const [before, after] = [
      loadPublished({ folder: a }),
      loadPublished({ folder: b, overlay: options.overlay ?? null }),
    ]
    process.stdout.write(`${before.version} -> ${after.version}\n\n${diffText(knowledgeDiff(before, after))}`)
  })

program
  .command('demo')
  .description('start the service, post patients to its real HTTP door and print their cards')
  .argument('[bundles...]', 'FHIR Bundles; without any, the fixture patients')
  .option('--now <instant>', 'judge as of this instant')
  .action(async (paths: string[], options: { now?: string }) => {
    const { demo } = await import('./demo.ts')
    await demo(paths, options.now)
  })

function readJson(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path === '-' ? 0 : path, 'utf8')
  } catch {
    throw new Rejected(`${path}: cannot be read`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new Rejected(`${path}: is not JSON`)
  }
}

/** One line that says what to do, never a stack and never what was in the input. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.code === 'zone') process.stderr.write(`${error.message}\n`)
    return error.exitCode === 0 ? 0 : EXIT.usage
  }
  const name = error instanceof Error ? error.name : ''
  const message = error instanceof Error ? error.message : String(error)
  if (name === 'KnowledgeError') {
    process.stderr.write(`The knowledge is refused:\n${message}\n`)
    return EXIT.usage
  }
  if (name === 'ConfigError' || name === 'TrustConfigError') {
    process.stderr.write(`The configuration is refused:\n${message}\n`)
    return EXIT.usage
  }
  if (error instanceof Rejected || name === 'Problem') {
    process.stderr.write(`${message}\n`)
    return EXIT.rejected
  }
  process.stderr.write(`apatite failed: ${message}\n`)
  return EXIT.failed
}

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}
