import type { Viewer } from '../../domain/access/viewer.ts';
import { csvLine } from '../../domain/search/csv.ts';
import { triedReport, type ReportedTry } from '../../domain/tried/report.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { changedFrom } from '../schema/experiments/changed-variable.ts';
import { readTried, type Tried } from '../schema/tried/read-tried.ts';
import { experimentFacts } from '../schema/tried/try-facts.ts';
import type { Pieces } from './send-pieces.ts';

interface TriedCall { readonly viewer: Viewer; readonly name: string; readonly query: { readonly about: string } }
interface Answer { readonly tried: Tried; readonly rows: readonly ReportedTry[] }

/** The handlers of what was tried, as a table and as a report; `name` is empty for all projects. */
export function triedRoutes({ reader, ports }: Pick<DoorDeps, 'reader' | 'ports'>) {
  async function read({ viewer, name, query }: TriedCall): Promise<Answer> {
    const tried = await readTried({ reader, viewer, now: ports.clock.now() }, { about: query.about, project: name || null });
    const facts = await experimentFacts(reader, [...new Set(tried.rows.map(({ experimentId }) => experimentId))]);
    const rows = tried.rows.flatMap(({ experimentId, tried: one, foundBy, outcome, spent }): ReportedTry[] => {
      const experiment = facts.get(experimentId);
      if (!experiment) return [];
      const changes = one ? [{ name: one.variable.name, from: one.from, to: one.to }] : changedFrom(experiment.changed);
      return [{ experiment, variable: one?.variable.name ?? null, value: one?.value ?? null, changes, alsoChanged: one?.alsoChanged ?? 0, foundBy, outcome, spent, at: spent.lastAt ?? experiment.createdAt }];
    });
    return { tried, rows };
  }
  const table = async (call: TriedCall): Promise<Pieces> => linesOf((await read(call)).rows);
  const report = async (call: TriedCall): Promise<Pieces> => {
    const { tried, rows } = await read(call);
    return once(triedReport({ about: tried.about, project: call.name || null, ranges: tried.ranges.map(({ variable, range }) => ({ variable: variable.name, ...range })), more: tried.more }, rows));
  };
  return { readTriedTable: table, readTriedReport: report, readAllTriedTable: table, readAllTriedReport: report };
}

async function* once(text: string): AsyncGenerator<string> { yield text; }

const HEAD = ['variable', 'value', 'from', 'to', 'also_changed', 'experiment', 'name', 'project', 'metric', 'effect', 'ci_low', 'ci_high', 'outcome', 'baseline_runs', 'treatment_runs', 'runs', 'failed_runs', 'hours', 'owner', 'at', 'comments', 'found_by'];

async function* linesOf(rows: readonly ReportedTry[]): AsyncGenerator<string> {
  yield csvLine(HEAD);
  for (const { experiment, variable, value, changes, alsoChanged, outcome, spent, at, foundBy } of rows) {
    const { from, to } = (variable === null ? undefined : changes[0]) ?? { from: null, to: null };
    const figures = outcome ? [outcome.metric, text(outcome.effect), text(outcome.ciLow), text(outcome.ciHigh), outcome.outcome, String(outcome.baselineRuns), String(outcome.treatmentRuns)] : ['', '', '', '', '', '', ''];
    yield csvLine([variable ?? '', value ?? '', from ?? '', to ?? '', String(alsoChanged), experiment.key, experiment.name, experiment.project, ...figures, String(spent.runs), String(spent.failedRuns), spent.hours.toFixed(4), experiment.owner ?? '', at.toISOString(), String(experiment.comments), foundBy]);
  }
}

const text = (value: number | null): string => (value === null ? '' : String(value));
