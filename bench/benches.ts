import type { Bench } from './bench.ts';
import { comments } from './measures/comments.ts';
import { consoleLines } from './measures/console.ts';
import { duplicateCheck } from './measures/duplicate-check.ts';
import { fastDoor } from './measures/fast-door.ts';
import { fasttrackml } from './measures/fasttrackml.ts';
import { growthOfPoints } from './measures/growth-of-points.ts';
import { homePage } from './measures/home-page.ts';
import { hostile } from './measures/hostile.ts';
import { lineage } from './measures/lineage.ts';
import { metricPage } from './measures/metric-page.ts';
import { mlflowDoor } from './measures/mlflow-door.ts';
import { notes } from './measures/notes.ts';
import { oneChart } from './measures/one-chart.ts';
import { pageLatency } from './measures/page-latency.ts';
import { retriedBatch } from './measures/retried-batch.ts';
import { reviewRoom } from './measures/review-room.ts';
import { runsTable } from './measures/runs-table.ts';
import { search } from './measures/search.ts';
import { sharePage } from './measures/share-page.ts';
import { start } from './measures/start.ts';
import { trainingThread } from './measures/training-thread.ts';

/** In the order they run. A new one is a file in measures/ and a line here; the budgets of all fit into eight minutes quick and forty full, which is tested. */
export const BENCHES: readonly Bench[] = [
  start,
  pageLatency,
  metricPage,
  mlflowDoor,
  fasttrackml,
  fastDoor,
  retriedBatch,
  trainingThread,
  consoleLines,
  homePage,
  notes,
  reviewRoom,
  comments,
  lineage,
  sharePage,
  oneChart,
  runsTable,
  search,
  duplicateCheck,
  hostile,
  growthOfPoints,
];
