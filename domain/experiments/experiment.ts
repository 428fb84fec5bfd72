import { badInput, conflict } from '../refusal.ts';
import { optionalText, requiredText } from '../richtext/plain-text.ts';

/** MLflow allows 500 characters, so a name can be used there unchanged. */
export const experimentName = (given: string): string => requiredText(given, { code: 'experiment/name', name: "The experiment's name", maxLength: 500 });
export const experimentDescription = (given: string | null | undefined): string | null =>
  optionalText(given, { code: 'experiment/description', name: 'The description', maxLength: 50_000 });

const LONGEST_FROM_STATEMENT = 120;

/** What an experiment is called that was made for a hypothesis in words: the words, shortened between two of them, and a number where the name is taken. */
export function nameFromStatement(statement: string, turn: number): string {
  const words = statement.trim().replace(/\s+/g, ' ');
  const short = words.length <= LONGEST_FROM_STATEMENT ? words : `${words.slice(0, LONGEST_FROM_STATEMENT).toWellFormed().replace(/ \S*$/, '')} …`;
  return turn === 1 ? short : `${short} (${turn})`;
}

const MOST_PARENTS = 20;

/** Refuses more parents than a reader could follow, before any of them is looked up. */
export function requireFewParents(keys: readonly string[]): void {
  if (keys.length > MOST_PARENTS) throw badInput('experiment/parents-too-many', `At most ${MOST_PARENTS} parents can be named.`);
}

/** Rule EX1: nothing is derived from itself, however long the way round. `withAncestors` holds the parents and all they were derived from. */
export function requireLineage(experimentId: string, withAncestors: ReadonlySet<string>): void {
  if (withAncestors.has(experimentId)) throw conflict('experiment/lineage-cycle', 'One of these parents was itself derived from this experiment, so the lineage would go in a circle.');
}

/** What people write about an experiment in one form. */
export interface Described { readonly name: string; readonly description: string | null; readonly design: string }

export type PartlyDescribed = { readonly [Field in keyof Described]?: Described[Field] | undefined };

const WORDS: Readonly<Record<keyof Described, string>> = { name: 'the name', description: 'the description', design: 'the design' };

/**
 * What of a form is to be written: the fields in which it differs from what its writer `saw`. Refuses when somebody else changed one of those meanwhile, to something else.
 * Without `saw` everything given is written.
 */
export function changedFields<Given extends PartlyDescribed>(given: Given, saw: PartlyDescribed | null, now: Described): Given {
  if (saw === null) return given;
  const fields = Object.keys(WORDS) as (keyof Described)[];
  const untouched = fields.filter((field) => saw[field] !== undefined && given[field] === saw[field]);
  const lost = fields.find((field) => saw[field] !== undefined && given[field] !== undefined && !untouched.includes(field) && now[field] !== saw[field] && now[field] !== given[field]);
  if (lost) throw conflict('experiment/changed-underneath', `Somebody else changed ${WORDS[lost]} meanwhile. It says now: “${now[lost] ?? ''}”. Put both together, then save again.`);
  return Object.fromEntries(Object.entries(given).filter(([field]) => !untouched.includes(field as keyof Described))) as Given;
}

/** What an experiment is called when it is found. */
export const experimentTitle = (key: string, name: string): string => `${key} ${name}`;
