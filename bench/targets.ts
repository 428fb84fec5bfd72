/** What was promised, of metrics and of the review room, in these words: the report carries each name as it is here, so that a reader finds it again. */
export const TARGETS = [
  { name: 'points/s through the MLflow door, batches of 1,000, 16 clients, against the `mlflow` server on the same Postgres', limit: '40 times' },
  { name: 'the same, batches of 10', limit: "15 times, or half of the generator's ceiling if that is less" },
  { name: 'against `fasttrackml` (from PyPI), both on their defaults, batches of 1,000', limit: '4 times' },
  { name: 'the fast door, 8 streams', limit: '1,000,000 points/s sustained for a minute on 2 cores, memory flat' },
  { name: 'a retried batch of 1,000 against a first one', limit: 'at most 1.2 times the time, changes nothing' },
  { name: 'disk per point after compaction, float32-born curves with steps and timestamps', limit: 'at most 4.5 bytes' },
  { name: 'one chart, 100 runs x 100,000 steps, 1,000 pixels, server time p95', limit: "100 ms; and 20 times faster than MLflow's bulk history for the same ask" },
  { name: 'one chart, 1,000 runs x 10,000 steps', limit: '500 ms' },
  { name: 'filter and sort over 75,000 runs with 150 params and 50 tags each, p95', limit: '50 ms' },
  { name: 'search over 100,000 runs and 20,000 experiments with notes, p95', limit: '100 ms' },
  { name: 'the duplicate check before a run starts, 100,000 runs in the project, p95', limit: '50 ms' },
  { name: 'growth: points at 1, 10 and 100 million, runs at 750, 7,500 and 75,000', limit: 'no worse than logarithmic for reads, flat for writes' },
  { name: 'log call to browser DOM, 500 subscribers, p95', limit: '200 ms' },
  { name: 'a run page with 1,500 metrics x 100 runs: interactive', limit: '2 s, and no task over 200 ms while scrolling' },
  { name: '10,000-row table: scroll', limit: '55 frames a second' },
  { name: "training thread's cost of one logged step (Python, mlflow client untouched is the reference)", limit: 'reported' },
  { name: '50 people in one note: an edit to everybody else, p95', limit: '300 ms' },
  { name: '500 subscribers on one experiment: what one says to the browser of another, p95', limit: '300 ms' },
  { name: 'memory of the server per connection, and its growth', limit: 'reported; linear' },
  { name: 'opening a note of 2,000 blocks', limit: '1 s' },
  { name: 'the home page: interactive', limit: '1.5 s' },
  { name: '10,000 comments on one experiment: interactive; longest task; a comment appears, p95', limit: '1.5 s; 200 ms; 300 ms' },
  { name: 'lineage of 10,000 nodes: first drawn; panning', limit: '1 s; 55 frames a second' },
  { name: 'a share page on a telephone: largest paint, script', limit: '1.5 s, and 200 KB' },
] as const;

export type TargetName = (typeof TARGETS)[number]['name'];

/** The limit of a target; undefined for a row with a name of its own. */
export const limitOf = (name: string): string | undefined => TARGETS.find((target) => target.name === name)?.limit;
