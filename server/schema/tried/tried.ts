import { FOUND_BY, type FoundBy } from '../../../domain/tried/tries.ts';
import { badInput } from '../../../domain/refusal.ts';
import { batchedRows } from '../../batched.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { connectionOf, cursorFrom, cursorKeys, pageFrom, type Connection } from '../connection.ts';
import { changedFrom, ChangedVariableRef, ChangeKindEnum } from '../experiments/changed-variable.ts';
import { experimentOf, hypothesisOf, threadOf, variantOf } from '../loaders.ts';
import { noteOf } from '../notes/note-rows.ts';
import { LARGEST_PAGE, pageSize } from '../page-size.ts';
import { ExperimentRef, HypothesisRef, NoteRef, ThreadRef, VariantRef } from '../types.ts';
import { VerdictOutcomeEnum } from '../verdicts/comparison.ts';
import { MOST_EXPERIMENTS } from './find-tries.ts';
import { readTried, type Tried, type TriedRow } from './read-tried.ts';
import { experimentFacts, type ExperimentFacts } from './try-facts.ts';

/** As many texts as one reads through. */
const MOST_TEXTS = 20;
/** Of the eight statements that it takes, whatever is selected. */
const COST = 200;

const FoundByEnum = builder.enumType('TriedBy', { values: FOUND_BY satisfies readonly FoundBy[], description: 'What an experiment was found by: a variable that it changed, a value of one, its own words, those of its hypothesis, of a note or of a thread about it.' });
const ReadingEnum = builder.enumType('TriedReading', { values: ['VARIABLE', 'TOPIC'] as const, description: 'VARIABLE where some experiment varied what is called so, also below a section of the config (lr, optim.lr); else the words of a TOPIC.' });
const ScaleEnum = builder.enumType('TriedScale', { values: ['LINEAR', 'LOG'] as const });

const factsOf = batchedRows<string, ExperimentFacts>((ids, { reader }) => experimentFacts(reader, ids));

const RowRef = builder.objectRef<TriedRow>('Try').implement({
  description: 'A variant that gave a variable a value; or, without a variable, an experiment that speaks of the words, with the comparison that speaks for it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    experiment: t.field({ type: ExperimentRef, nullable: true, resolve: async ({ experimentId }, _, context) => (await experimentOf(context, experimentId)) ?? null }),
    variant: t.field({ type: VariantRef, nullable: true, resolve: async ({ tried }, _, context) => (tried ? (await variantOf(context, tried.variantId)) ?? null : null) }),
    foundBy: t.field({ type: FoundByEnum, resolve: ({ foundBy }) => foundBy }),
    kind: t.field({ type: ChangeKindEnum, nullable: true, resolve: ({ tried }) => tried?.variable.kind ?? null }),
    variable: t.string({ nullable: true, description: 'Its whole name: optim.lr.', resolve: ({ tried }) => tried?.variable.name ?? null }),
    value: t.string({ nullable: true, description: 'The value in one spelling (1e-3 is 0.001), by which rows are grouped; null where the variant does not have it.', resolve: ({ tried }) => tried?.value ?? null }),
    from: t.string({ nullable: true, description: "The baseline's, as it was logged; null without a baseline.", resolve: ({ tried }) => tried?.from ?? null }),
    to: t.string({ nullable: true, resolve: ({ tried }) => tried?.to ?? null }),
    alsoChanged: t.int({ description: 'How many other variables this variant changed; with any, the effect cannot be put down to this one.', resolve: ({ tried }) => tried?.alsoChanged ?? 0 }),
    changed: t.field({ type: [ChangedVariableRef], description: 'Of an experiment found by words: what it changed. Empty where the variable says it.', resolve: async ({ tried, experimentId }, _, context) => (tried ? [] : changedFrom((await factsOf(context, experimentId))?.changed)) }),
    metric: t.string({ nullable: true, resolve: ({ outcome }) => outcome?.metric ?? null }),
    outcome: t.field({ type: VerdictOutcomeEnum, nullable: true, description: 'Null where nothing was compared: no hypothesis, no baseline, or nothing measured.', resolve: ({ outcome }) => outcome?.outcome ?? null }),
    effect: t.float({ nullable: true, description: 'Against its own baseline, turned in the hypothesised direction.', resolve: ({ outcome }) => outcome?.effect ?? null }),
    ciLow: t.float({ nullable: true, description: 'Of the 95 % interval; null with fewer than two repeats on a side.', resolve: ({ outcome }) => outcome?.ciLow ?? null }),
    ciHigh: t.float({ nullable: true, resolve: ({ outcome }) => outcome?.ciHigh ?? null }),
    minEffect: t.float({ nullable: true, resolve: async ({ experimentId }, _, context) => (await factsOf(context, experimentId))?.minEffect ?? null }),
    baselineRuns: t.int({ resolve: ({ outcome }) => outcome?.baselineRuns ?? 0 }),
    treatmentRuns: t.int({ description: 'Repeats that count.', resolve: ({ outcome }) => outcome?.treatmentRuns ?? 0 }),
    runs: t.int({ description: 'All runs that it took, failed and excluded ones too.', resolve: ({ spent }) => spent.runs }),
    failedRuns: t.int({ description: 'Those of them that failed or were stopped.', resolve: ({ spent }) => spent.failedRuns }),
    hours: t.float({ description: 'What the runs took, in hours, as dashboards count them.', resolve: ({ spent }) => spent.hours }),
    at: t.field({ type: 'DateTime', nullable: true, description: 'When its last run began; where none did, when the experiment was created.', resolve: async ({ spent, experimentId }, _, context) => spent.lastAt ?? (await factsOf(context, experimentId))?.createdAt ?? null }),
    comments: t.int({ description: 'On the experiment, its variants and its runs.', resolve: async ({ experimentId }, _, context) => (await factsOf(context, experimentId))?.comments ?? 0 }),
  }),
});

const GapRef = builder.objectRef<{ readonly from: number; readonly to: number }>('TriedGap').implement({ description: 'Nothing was tried between these two.', fields: (t) => ({ from: t.exposeFloat('from'), to: t.exposeFloat('to') }) });

const RangeRef = builder.objectRef<Tried['ranges'][number]>('TriedRange').implement({
  description: "Where the values of a numeric variable lie, baselines' too, and where between them nothing was tried: a factor of ten on a logarithmic scale, a third of the range on a linear one.",
  fields: (t) => ({
    variable: t.string({ resolve: ({ variable }) => variable.name }),
    scale: t.field({ type: ScaleEnum, description: 'The one on which the values lie more evenly.', resolve: ({ range }) => range.scale }),
    values: t.floatList({ resolve: ({ range }) => [...range.values] }),
    gaps: t.field({ type: [GapRef], resolve: ({ range }) => [...range.gaps] }),
  }),
});

const OutcomeCountRef = builder.objectRef<{ readonly outcome: string | null; readonly count: number }>('TriedCount').implement({
  fields: (t) => ({ outcome: t.field({ type: VerdictOutcomeEnum, nullable: true, description: 'Null: not compared.', resolve: ({ outcome }) => outcome as 'SUPPORTED' | null }), count: t.exposeInt('count') }),
});

interface TriedPage extends Tried { readonly page: Connection<TriedRow> }
/** Each variant once, also where it changed two of the variables. */
const once = ({ rows }: Tried): readonly TriedRow[] => [...new Map(rows.map((row) => [row.tried?.variantId ?? row.id, row])).values()];
const sum = (rows: readonly TriedRow[], of: (row: TriedRow) => number): number => rows.reduce((all, row) => all + of(row), 0);
const there = <Row>(rows: readonly (Row | null | undefined)[]): Row[] => rows.filter((row) => row !== null && row !== undefined);

const TriedRef = builder.objectRef<TriedPage>('Tried').implement({
  description: 'Everything that was tried about something, whatever came of it, in the projects that the viewer may see.',
  fields: (t) => ({
    about: t.exposeString('about'),
    reading: t.field({ type: ReadingEnum, resolve: ({ reading }) => reading.kind }),
    variables: t.stringList({ description: 'The names it was read as, whole.', resolve: ({ reading }) => [...new Set(reading.variables.map(({ name }) => name))].slice(0, MOST_TEXTS) }),
    alsoLookAt: t.stringList({ description: 'Variables that may mean the same by another name. They are not among the rows.', resolve: ({ alsoLookAt }) => [...alsoLookAt] }),
    loggedOnly: t.exposeBoolean('loggedOnly', { description: 'It is a param of some runs, but no experiment varied it.' }),
    more: t.exposeBoolean('more', { description: `More than ${MOST_EXPERIMENTS} experiments touched it; the newest are told of.` }),
    experimentCount: t.int({ resolve: ({ rows }) => new Set(rows.map(({ experimentId }) => experimentId)).size }),
    runs: t.int({ description: 'Of the rows, failed ones too.', resolve: (tried) => sum(once(tried), ({ spent }) => spent.runs) }),
    failedRuns: t.int({ resolve: (tried) => sum(once(tried), ({ spent }) => spent.failedRuns) }),
    hours: t.float({ resolve: (tried) => sum(once(tried), ({ spent }) => spent.hours) }),
    outcomes: t.field({ type: [OutcomeCountRef], description: 'How many variants, and experiments found by words, came out so.', resolve: (tried) => [...Map.groupBy(once(tried), ({ outcome }) => outcome?.outcome ?? null)].map(([outcome, rows]) => ({ outcome, count: rows.length })) }),
    ranges: t.field({ type: [RangeRef], resolve: ({ ranges }) => [...ranges].slice(0, MOST_TEXTS) }),
    rows: t.field({ type: connectionOf<TriedRow>('Try', RowRef), complexity: { field: 0, multiplier: LARGEST_PAGE }, description: 'By variable, value and age, newest first; behind them the experiments found by words alone.', resolve: ({ page }) => page }),
    untested: t.field({ type: [HypothesisRef], description: 'Hypotheses about it that no experiment tested, abandoned ones too; at most 20, the newest.', resolve: async ({ texts }, _, context) => there(await Promise.all(texts.untested.slice(0, MOST_TEXTS).map((id) => hypothesisOf(context, id)))) }),
    threads: t.field({ type: [ThreadRef], description: 'That speak of it; at most 20, the newest.', resolve: async ({ texts }, _, context) => there(await Promise.all(texts.threads.slice(0, MOST_TEXTS).map((id) => threadOf(context, id)))) }),
    notes: t.field({ type: [NoteRef], description: 'That speak of it; at most 20, the newest.', resolve: async ({ texts }, _, context) => there(await Promise.all(texts.notes.slice(0, MOST_TEXTS).map((id) => noteOf(context, id)))) }),
  }),
});

function placeFrom(after: string | null | undefined): number {
  const [place = 0] = cursorKeys(after, 1) ?? [];
  if (typeof place !== 'number' || !Number.isInteger(place) || place < 0) throw badInput('page/cursor', 'after is not a cursor of this list. Use pageInfo.endCursor of the page before.');
  return place;
}

builder.queryField('tried', (t) => t.field({
  type: TriedRef,
  description: 'What have we tried for a variable (lr: a param, package, dataset or file that an experiment changed) or a topic (augmentation), in one project or in all that the viewer may see. first and after page through rows; everything else is of all rows.',
  args: { about: t.arg.string({ required: true }), project: t.arg.string(), first: t.arg.int(), after: t.arg.string() },
  complexity: { field: COST, multiplier: 1 },
  resolve: async (_, { about, project, first, after }, context): Promise<TriedPage> => {
    const [size, place] = [pageSize(first), placeFrom(after)];
    const tried = await readTried({ reader: context.reader, viewer: viewerOf(context), now: context.ports.clock.now() }, { about, project });
    const rows = tried.rows.slice(place, place + size + 1).map((row, at) => ({ row, at: place + at + 1 }));
    const places = new Map(rows.map(({ row, at }) => [row, at]));
    return { ...tried, page: pageFrom({ rows: rows.map(({ row }) => row), first, after, cursor: (row) => cursorFrom(places.get(row) ?? 0), totalCount: tried.rows.length }) };
  },
}));
