import { Client } from 'pg';
import type { Bench, Row } from '../bench.ts';
import type { Lab } from '../lab.ts';
import { loadMlflow, loadSearch, type SearchSize } from '../load-search.ts';
import { ms, quantile } from '../units.ts';

const SEARCH = 'search over 100,000 runs and 20,000 experiments with notes, p95';
const SIZES = { full: { experiments: 20_000, runs: 100_000 }, quick: { experiments: 200, runs: 1_000 } } as const;
const WORDS = ['augmentation', 'augmentaton', 'warmup cosine', 'distillation teacher student', 'run-4711', 'FIND-77', 'quantis', 'lerning schedule', '"noisy batches"', 'optimizer lion', 'entropy', 'pruning -depth'];
/** Both speak it; the bounds move, so that no question is like the one before. */
const FILTERS = [
  (at: number) => ({ filter: `metrics.val_acc > ${0.5 + at * 0.4} AND params.optimizer = 'adam'`, order_by: ['metrics.val_acc DESC'] }),
  (at: number) => ({ filter: `params.augment ILIKE '%ation%' AND metrics.val_loss < ${0.1 + at * 0.5}`, order_by: ['metrics.val_loss ASC'] }),
  (at: number) => ({ filter: `attributes.start_time > ${1_767_225_600_000 + Math.floor(at * 5e9)} AND params.depth = '7'`, order_by: ['start_time DESC'] }),
];
/** What only Lemma answers. */
const OWN = [
  (at: number) => `start_time > now - ${Math.floor(300 + at * 100)}d AND (params.lr BETWEEN 0.1 AND ${0.2 + at * 0.1} OR seed = 3)`,
  (at: number) => `NOT verdict = supported AND metrics.val_acc > ${at} AND NOT changed param lr`,
  (at: number) => `run_name LIKE 'run-%${Math.floor(at * 9)}_' OR descendant of FIND-7`,
];

const QUERY = 'query($text: String!) { search(text: $text, first: 20) { totalCount edges { highlights node { __typename ... on Experiment { id key name } ... on Run { id name } } } facets { facet values { value label count } } } }';
const RUNS = 'query($filter: String) { runs(filter: $filter, first: 50) { totalCount nodes { id name } } }';

async function timed(url: string, body: unknown): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.text();
  if (!response.ok || answer.startsWith('{"errors"')) throw new Error(answer.slice(0, 300));
  return performance.now() - began;
}

/** Asks in turn, first once each for what is read at the first ask; then measured. */
async function series(asks: number, ask: (turn: number) => Promise<number>, warm: number): Promise<readonly number[]> {
  for (let turn = 0; turn < warm; turn += 1) await ask(turn);
  const times: number[] = [];
  for (let turn = 0; turn < asks; turn += 1) times.push(await ask(turn));
  return times;
}
const moved = (turn: number): number => ((turn * 37) % 101) / 101;

export const search: Bench = {
  name: 'search', answers: [SEARCH], needs: ['mlflow'], seconds: { quick: 25, full: 150 },
  async measure(lab) {
    const size: SearchSize = SIZES[lab.quick ? 'quick' : 'full'];
    const postgres = await lab.postgres();
    const databaseUrl = await postgres.urlOf('search');
    const lemma = await lab.lemma({ DATABASE_URL: databaseUrl });
    const client = await connected(lab, databaseUrl);
    await loadSearch(client, size);
    const asks = lab.quick ? 24 : 120;
    const words = await series(asks, (turn) => timed(`${lemma.url}/graphql`, { query: QUERY, variables: { text: WORDS[turn % WORDS.length] } }), WORDS.length);
    const own = await series(asks, (turn) => timed(`${lemma.url}/graphql`, { query: RUNS, variables: { filter: OWN[turn % OWN.length]?.(moved(turn)) } }), OWN.length);
    const { rows } = await client.query<{ id: string }>(`SELECT mlflow_id::text AS id FROM experiments WHERE project_id = 'prj_find'`);
    const ids = rows.map(({ id }) => id);
    const ask = (url: string, experiments: readonly string[]) => (turn: number) => timed(`${url}/api/2.0/mlflow/runs/search`, { experiment_ids: experiments, max_results: 50, ...FILTERS[turn % FILTERS.length]?.(moved(turn)) });
    const door = await series(asks / 2, ask(lemma.url, ids), FILTERS.length);
    const peerUrl = await postgres.urlOf('mlflow_search');
    const peer = await lab.mlflowServer({ postgresUrl: peerUrl });
    await loadMlflow(await connected(lab, peerUrl), size);
    const theirs = await series(lab.quick ? 6 : 30, ask(peer.url, Array.from({ length: size.experiments }, (_, at) => String(at + 1))), FILTERS.length);
    return rowsOf(lab, size, { words, own, door, theirs });
  },
};

async function connected(lab: Lab, connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  await lab.keep(() => client.end());
  return client;
}

type Series = Readonly<Record<'words' | 'own' | 'door' | 'theirs', readonly number[]>>;

function rowsOf(lab: Lab, { experiments, runs }: SearchSize, { words, own, door, theirs }: Series): Row[] {
  const p95 = (times: readonly number[]): number => quantile(times, 0.95);
  const judged = (kept: boolean): { readonly kept?: boolean } => (lab.quick ? {} : { kept });
  const size = `${runs.toLocaleString('en-US')} runs, ${experiments.toLocaleString('en-US')} experiments with a note each`;
  return [
    { name: SEARCH, part: 'words, mistyped ones too, with 20 results, highlights and facets', measured: ms(p95(words)), ...judged(p95(words) <= 100), note: `${size}; ${words.length} asks in ${WORDS.length} forms; p50 ${ms(quantile(words, 0.5))}` },
    { name: SEARCH, part: "filters that MLflow's language lacks, with count and 50 runs", measured: ms(p95(own)), ...judged(p95(own) <= 100), note: `p50 ${ms(quantile(own, 0.5))}` },
    { name: SEARCH, part: "MLflow's search_runs over all experiments, 50 runs", measured: ms(p95(door)), ...judged(p95(door) <= 100), note: `p50 ${ms(quantile(door, 0.5))}; the mlflow server on the same Postgres: p95 ${ms(p95(theirs))}, p50 ${ms(quantile(theirs, 0.5))}, ${(quantile(theirs, 0.5) / quantile(door, 0.5)).toFixed(1)} times as long` },
  ];
}
