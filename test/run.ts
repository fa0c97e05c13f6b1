/**
 * `npm test`: the whole suite under UTC, then everything that depends on dates again under a zone behind it and one
 * ahead of it. Ends with one line "N passed, N failed". Arguments go to Jest as they are: then one run, in this zone.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'apatite-test-'))

interface Counted {
  passed: number
  failed: number
  skipped: number
}

interface JestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numRuntimeErrorTestSuites: number
}

/** One run of Jest in one zone. A test file that could not run at all counts as one failure. */
function jest(name: string, zone: string | undefined, args: readonly string[]): Counted {
  const report = join(reports, `${name}.json`)
  const run = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join('node_modules', 'jest', 'bin', 'jest.js'),
      // Jest leaves one core free for itself, which here is half of the machine
      '--maxWorkers=100%',
      '--json',
      `--outputFile=${report}`,
      ...args,
    ],
    // Jest prints the report to stdout as well: only stderr, where its own reporter writes, is shown
    {
      cwd: root,
      stdio: ['inherit', 'ignore', 'inherit'],
      env: { ...process.env, ...(zone ? { TZ: zone } : {}) },
    },
  )
  const counted = countedIn(report)
  // a crash of Jest itself, or an exit code that no failed test explains
  if (run.status !== 0 && counted.failed === 0) counted.failed = 1
  return counted
}

function countedIn(report: string): Counted {
  try {
    const read = JSON.parse(readFileSync(report, 'utf8')) as JestReport
    return {
      passed: read.numPassedTests,
      failed: read.numFailedTests + read.numRuntimeErrorTestSuites,
      skipped: read.numPendingTests + read.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

/** Minutes in a real browser: npm run test:browser, which .ci/run calls. */
const IN_BROWSER = 'page-in-browser\\.slow\\.test\\.ts$'
const ONCE = ['--testPathIgnorePatterns', '/node_modules/', IN_BROWSER]

/** What no zone can change is run in one only: third-party data, whole processes, keys, the rule book, what takes long. */
const ZONE_FREE = [
  ...ONCE,
  '<rootDir>/test/hooks/trust/',
  '<rootDir>/test/knowledge/',
  '<rootDir>/test/knowledge-diff/',
  '<rootDir>/test/quantity/',
  '<rootDir>/test/data/',
  '<rootDir>/test/running/',
  '<rootDir>/test/memory/',
  '<rootDir>/test/web/',
  '<rootDir>/test/reference/',
  '\\.slow\\.test\\.ts$',
]

const args = process.argv.slice(2)
const total: Counted = { passed: 0, failed: 0, skipped: 0 }

try {
  const runs =
    args.length > 0
      ? [jest('chosen', undefined, args)]
      : [
          jest('utc', 'UTC', ONCE),
          jest('behind', 'America/Los_Angeles', ZONE_FREE),
          jest('ahead', 'Pacific/Auckland', ZONE_FREE),
        ]
  for (const counted of runs) {
    total.passed += counted.passed
    total.failed += counted.failed
    total.skipped += counted.skipped
  }
} finally {
  rmSync(reports, { recursive: true, force: true })
}

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`)
process.exitCode = total.failed > 0 ? 1 : 0
