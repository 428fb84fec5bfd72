import type { Client } from 'urql';
import { graphql } from '../../_graphql/graphql.ts';

/** The MLflow client prints addresses of MLflow's own pages: "#/experiments/7" and "#/experiments/7/runs/<32 hex>". */
export interface MlflowLink { readonly experiment: string; readonly run: string | null }

export function readMlflowLink(hash: string): MlflowLink | null {
  const found = /^#\/experiments\/(\d+)(?:\/runs\/([0-9a-f]{32})(?:\/[\w/-]*)?)?(?:\?.*)?$/.exec(hash);
  return found?.[1] === undefined ? null : { experiment: found[1], run: found[2] ?? null };
}

const RunsExperiment = graphql(`query MlflowLink($id: ID!) { run(id: $id) { id experiment { id key } } }`);

async function ask(path: string, init?: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(`/api/2.0/mlflow/${path}`, { credentials: 'same-origin', ...init });
  return response.ok ? ((await response.json()) as Record<string, unknown>) : {};
}

/** Where such a link leads here. An experiment is found by any of its runs, as MLflow's ids are not ours; one without runs leads to its project. Null when there is none. */
export async function addressOfMlflowLink(link: MlflowLink, client: Client): Promise<string | null> {
  if (link.run !== null) return `/r/${link.run}`;
  const { runs } = await ask('runs/search', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ experiment_ids: [link.experiment], max_results: 1 }) });
  const id = (runs as readonly { readonly info?: { readonly run_id?: string } }[] | undefined)?.[0]?.info?.run_id;
  const { data } = id === undefined ? { data: null } : await client.query(RunsExperiment, { id }).toPromise();
  if (data?.run) return `/e/${data.run.experiment.key}`;
  const { experiment } = await ask(`experiments/get?experiment_id=${link.experiment}`);
  const name = (experiment as { readonly name?: string } | undefined)?.name;
  return name === undefined ? null : `/p/${name.includes('/') ? name.slice(0, name.indexOf('/')) : 'sandbox'}?view=experiments`;
}
