import { badInput } from '../refusal.ts';
import { HAPPENING_KINDS, type Happening, type HappeningKind } from './happening.ts';

/** Of which happenings of a kind somebody is told: none, those that concern them, all of the projects they see. */
export type Reach = 'NONE' | 'MINE' | 'ALL';
/** Whether it also comes by mail. */
export type MailPace = 'NONE' | 'DIGEST' | 'AT_ONCE';

export interface Rule { readonly reach: Reach; readonly mail: MailPace }
/** `projectId` '' stands for all projects. */
export interface GivenRule extends Rule { readonly personId: string; readonly projectId: string; readonly kind: HappeningKind }

/** What holds for who chose nothing: nobody is mailed about what others do unless it waits for them. */
export const DEFAULT_RULES: Readonly<Record<HappeningKind, Rule>> = {
  RUN_FINISHED: { reach: 'MINE', mail: 'NONE' },
  RUN_FAILED: { reach: 'MINE', mail: 'AT_ONCE' },
  RUN_DIVERGED: { reach: 'MINE', mail: 'AT_ONCE' },
  RUN_STALLED: { reach: 'MINE', mail: 'AT_ONCE' },
  VERDICT_REACHED: { reach: 'MINE', mail: 'DIGEST' },
  NEW_BEST: { reach: 'ALL', mail: 'DIGEST' },
  NOTEWORTHY: { reach: 'ALL', mail: 'DIGEST' },
  REVIEW_REQUESTED: { reach: 'MINE', mail: 'AT_ONCE' },
  REVIEW_DECIDED: { reach: 'MINE', mail: 'AT_ONCE' },
  APPROVAL_STALE: { reach: 'MINE', mail: 'DIGEST' },
  MENTIONED: { reach: 'MINE', mail: 'AT_ONCE' },
  REPLIED: { reach: 'MINE', mail: 'DIGEST' },
  ACTION_ITEM: { reach: 'MINE', mail: 'AT_ONCE' },
};

/** What a channel may be told: not what is meant for one person by name. */
export const WEBHOOK_KINDS: readonly HappeningKind[] = HAPPENING_KINDS.filter((kind) => !['REVIEW_REQUESTED', 'MENTIONED', 'REPLIED', 'ACTION_ITEM'].includes(kind));

export function happeningKind(given: string): HappeningKind {
  const kind = HAPPENING_KINDS.find((each) => each === given);
  if (!kind) throw badInput('notification/unknown-kind', `There is nothing called ${given} to be told of; there are ${HAPPENING_KINDS.join(', ')}.`);
  return kind;
}

/** The rule that holds for a person: of the project, else of all projects, else the default. */
export function ruleFor(given: readonly GivenRule[], { personId, projectId, kind }: Pick<GivenRule, 'personId' | 'projectId' | 'kind'>): Rule {
  const own = given.filter((rule) => rule.personId === personId && rule.kind === kind);
  return own.find((rule) => rule.projectId === projectId) ?? own.find((rule) => rule.projectId === '') ?? DEFAULT_RULES[kind];
}

/** Whom a happening concerns: who is named, and who answers for the thing it happened to. */
export interface Concern { readonly addresseeIds: readonly string[]; readonly ownerIds: readonly string[] }

/**
 * Who is told, and how. `sees` are the people who may see the project now; nobody else is ever told. Nobody hears of what they did themselves.
 * A happening with addressees is for them alone: who else would want every mention of others?
 */
export function recipientsOf(happening: Pick<Happening, 'kind' | 'projectId' | 'actorId'>, concern: Concern, people: { readonly sees: readonly string[]; readonly rules: readonly GivenRule[] }): readonly { readonly personId: string; readonly rule: Rule }[] {
  const named = new Set(concern.addresseeIds);
  const mine = new Set(named.size > 0 ? named : concern.ownerIds);
  return people.sees
    .filter((personId) => personId !== happening.actorId)
    .map((personId) => ({ personId, rule: ruleFor(people.rules, { personId, projectId: happening.projectId, kind: happening.kind }) }))
    .filter(({ personId, rule }) => rule.reach !== 'NONE' && (mine.has(personId) || (rule.reach === 'ALL' && named.size === 0)));
}
