import type { Redaction, ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { projectOf } from '../schema/loaders.ts';

/** What somebody's text may not say: names as they are kept, and the letters that a project's keys begin with. */
export interface LeftOutNames {
  readonly people: readonly string[];
  readonly projects: readonly string[];
  readonly organizations: readonly string[];
  readonly keys: readonly string[];
}

/** Text without what was left out. */
export type LeaveOut = (text: string) => string;

/** Most people that one note names. */
const MOST_NAMES = 2_000;

/**
 * Minutes are written by Lemma, which puts names and keys into them as plain words, and people type them too: they are known as words.
 * Whole words only, in the letters they are kept in: "Will" goes and "will" stays.
 */
export function leaveOutWords(names: LeftOutNames): LeaveOut {
  const words = new Map([...named(names.organizations, 'an organization'), ...named(names.projects, 'a project'), ...named(names.people, 'somebody')]);
  // The longest first: one name may be the beginning of another.
  const parts = [...[...words.keys()].toSorted((a, b) => b.length - a.length).map((name) => literal(name).replaceAll(' ', String.raw`\s+`)), ...names.keys.map((key) => String.raw`${literal(key)}-\d+`)];
  if (parts.length === 0) return (text) => text;
  const wanted = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${parts.join('|')})(?![\p{L}\p{N}])`, 'gu');
  return (text) => text.replaceAll(wanted, (found) => words.get(oneLine(found)) ?? 'an experiment');
}

const oneLine = (name: string): string => name.replaceAll(/\s+/g, ' ').trim();
const literal = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const named = (names: readonly string[], instead: string) => names.map((name) => [oneLine(name), instead] as const).filter(([name]) => name !== '');

/** The names that this link leaves out of what was written: a text, or a note and its title. */
export async function leftOutNames(context: Context, link: Pick<ShareLink, 'projectId' | 'redact'>, written: unknown): Promise<LeftOutNames> {
  const project = await projectOf(context, link.projectId);
  const hides = (each: Redaction): boolean => link.redact.includes(each);
  if (!project) return { people: [], projects: [], organizations: [], keys: [] };
  const people = hides('PEOPLE') ? await peopleNamedIn(context, project.organizationId, JSON.stringify(written)) : [];
  if (!hides('ORGANIZATION')) return { people, projects: [], organizations: [], keys: [] };
  const { name } = await context.reader.organization.findUniqueOrThrow({ where: { id: project.organizationId }, select: { name: true } });
  return { people, projects: [project.name], organizations: [name], keys: [project.key] };
}

/** Those of the organization whose names stand in the text. Names are sought as JSON writes them, for the text is JSON. */
async function peopleNamedIn({ reader }: Context, organizationId: string, json: string): Promise<readonly string[]> {
  const rows = await reader.$queryRaw<{ readonly name: string }[]>`
    SELECT DISTINCT name FROM people
    WHERE organization_id = ${organizationId} AND position(trim(BOTH '"' FROM to_json(regexp_replace(trim(name), '\\s+', ' ', 'g'))::text) IN ${json}) > 0
    LIMIT ${MOST_NAMES}`;
  return rows.map(({ name }) => name);
}
