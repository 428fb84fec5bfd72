import { expect, test } from 'vitest';
import type { Reader } from '../adapters/postgres/reader.ts';
import type { Viewer } from '../domain/access/viewer.ts';
import { RunGate } from './run-gate.ts';

/** A reader that knows one run, in a project that is restricted to its members, and counts what it is asked. */
function gate() {
  const asked: unknown[] = [];
  const row = { id: 'run', experiment_id: 'e', deleted_at: null, project_id: 'lab', organization_id: 'org', open_role: null as 'VIEWER' | null };
  const reader = { $queryRaw: (_: TemplateStringsArray, ids: readonly string[]) => { asked.push(ids); return Promise.resolve(ids.includes('run') ? [{ ...row }] : []); } };
  return { asked, row, gate: new RunGate(reader as unknown as Reader, () => 0) };
}

const viewer = (roles: Viewer['roles'] = new Map()): Viewer => ({ personId: 'p', organizationId: 'org', organizationRole: 'MEMBER', roles, signedIn: true });
const member = viewer(new Map([['lab', 'VIEWER']]));

test('five hundred readers of one run are looked up in one query, each judged by their own rights', async () => {
  const { gate: it, asked } = gate();
  const answers = await Promise.allSettled(Array.from({ length: 500 }, (_, at) => it.passReader(at === 7 ? viewer() : member, 'run')));
  expect(answers.flatMap(({ status }, at) => (status === 'rejected' ? [at] : []))).toEqual([7]);
  expect(asked).toEqual([['run']]);
});

test('what a reader may see is never remembered', async () => {
  const { gate: it, row } = gate();
  row.open_role = 'VIEWER';
  await it.passReader(viewer(), 'run');
  row.open_role = null;
  await expect(it.passReader(viewer(), 'run')).rejects.toMatchObject({ code: 'run/unknown' });
  await expect(it.passReader(member, 'gone')).rejects.toMatchObject({ code: 'run/unknown' });
});
