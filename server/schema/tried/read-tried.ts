import type { Reader } from '../../../adapters/postgres/reader.ts';
import type { Viewer } from '../../../domain/access/viewer.ts';
import { badInput, notFound } from '../../../domain/refusal.ts';
import { exploredRange, type ExploredRange } from '../../../domain/tried/explored-range.ts';
import { inValueOrder, type FoundBy, type Try } from '../../../domain/tried/tries.ts';
import type { Reading, Variable } from '../../../domain/tried/touches.ts';
import { visibleProjects } from '../../visibility.ts';
import { findTries } from './find-tries.ts';
import { foundTexts, type FoundTexts } from './found-texts.ts';
import { NOTHING_SPENT, outcomesOfExperiments, outcomesOfVariants, spentOn, type Outcome, type Spent } from './try-facts.ts';

/** One row of the answer: a variant with its value, or an experiment that speaks of the words without having changed what is called so. */
export interface TriedRow {
  readonly id: string;
  readonly experimentId: string;
  readonly foundBy: FoundBy;
  readonly tried: Try | null;
  readonly outcome: Outcome | null;
  readonly spent: Spent;
}

export interface Tried {
  readonly about: string;
  readonly reading: Reading;
  readonly alsoLookAt: readonly string[];
  readonly loggedOnly: boolean;
  readonly more: boolean;
  /** By variable and value; behind them what was found by words alone. */
  readonly rows: readonly TriedRow[];
  readonly ranges: readonly { readonly variable: Variable; readonly range: ExploredRange }[];
  readonly texts: FoundTexts;
}

interface Ask { readonly about: string; readonly project?: string | null | undefined }
interface Source { readonly reader: Reader; readonly viewer: Viewer; readonly now: Date }

const LONGEST = 200;

/** Everything that was tried about something, in the projects that the viewer may see. Eight statements, however many rows. */
export async function readTried({ reader, viewer, now }: Source, ask: Ask): Promise<Tried> {
  const about = checkAbout(ask.about);
  const projectIds = await askedProjects(reader, viewer, ask.project);
  const [found, texts] = await Promise.all([findTries(reader, about, projectIds), foundTexts(reader, about, projectIds)]);
  const touched = new Set(found.tries.map(({ experimentId }) => experimentId));
  const spoken = [...texts.experiments].filter(([id]) => !touched.has(id));
  const [variantIds, spokenIds] = [[...new Set(found.tries.map(({ variantId }) => variantId))], spoken.map(([id]) => id)];
  const [ofVariants, ofExperiments, spent] = await Promise.all([
    outcomesOfVariants(reader, variantIds, [...touched]), outcomesOfExperiments(reader, spokenIds), spentOn(reader, { variantIds, experimentIds: spokenIds }, now),
  ]);
  const rows = inValueOrder(found.tries, found.reading.variables).map((tried): TriedRow => ({
    id: `${tried.variantId} ${tried.variable.kind} ${tried.variable.name}`, experimentId: tried.experimentId, foundBy: tried.foundBy, tried,
    outcome: ofVariants.get(tried.variantId) ?? null, spent: spent.get(tried.variantId) ?? NOTHING_SPENT,
  }));
  const byWords = spoken.map(([id, foundBy]): TriedRow => ({ id, experimentId: id, foundBy, tried: null, outcome: ofExperiments.get(id) ?? null, spent: spent.get(id) ?? NOTHING_SPENT }));
  return { about, reading: found.reading, alsoLookAt: found.alsoLookAt, loggedOnly: found.loggedOnly, more: found.more, rows: [...rows, ...byWords], ranges: rangesOf(rows), texts };
}

function checkAbout(given: string): string {
  const about = given.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  if (about === '') throw badInput('tried/about', 'Say what you would change: the name of a param, a package, a dataset or a file, or a few words.');
  if (about.length > LONGEST) throw badInput('tried/about', `That is ${about.length} characters; a name or a few words of at most ${LONGEST} are looked for.`);
  return about;
}

async function askedProjects(reader: Reader, viewer: Viewer, slug: string | null | undefined): Promise<string[]> {
  const visible = visibleProjects(viewer);
  const found = await reader.project.findMany({ where: slug ? { AND: [visible, { slug }] } : visible, select: { id: true } });
  if (slug && found.length === 0) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
  return found.map(({ id }) => id);
}

/** Of each variable; what the baseline had was tried too. */
function rangesOf(rows: readonly TriedRow[]): Tried['ranges'] {
  const byVariable = Map.groupBy(rows.flatMap(({ tried }) => (tried ? [tried] : [])), ({ variable }) => `${variable.kind} ${variable.name}`);
  return [...byVariable.values()].flatMap((tries) => {
    const range = exploredRange(tries.flatMap(({ from, to }) => [from, to]));
    return range && tries[0] ? [{ variable: tries[0].variable, range }] : [];
  });
}
