import type { HappeningDetail, HappeningKind } from './happening.ts';

/** What a notification is about, with the names as its reader may see them now. */
export interface Told {
  readonly kind: HappeningKind;
  readonly occurrences: number;
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

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`);

const DECIDED: Readonly<Record<string, string>> = { APPROVED: 'approved', CHANGES_REQUESTED: 'asked for changes of', COMMENTED: 'commented on' };

type Saying = (told: Told, where: string) => { readonly title: string; readonly text?: string | undefined };

/** n runs of an experiment, or the one by its name. */
const runs = ({ occurrences, detail }: Told): string => (occurrences === 1 ? `Run ${detail.about ?? ''}`.trim() : `${occurrences} runs`);
/** Said of runs: where they belong and, of one, why. */
const ofRuns = (verb: string): Saying => (told, where) => ({ title: `${runs(told)} of ${where} ${verb}`, text: told.occurrences === 1 ? told.detail.said : told.detail.said && `The latest: ${told.detail.said}` });

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
  REPLIED: ({ actor, occurrences, detail }, where) => ({ title: occurrences === 1 ? `${actor ?? 'Somebody'} answered in ${where}` : `${occurrences} new comments in ${where}`, text: detail.about }),
  ACTION_ITEM: ({ actor, detail }) => ({ title: `${actor ?? 'Somebody'} gave you an action item: ${detail.about ?? ''}`, text: detail.said }),
};

/** What a notification says, in the app, by mail and to a webhook alike. LOOK.md, section 5: plain, exact, no number without its interval. */
export function notificationWords(told: Told): NotificationWords {
  const where = told.experiment ? `${told.experiment.key} “${told.experiment.name}”` : `“${told.project.name}”`;
  const { title, text = '' } = SAYINGS[told.kind](told, where);
  return { title: cut(title, MOST_TITLE), text: cut(text, MOST_TEXT), path: told.detail.path ?? (told.experiment ? `/e/${told.experiment.key}` : `/p/${told.project.slug}`) };
}
