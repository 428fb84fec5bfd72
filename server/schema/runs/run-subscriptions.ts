import { badInput, notFound } from '../../../domain/refusal.ts';
import { mergeColumns } from '../../../domain/metrics/series.ts';
import type { Change } from '../../../contracts/messages/change.ts';
import type { LiveMetrics } from '../../../contracts/messages/live-metrics.ts';
import type { LoggedSegment, MetricStore } from '../../../operations/ports/metric-store.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { SharedEvent } from '../../shared-event.ts';
import { together } from '../../together.ts';
import { builder } from '../builder.ts';
import { changesWanted } from '../changes.ts';
import { experimentOf, runOf } from '../loaders.ts';
import { stillVisible } from '../still-visible.ts';
import { RunRef } from '../types.ts';
import { finite, MetricSeriesRef, spoken, type SpokenSeries } from './metric.ts';

async function visibleRun(context: Context, id: string): Promise<Prisma.RunModel> {
  const run = await runOf(context, id);
  if (!run) throw notFound('run/unknown', 'There is no such run, or you may not see it.');
  return run;
}

const changesOfRun = (context: Context, { id, experimentId }: Prisma.RunModel): AsyncGenerator<Change> => leavable(async function* (leaving) {
  const projectId = (await experimentOf(context, experimentId))?.projectId;
  const first: Change = { noun: 'run', id, verb: 'subscribed', projectId: null, experimentId, subjectId: null };
  const ofProject = (change: Change): boolean => change.noun === 'project' && change.projectId === projectId;
  const wanted = (change: Change): boolean => (change.noun === 'run' ? change.id === id : ofProject(change) || (change.noun === 'experiment' && change.id === experimentId));
  for await (const change of changesWanted(context, first, wanted)) {
    if (leaving.aborted) return;
    if (!ofProject(change)) yield change;
    else if (!(await stillVisible(context, () => runOf(context, id)))) return;
  }
});

builder.subscriptionField('runUpdated', (t) => t.field({
  type: RunRef,
  description: 'The run as it is now, then after every change of it or of the analysis of its experiment. Ends when the viewer may not see it any more.',
  args: { id: t.arg.id({ required: true }) },
  subscribe: async (_, { id }, context) => changesOfRun(context, await visibleRun(context, id)),
  resolve: (_event, { id }, context) => visibleRun(context, id),
}));

/** What is pushed: the points of one or more segments, and the position after them. */
interface MetricPoints { readonly runId: string; readonly sequence: number; readonly series: readonly SpokenSeries[] }

const MetricPointsRef = builder.objectRef<MetricPoints>('MetricPoints').implement({
  fields: (t) => ({
    run: t.id({ resolve: ({ runId }) => runId }),
    series: t.field({ type: [MetricSeriesRef], resolve: ({ series }) => [...series] }),
    cursor: t.string({ description: 'Pass as `after` to resume: nothing is missed, nothing repeated.', resolve: ({ sequence }) => String(sequence) }),
  }),
});

function sequenceAfter(after: string | null | undefined): number {
  if (after === null || after === undefined) return 0;
  if (!/^\d{1,15}$/.test(after)) throw badInput('metrics/bad-cursor', 'after is not a cursor of metricsLogged. Use the cursor of the last message, or Run.metricsCursor.');
  return Number(after);
}

/** A cursor from beyond the log's end would wait in silence for what it already counts as heard: a server went back to a backup, or the cursor is another run's. */
async function requireReached({ ports }: Context, runId: string, sequence: number): Promise<void> {
  if (sequence > 0 && sequence > await together(ports.metrics, `end of ${runId}`, () => ports.metrics.position(runId))) {
    throw badInput('metrics/cursor-ahead', 'after lies beyond the end of this run\'s metric log, as when the server went back to a backup. Read Run.series and Run.metricsCursor anew, and follow from there.');
  }
}

/** Segments read and sent at a time while catching up. */
const PAGE = 100;

/**
 * Follows a run's log from a position: what is stored first, then what is committed, each segment once and in order. Followers who are equally far get the same objects.
 * The right is asked again for every message: the points themselves travel in it.
 */
const follow = (context: Context, runId: string, after: number): AsyncGenerator<SharedEvent<MetricPoints>> => leavable(async function* (leaving) {
  const told = (points: MetricPoints): SharedEvent<MetricPoints> => SharedEvent.forEverybody(points, (listener) => listener.gate.passReader(viewerOf(listener), runId));
  let sequence = after;
  for await (const message of context.liveMetrics.subscribe(runId, leaving)) {
    if (message.series !== null && message.sequence <= sequence) continue;
    if (message.series !== null && message.sequence === sequence + 1) {
      sequence = message.sequence;
      yield told(heardIn(message, message.series));
      continue;
    }
    // Something is missing before this message, or may be: the store has it all.
    for (let more = true; more && !leaving.aborted;) {
      const page = await pageAfter(context.ports.metrics, runId, sequence);
      if (page.points) {
        sequence = page.points.sequence;
        yield told(page.points);
      }
      more = page.full;
    }
  }
});

const pageAfter = (metrics: MetricStore, runId: string, sequence: number): Promise<{ readonly points: MetricPoints | null; readonly full: boolean }> => together(metrics, `${runId} ${sequence}`, async () => {
  const page = await metrics.since(runId, sequence, PAGE);
  const last = page.at(-1);
  return { points: last ? { runId, sequence: last.sequence, series: joined(page) } : null, full: page.length === PAGE };
});

type Heard = NonNullable<LiveMetrics['series']>;
const pointsIn = new WeakMap<LiveMetrics, MetricPoints>();

/** All listeners of a process are given one and the same message. */
function heardIn(message: LiveMetrics, series: Heard): MetricPoints {
  const points = pointsIn.get(message) ?? { runId: message.runId, sequence: message.sequence, series: series.map(heard) };
  pointsIn.set(message, points);
  return points;
}

const heard = ({ key, steps, timestamps, values }: Heard[number]): SpokenSeries =>
  ({ key, steps, timestamps, values: values.map((value) => (typeof value === 'number' ? finite(value) : null)), count: values.length });

const joined = (page: readonly LoggedSegment[]): SpokenSeries[] =>
  [...Map.groupBy(page.flatMap(({ series }) => series), ({ key }) => key)].map(([key, pieces]) => spoken(mergeColumns(key, pieces)));

/** Leaves out series nobody asked for; says nothing when none is left, but for the position, so that a client far behind can resume from there. */
const only = (points: MetricPoints, keys: readonly string[] | null | undefined): MetricPoints =>
  (keys ? { ...points, series: points.series.filter(({ key }) => keys.includes(key)) } : points);

builder.subscriptionField('metricsLogged', (t) => t.field({
  type: MetricPointsRef,
  description: 'Points of a run as they are logged. Begins after the cursor `after`, or with everything that was logged when none is given.',
  args: { run: t.arg.id({ required: true }), keys: t.arg.stringList(), after: t.arg.string() },
  subscribe: async (_, { run, after }, context) => {
    const sequence = sequenceAfter(after);
    await context.gate.passReader(viewerOf(context), run);
    await requireReached(context, run, sequence);
    return follow(context, run, sequence);
  },
  resolve: ({ said }, { keys }) => only(said, keys),
}));

builder.objectField(RunRef, 'metricsCursor', (t) => t.string({
  description: 'Where the run\'s metric log ends now. Read it together with series, then follow with metricsLogged(after:).',
  resolve: async ({ id }, _, context) => String(await context.ports.metrics.position(id)),
}));
