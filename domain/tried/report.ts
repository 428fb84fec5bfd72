import type { ExploredRange } from './explored-range.ts';
import type { FoundBy } from './tries.ts';

/** A row of the report; see server/schema/tried for where the figures come from. */
export interface ReportedTry {
  readonly experiment: { readonly key: string; readonly name: string; readonly project: string; readonly owner: string | null; readonly comments: number };
  /** Null for an experiment found by words alone. */
  readonly variable: string | null;
  readonly value: string | null;
  readonly changes: readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[];
  readonly alsoChanged: number;
  readonly foundBy: FoundBy;
  readonly outcome: { readonly outcome: string; readonly metric: string; readonly effect: number | null; readonly ciLow: number | null; readonly ciHigh: number | null; readonly baselineRuns: number; readonly treatmentRuns: number } | null;
  readonly spent: { readonly runs: number; readonly failedRuns: number; readonly hours: number };
  readonly at: Date;
}

interface Asked { readonly about: string; readonly project: string | null; readonly ranges: readonly (ExploredRange & { readonly variable: string })[]; readonly more: boolean }

/** What was tried as Markdown: a heading and a table a variable, and the gaps in a sentence. Every effect has its interval, or n = 1. */
export function triedReport({ about, project, ranges, more }: Asked, rows: readonly ReportedTry[]): string {
  const where = project === null ? 'in all projects' : `in ${plain(project)}`;
  const head = [`# What have we tried for ${plain(about)}?`, `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} ${where}, each against its own baseline, in the hypothesised direction, with 95 % intervals. Nothing is left out by outcome${more ? '; of more experiments than fit, the newest' : ''}.`];
  if (rows.length === 0) return `${[head[0], `Nothing ${where}.`].join('\n\n')}\n`;
  const tables = [...Map.groupBy(rows, ({ variable }) => variable)].map(([variable, own]) => [`## ${variable === null ? 'Found by words' : `\`${variable.replaceAll('`', '')}\``}`, ...(variable === null ? [] : gapsIn(ranges.find((range) => range.variable === variable))), tableOf(own)].join('\n\n'));
  return `${[...head, ...tables].join('\n\n')}\n`;
}

/** In words: "Tried from 0.001 to 0.3. Nothing between 0.01 and 0.1." */
export function rangeSentence({ values, gaps }: ExploredRange): string {
  const tried = `Tried from ${String(values[0])} to ${String(values.at(-1))}.`;
  return gaps.length === 0 ? `${tried} No large gap between.` : `${tried} Nothing between ${gaps.map(({ from, to }) => `${from} and ${to}`).join(', nor between ')}.`;
}

const gapsIn = (range: ExploredRange | undefined): string[] => (range ? [rangeSentence(range)] : []);

const HEAD = ['value', 'experiment', 'change', 'metric', 'effect', '95 % interval', 'verdict', 'repeats', 'failed', 'hours', 'by', 'when'];

function tableOf(rows: readonly ReportedTry[]): string {
  const lines = rows.map(({ value, experiment, changes, alsoChanged, outcome, spent, at }) => [
    value ?? '', `${experiment.key} ${experiment.name}`, changeWords(changes, alsoChanged), outcome?.metric ?? '', outcome?.effect == null ? '' : number(outcome.effect, true), intervalWords(outcome),
    outcome?.outcome.toLowerCase() ?? 'not compared', outcome ? `${outcome.baselineRuns} + ${outcome.treatmentRuns}` : String(spent.runs), String(spent.failedRuns), spent.hours.toFixed(2), experiment.owner ?? '', at.toISOString().slice(0, 10),
  ]);
  return [HEAD, HEAD.map(() => '---'), ...lines.map((cells) => cells.map(plain))].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const MOST_CHANGES = 3;
function changeWords(changes: ReportedTry['changes'], alsoChanged: number): string {
  const named = changes.slice(0, MOST_CHANGES).map(({ name, from, to }) => `${name}: ${from ?? 'unset'} → ${to ?? 'unset'}`).join('; ');
  const rest = alsoChanged + Math.max(0, changes.length - MOST_CHANGES);
  return rest > 0 ? `${named} (and ${rest} more)` : named;
}

function intervalWords(outcome: ReportedTry['outcome']): string {
  if (outcome === null || outcome.effect === null) return '';
  return outcome.ciLow === null || outcome.ciHigh === null ? 'n = 1' : `${number(outcome.ciLow)} to ${number(outcome.ciHigh)}`;
}

const number = (value: number, sign = false): string => `${sign && value > 0 ? '+' : ''}${Number(value.toPrecision(4))}`.replace('-', '\u2212');
/** As it is in a cell of a table: what Markdown and HTML would take for markup is written out. */
const plain = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\|*_`[\]<>~]/g, String.raw`\$&`);
