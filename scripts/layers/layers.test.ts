import { expect, test } from 'vitest';
import { lastLine, readAbsent, readMissing, readOutcome, type VitestReport } from './layers.ts';

const report = (change: Partial<VitestReport>): VitestReport => ({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [], ...change });

test('what vitest counted is what is said', () => {
  const outcome = readOutcome('unit', report({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }), 1, 3);
  expect(outcome).toMatchObject({ passed: 5, failed: 1, skipped: 3 });
});

test('a file that could not be loaded is a failure, although none of its tests ran', () => {
  const outcome = readOutcome('api', report({ numPassedTests: 5, testResults: [{ name: 'a.test.ts', status: 'failed', message: 'SyntaxError: no\n at', assertionResults: [] }] }), 1, 3);
  expect(outcome).toMatchObject({ passed: 5, failed: 1, remarks: ['could not be run: a.test.ts: SyntaxError: no'] });
});

test('an end that no test explains is a failure: an error nobody caught, a crash, no report', () => {
  expect(readOutcome('unit', report({ numPassedTests: 5 }), 1, 3)).toMatchObject({ passed: 5, failed: 1 });
  expect(readOutcome('unit', null, 139, 3)).toMatchObject({ passed: 0, failed: 1 });
});

test('a failed test is named with what it said and where, in one line without colours', () => {
  const failureMessages = ['AssertionError: expected \u001B[32m1\u001B[39m to be 2\n\n- Expected\n+ Received\n    at /repo/node_modules/vitest/index.js:3:1\n    at /repo/a.test.ts:9:5'];
  const outcome = readOutcome('api', report({ numFailedTests: 1, testResults: [{ name: 'a.test.ts', status: 'failed', message: '', assertionResults: [{ status: 'failed', fullName: 'adds', failureMessages }] }] }), 1, 3);
  expect(outcome.remarks).toEqual(['failed: a.test.ts: adds: AssertionError: expected 1 to be 2 · - Expected · + Received (at /repo/a.test.ts:9:5)']);
});

test('a skipped test is named', () => {
  const outcome = readOutcome('unit', report({ numPendingTests: 1, testResults: [{ name: 'a', status: 'passed', message: '', assertionResults: [{ status: 'skipped', fullName: 'later' }] }] }), 0, 1);
  expect(outcome.remarks).toEqual(['skipped: later']);
});

test('a layer that cannot run here is skipped test by test with its reason, and fails where everything has to be there', () => {
  expect(readMissing('browser', 12, 'no Chromium', true)).toMatchObject({ failed: 0, skipped: 12, remarks: ['could not run here: no Chromium'] });
  expect(readMissing('browser', 0, 'no Chromium', false)).toMatchObject({ failed: 1, skipped: 0 });
});

test('what single tests need is told them as missing where that is excused; where it is not, they run and fail', () => {
  const absent = { name: 'debian-packages', reason: 'no network' } as const;
  expect(readAbsent([])).toEqual({ env: {}, remarks: [] });
  expect(readAbsent([{ ...absent, excused: true }])).toEqual({ env: { LEMMA_WITHOUT_DEBIAN_PACKAGES: 'no network' }, remarks: ['single tests were skipped without debian-packages: no network'] });
  expect(readAbsent([{ ...absent, excused: false }])).toEqual({ env: {}, remarks: [expect.stringContaining('has to be there with CI=true') as unknown] });
});

test('the last line sums all layers', () => {
  const outcomes = [readOutcome('unit', report({ numPassedTests: 3 }), 0, 1), readMissing('browser', 2, 'no Chromium', true)];
  expect(lastLine(outcomes)).toBe('3 passed, 0 failed, 2 skipped');
});
