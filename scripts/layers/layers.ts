import { stripVTControlCharacters } from 'node:util';
import type { EngineName } from './engines.ts';

/** A layer of tests: a project of vitest.config.ts, and what it needs before it can run. */
export interface Layer {
  readonly name: string;
  readonly engines: readonly EngineName[];
  /** Needed by single tests only, which skip themselves where `withoutVariable` is set; the layer runs all the same. */
  readonly sometimes?: readonly EngineName[];
  /** Whether it opens the built pages. */
  readonly pages: boolean;
}

/** In the order they run: the fast and telling ones first. */
export const LAYERS: readonly Layer[] = [
  { name: 'house', engines: [], pages: false },
  { name: 'unit', engines: [], pages: false },
  { name: 'contract', engines: ['nats-server'], sometimes: ['s3-server', 'gcs-server', 'azure-server'], pages: false },
  { name: 'api', engines: ['nats-server'], sometimes: ['s3-server'], pages: false },
  { name: 'interop', engines: ['nats-server', 'mlflow'], sometimes: ['s3-server'], pages: false },
  { name: 'browser', engines: ['nats-server', 'chromium'], sometimes: ['s3-server'], pages: true },
  { name: 'faults', engines: ['nats-server'], sometimes: ['debian-packages', 'small-disk'], pages: true },
];

export interface Outcome {
  readonly layer: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Which tests failed and with what words, why something was skipped, and what failed outside any test. */
  readonly remarks: readonly string[];
}

interface ReportedTest {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages?: readonly string[];
}

/** What vitest's JSON report says, as far as it concerns us. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string; readonly assertionResults: readonly ReportedTest[] }[];
}

/** What a test said as it failed, short enough to stand in a list: a log of continuous integration is often kept from its end, and the list is there. */
function shortened(message: string): string {
  const lines = stripVTControlCharacters(message).split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const said = lines.filter((line) => !line.startsWith('at ')).slice(0, 12).join(' · ');
  const where = lines.find((line) => line.startsWith('at ') && line.includes('.test.ts:'));
  return `${said.length > 600 ? `${said.slice(0, 600)} …` : said}${where === undefined ? '' : ` (${where})`}`;
}

/**
 * Counts a layer's result. A file that could not even be loaded is a failure, and so is an end of vitest that no test explains:
 * neither appears among the counted tests. A failed test is named with what it said. A skipped test without a reason on the list of optional engines counts as skipped and is named.
 */
export function readOutcome(layer: string, report: VitestReport | null, exitCode: number, seconds: number): Outcome {
  if (report === null) return { layer, passed: 0, failed: 1, skipped: 0, seconds, remarks: [`vitest ended without a report (code ${exitCode})`] };
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  const counted = report.numFailedTests + unloaded.length;
  const unexplained = exitCode !== 0 && counted === 0 ? 1 : 0;
  const failedTests = report.testResults.flatMap((file) => file.assertionResults.filter((test) => test.status === 'failed').map((test) => `failed: ${file.name}: ${test.fullName}: ${shortened(test.failureMessages?.[0] ?? file.message)}`));
  const skippedTests = report.testResults.flatMap((file) => file.assertionResults.filter((test) => test.status === 'skipped' || test.status === 'pending' || test.status === 'todo'));
  return {
    layer,
    passed: report.numPassedTests,
    failed: counted + unexplained,
    skipped: report.numPendingTests + report.numTodoTests,
    seconds,
    remarks: [
      ...unloaded.map((file) => `could not be run: ${file.name}: ${file.message.split('\n')[0]}`),
      ...(unexplained === 1 ? [`vitest ended with code ${exitCode} although no test failed`] : []),
      ...failedTests,
      ...skippedTests.map((test) => `skipped: ${test.fullName}`),
    ],
  };
}

/** The very last line of `npm test`. */
export function lastLine(outcomes: readonly Outcome[]): string {
  const sum = (key: 'passed' | 'failed' | 'skipped') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`;
}

/** A layer that cannot run here: skipped with its reason, or, where everything has to be there, failed. */
export function readMissing(layer: string, tests: number, reason: string, excused: boolean): Outcome {
  const count = Math.max(1, tests);
  return excused
    ? { layer, passed: 0, failed: 0, skipped: count, seconds: 0, remarks: [`could not run here: ${reason}`] }
    : { layer, passed: 0, failed: count, skipped: 0, seconds: 0, remarks: [`could not run here, and with CI=true that is a failure unless test/optional.json excuses it: ${reason}`] };
}

/** Tells a test that it has to do without this engine. */
export const withoutVariable = (name: EngineName): string => `LEMMA_WITHOUT_${name.toUpperCase().replaceAll('-', '_')}`;

/**
 * What single tests of a layer have to do without: they are told, skip themselves and are counted. Where everything has to be there and no list excuses the engine,
 * they are not told: they run, and fail.
 */
export function readAbsent(absent: readonly { readonly name: EngineName; readonly reason: string; readonly excused: boolean }[]): { readonly env: Readonly<Record<string, string>>; readonly remarks: readonly string[] } {
  return {
    env: Object.fromEntries(absent.filter(({ excused }) => excused).map(({ name, reason }) => [withoutVariable(name), reason])),
    remarks: absent.map(({ name, reason, excused }) => (excused ? `single tests were skipped without ${name}: ${reason}` : `${name} has to be there with CI=true unless test/optional.json excuses it: ${reason}`)),
  };
}
