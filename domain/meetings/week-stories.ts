import { count } from '../experiments/wording.ts';
import { upperTail } from '../statistics/student-t.ts';
import { median } from './median.ts';
import { saturating, type Story } from './story.ts';
import { beyondMany, bitsOf } from './surprise.ts';
import type { Due, OpenAction, QuietHypothesis, Spend, Week } from './week.ts';

/** A week without a run is nothing yet. */
export const QUIET_FROM_DAYS = 7;
/** What has been quiet for longer was on an agenda before; it sinks by half every three weeks. */
const SEEN_BEFORE_DAYS = 42;
const SINKS_BY_HALF_IN_DAYS = 21;
/** That nothing happened is less of a surprise than what happened. */
const MOST_NEWS_IN_SILENCE = 0.5;
/** A middle absolute deviation of a normal sample is this many times smaller than its standard deviation. */
const MAD_TO_SD = 1.4826;
const EXPLORATORY_FROM_RUNS = 3;
/** Less of the week's compute than this is not much, however little the others took. */
const LEAST_SHARE = 0.05;

/** What the week has to tell beside its verdicts: what stands still, what was spent, what waits for people. */
export function weekStories({ quiet, spends, due }: Week): readonly Story[] {
  return [...quiet.map(stalled), ...burn(spends), ...due.map(decisionDue), ...exploratory(spends)].filter((story) => story !== null);
}

function stalled({ hypothesisId, statement, runs, hours, quietDays }: QuietHypothesis): Story | null {
  if (quietDays < QUIET_FROM_DAYS || runs === 0) return null;
  const days = Math.floor(quietDays);
  const fresh = 2 ** (-Math.max(0, quietDays - SEEN_BEFORE_DAYS) / SINKS_BY_HALF_IN_DAYS);
  const reason = `Stalled: ${count(days, 'day')} without a run, after ${count(runs, 'run')}${hours >= 1 ? ` and ${hoursWords(hours)}` : ''}, and still open.`;
  return { kind: 'STALLED', subjectId: hypothesisId, title: shortened(statement), reason, impact: saturating(runs, 10), surprise: MOST_NEWS_IN_SILENCE * saturating(quietDays - QUIET_FROM_DAYS, 7) * fresh };
}

/** Experiments that took far more than the others: logarithms of hours against their middle, beyond what the largest of so many would reach. */
function burn(spends: readonly Spend[]): readonly Story[] {
  const used = spends.filter(({ hours }) => hours > 0);
  const total = used.reduce((sum, { hours }) => sum + hours, 0);
  const logs = used.map(({ hours }) => Math.log(hours));
  const middle = median(logs);
  const spread = Math.max(0.25, MAD_TO_SD * median(logs.map((each) => Math.abs(each - middle))));
  return used.flatMap(({ experimentId, name, hours, runs, decided }) => {
    const share = hours / total;
    const bits = beyondMany(bitsOf(upperTail((Math.log(hours) - middle) / spread, Math.max(1, used.length - 1))), used.length);
    if (bits === 0 || used.length < 4 || share < Math.max(LEAST_SHARE, 1 / used.length)) return [];
    const reason = `It took ${hoursWords(hours)} in ${count(runs, 'run')}, ${Math.round(share * 100)} % of the week's compute${decided ? '' : ', and nothing is decided'}.`;
    return [{ kind: 'BURN' as const, subjectId: experimentId, title: name, reason, impact: saturating(share, 0.1) * (decided ? 0.5 : 1), surprise: saturating(bits, 4) }];
  });
}

function decisionDue({ kind, experimentId, key, name, waitingDays, waitsFor }: Due): Story {
  const who = waitsFor.length === 0 ? '' : ` by ${waitsFor.slice(0, 3).join(', ')}${waitsFor.length > 3 ? ` and ${waitsFor.length - 3} more` : ''}`;
  const days = Math.floor(waitingDays);
  const reason = kind === 'review' ? `A review${who} was asked for ${days === 0 ? 'today' : `${count(days, 'day')} ago`}.` : `The approval of ${key}${who} went stale: the evidence changed after it.`;
  return { kind: 'DUE', subjectId: experimentId, title: name, reason, impact: kind === 'review' ? 0.4 : 0.5, surprise: saturating(waitingDays + 1, 6) };
}

function exploratory(spends: readonly Spend[]): readonly Story[] {
  return spends.filter((each) => each.exploratory && each.runs >= EXPLORATORY_FROM_RUNS).map(({ experimentId, name, runs, hours }) => ({
    kind: 'EXPLORATORY' as const, subjectId: experimentId, title: name,
    reason: `No hypothesis: ${count(runs, 'run')}${hours >= 1 ? ` and ${hoursWords(hours)}` : ''}, and it can be neither reviewed nor shared.`, impact: saturating(runs, 20), surprise: 0.2,
  }));
}

/** What earlier meetings left to do opens the next one, whatever the week brought. */
export function openActionsStory(open: readonly OpenAction[]): Story | null {
  if (open.length === 0) return null;
  const late = open.filter(({ overdueDays }) => overdueDays !== null && overdueDays > 0).length;
  const names = [...new Set(open.map(({ ownerName }) => ownerName))];
  const reason = `${count(open.length, 'action item is', 'action items are')} open${late > 0 ? `, ${late} of them late` : ''}: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}.`;
  return { kind: 'OPEN_ACTIONS', subjectId: null, title: 'Open items', reason, impact: 1, surprise: 1 };
}

const hoursWords = (hours: number): string => `${hours >= 10 ? Math.round(hours).toLocaleString('en-US') : hours.toFixed(1)} hours of compute`;
const shortened = (statement: string): string => (statement.length <= 90 ? statement : `${statement.slice(0, 87).replace(/\s+\S*$/, '')}…`);
