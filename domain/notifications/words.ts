import { cutAtWord } from '../richtext/excerpt.ts';
import type { HappeningDetail, HappeningKind } from './happening.ts';

/** What a notification is about, with the names as its reader may see them now. */
export interface Told {
  readonly kind: HappeningKind;
  readonly occurrences: number;
  /** How many of the same its reader was sent before; 0 or absent where it stands for all. */
  readonly before?: number;
  readonly detail: HappeningDetail;
  readonly actor: string | null;
  readonly project: { readonly name: string; readonly slug: string };
  readonly experiment: { readonly key: string; readonly name: string } | null;
}

export interface NotificationWords {
  /** One sentence without a full stop: in a list, as the subject of a mail. */
  readonly title: string;
  /** What else is known, or ''. */
  readonly text: string;
  /** A path inside Lemma. */
  readonly path: string;
}

const MOST_TITLE = 160;
const MOST_TEXT = 400;

const DECIDED: Readonly<Record<string, string>> = { APPROVED: 'approved', CHANGES_REQUESTED: 'asked for changes of', COMMENTED: 'commented on' };

type Saying = (told: Told, where: string) => { readonly title: string; readonly text?: string | undefined };

/** n runs of an experiment, or the one by its name; of a sweep that was told of before, the rest. */
function runs({ occurrences, before = 0, detail }: Told): string {
  if (before > 0) return `${occurrences} more ${occurrences === 1 ? 'run' : 'runs'}`;
  return occurrences === 1 ? `Run ${detail.about ?? ''}`.trim() : `${occurrences} runs`;
}
const inAll = ({ occurrences, before = 0 }: Told): string => (before > 0 ? `, ${before + occurrences} in all` : '');
/** Said of runs: where they belong and, of one, why. */
const ofRuns = (verb: string): Saying => (told, where) => ({ title: `${runs(told)} of ${where} ${verb}${inAll(told)}`, text: told.occurrences === 1 ? told.detail.said : told.detail.said && `The latest: ${told.detail.said}` });

const answered: Saying = ({ actor, occurrences, detail }, where) => ({ title: occurrences === 1 ? `${actor ?? 'Somebody'} answered in ${where}` : `${occurrences} new comments in ${where}`, text: detail.about });
/** A guest begins threads and answers none. */
const fromOutside: Saying = ({ occurrences, detail }, where) => ({ title: occurrences === 1 ? `A guest of a share link commented on ${where}` : `${occurrences} comments of guests on ${where}`, text: detail.about });

const SAYINGS: Readonly<Record<HappeningKind, Saying>> = {
  RUN_FINISHED: ofRuns('finished'),
  RUN_FAILED: ofRuns('failed'),
  RUN_DIVERGED: ofRuns('diverged'),
  RUN_STALLED: ofRuns('stopped logging'),
  VERDICT_REACHED: ({ detail }, where) => ({ title: `${where} is ${(detail.said ?? '').toLowerCase()}`, text: detail.figures }),
  NEW_BEST: ({ detail }, where) => ({ title: `${where} is the new best on ${detail.about ?? ''}, beyond the noise`, text: detail.figures }),
  NOTEWORTHY: ({ detail }, where) => ({ title: `${where}: ${detail.said ?? ''}`, text: detail.figures }),
  REVIEW_REQUESTED: ({ actor }, where) => ({ title: `${actor ?? 'Somebody'} asks you to review ${where}` }),
  REVIEW_DECIDED: ({ actor, detail }, where) => ({ title: `${actor ?? 'Somebody'} ${DECIDED[detail.said ?? ''] ?? 'reviewed'} ${where}`, text: detail.about }),
  APPROVAL_STALE: ({ detail }, where) => ({ title: `The approval of ${where} went stale`, text: detail.said }),
  MENTIONED: ({ actor, detail }, where) => ({ title: `${actor ?? 'Somebody'} mentioned you in ${where}`, text: detail.about }),
  REPLIED: (told, where) => (told.detail.byGuest === true ? fromOutside(told, where) : answered(told, where)),
  ACTION_ITEM: ({ actor, detail }) => ({ title: `${actor ?? 'Somebody'} gave you an action item: ${detail.about ?? ''}`, text: detail.said }),
};

/** What a notification says, in the app, by mail and to a webhook alike. LOOK.md, section 5: plain, exact, no number without its interval. */
export function notificationWords(told: Told): NotificationWords {
  const where = told.experiment ? `${told.experiment.key} “${told.experiment.name}”` : `${told.detail.place?.startsWith('/lineage') === true ? 'the lineage of ' : ''}“${told.project.name}”`;
  const { title, text = '' } = SAYINGS[told.kind](told, where);
  return { title: cutAtWord(title, MOST_TITLE), text: cutAtWord(text, MOST_TEXT), path: `${told.detail.path ?? (told.experiment ? `/e/${told.experiment.key}` : `/p/${told.project.slug}`)}${told.detail.place ?? ''}` };
}
