import type { OpenSharePage, SharedExperiment, SharedHypothesis, SharedVerdict } from '../../../contracts/share-page.ts';
import { lineageAnswer } from '../../../domain/sharing/lineage-answer.ts';
import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
const two = (n: number): string => String(n).padStart(2, '0');

/** "22 November 2026": a share page is drawn on the server, which knows nothing of the reader's clock. */
export function sharedDay(at: string): string {
  const day = new Date(at);
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** "22 November 2026, 09:30 UTC" */
export function sharedMoment(at: string): string {
  const moment = new Date(at);
  return `${sharedDay(at)}, ${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())} UTC`;
}

/** The experiments whose evidence the page is made of. */
export function experimentsOn(page: OpenSharePage): readonly SharedExperiment[] {
  switch (page.subject) {
    case 'experiment': case 'hypothesis': return page.experiments;
    case 'run': case 'lineage': return [];
    case 'comparison': return [page.comparison.experiment];
    case 'note': return page.note.evidence.map(({ experiment }) => experiment);
  }
}

export const nameOf = ({ key, name }: { readonly key: string | null; readonly name: string }): string => key ?? `“${name}”`;

export const evidenceIn = (page: OpenSharePage): readonly { readonly name: string; readonly digest: string }[] =>
  (page.subject === 'lineage' ? (page.lineage.best?.steps ?? []).map((step) => ({ name: nameOf(step), digest: step.evidenceDigest })) : page.subject === 'run' ? [{ name: nameOf(page.run.experiment), digest: page.run.evidenceDigest }] : experimentsOn(page).map((experiment) => ({ name: nameOf(experiment), digest: experiment.evidence.digest })));

/** When the newest thing on the page came about. */
export function newestIn(page: OpenSharePage): string {
  const own = page.subject === 'run' ? [page.run.endedAt ?? page.run.startedAt ?? page.sharedAt] : page.subject === 'note' ? [page.note.updatedAt] : page.subject === 'lineage' && page.lineage.newestAt !== null ? [page.lineage.newestAt] : [];
  return [...own, ...experimentsOn(page).map((experiment) => experiment.verdict?.computedAt ?? experiment.createdAt)].toSorted().at(-1) ?? page.sharedAt;
}

/** What a chat says beside the link. */
export function previewOf(page: OpenSharePage): string | null {
  switch (page.subject) {
    case 'experiment': case 'hypothesis': return page.experiments[0]?.verdict?.explanation ?? null;
    case 'run': return `One run of ${page.run.experiment.name}. One run proves nothing by itself.`;
    case 'comparison': return page.comparison.experiment.verdict?.explanation ?? `Runs of ${page.title} side by side.`;
    case 'lineage': return lineageAnswer(page.lineage);
    case 'note': return `${NOTE_WORDS[page.note.about]}, as of ${sharedDay(page.note.updatedAt)}.`;
  }
}

/** What a note is called after what it is about. */
export const NOTE_WORDS = { project: 'Report', hypothesis: 'Note on a hypothesis', experiment: 'Note on an experiment', run: 'Note on a run', meeting: 'Meeting minutes' } as const;

const HEADLINES = {
  SUPPORTED: 'Supported by the evidence',
  REFUTED: 'Refuted by the evidence',
  EQUIVALENT: 'No difference worth having',
  INCONCLUSIVE: 'Not enough evidence yet',
} as const;

export const headlineOf = (outcome: SharedVerdict['outcome']): string => HEADLINES[outcome];

/** "about 2 in a thousand": how often luck alone does this, in words people count in. */
export function oftenness(p: number): string {
  if (p < 0.0001) return 'fewer than 1 in ten thousand';
  // "About 1 in a thousand" would be said of 0.0004 too, and make chance larger than it is.
  if (p < 0.001) return 'fewer than 1 in a thousand';
  if (p < 0.01) return `about ${Math.round(p * 1000)} in a thousand`;
  if (p >= 0.995) return 'nearly all';
  return `about ${Math.round(p * 100)} in a hundred`;
}

/** How much was done, and how well it is known. */
export function surenessOf(verdict: SharedVerdict, hoped: Pick<SharedHypothesis, 'direction' | 'minEffect'>): string {
  const { baselineRuns: before, treatmentRuns: after, runsNeeded, ciLow } = verdict;
  const trained = before === after ? `Each version was trained ${times(before)}` : `It was trained ${times(before)} without the change and ${times(after)} with it`;
  if (ciLow === null) return `${trained}. One training says nothing about chance: the same training gives another number each time it is repeated.${needed(runsNeeded, 'show how large chance is')}`;
  const known = verdict.outcome === 'EQUIVALENT' ? withinBar(verdict, hoped) : luckOf(verdict);
  return `${trained}, from different random starts.${known}${needed(runsNeeded, 'decide it')}`;
}

/** That nothing worth having was found is known by how narrow the range is; how often luck makes a difference says nothing of it, and reads as its opposite. */
function withinBar({ ciLow, ciHigh }: SharedVerdict, { direction, minEffect }: Pick<SharedHypothesis, 'direction' | 'minEffect'>): string {
  if (ciLow === null || ciHigh === null) return '';
  const [low, high] = direction === 'DECREASE' ? [0 - ciHigh, 0 - ciLow] : [ciLow, ciHigh];
  const decimals = decimalsFor(low, high);
  const range = `between ${formatNumber(low, { decimals, sign: true })} and ${formatNumber(high, { decimals, sign: true })}`;
  const inside = minEffect === null || minEffect === 0 ? 'too close to nothing to matter' : `all of it less than our bar of ${formatNumber(minEffect)} either way`;
  return ` With 95 in a hundred certainty the true difference lies ${range}, ${inside}: one that is worth having is ruled out.`;
}

/** Only one figure is said, and it is the one that decides: another beside it could not both be believed. */
function luckOf({ pValue, correctedP, treatmentsTried }: SharedVerdict): string {
  const deciding = correctedP ?? pValue;
  if (deciding === null) return '';
  if (deciding === pValue) return ` If the change did nothing at all, luck alone would show a difference at least this large in ${oftenness(deciding)} tries.`;
  const tried = treatmentsTried === undefined ? 'of all the treatments tried' : `of the ${treatmentsTried} treatments tried`;
  return ` If none ${tried} did anything at all, luck alone would let one of them look at least this different in ${oftenness(deciding)} tries; the figure is corrected for having tried several, and it is the one that decides.`;
}

const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);
const needed = (n: number | null, to: string): string => (n === null || n === 0 ? '' : ` About ${n} more ${n === 1 ? 'training' : 'trainings'} of each version would ${to}.`);

/** "our bar, 0.5"; of a fall, "our bar, −0.5" */
export const barLabel = ({ minEffect, direction }: Pick<SharedHypothesis, 'minEffect' | 'direction'>): string | null => (minEffect === null || minEffect === 0 ? null : `our bar, ${formatNumber(direction === 'DECREASE' ? -minEffect : minEffect)}`);

const REDACTED = { PEOPLE: 'people', ORGANIZATION: 'whose it is', PARAMS: 'settings', CODE: 'code', COSTS: 'costs' } as const;

export function leftOutSentence(leftOut: OpenSharePage['leftOut']): string {
  const names = leftOut.map((each) => REDACTED[each]);
  if (names.length === 0) return '';
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `The sharer left out ${list}.${leftOut.includes('PARAMS') || leftOut.includes('CODE') ? ' Treatments and models have names made of those, and are lettered or numbered instead.' : ''}`;
}

/** Where it comes from, as far as it is said: "Vision, ACME. Shared by Ada on 29 Nov 2026." */
export function originSentence({ project, organization, sharedBy, sharedAt, recipients, frozenAt }: OpenSharePage): string {
  const from = project === null || organization === null ? '' : `${project}, ${organization}. `;
  const to = recipients.length === 0 ? '' : ` for ${recipients.join(', ')}`;
  return `${from}Shared${sharedBy ? ` by ${sharedBy}` : ''}${to} on ${sharedDay(sharedAt)}.${frozenAt === null ? '' : ` It shows the state of ${sharedMoment(frozenAt)}, and stays so.`}`;
}
