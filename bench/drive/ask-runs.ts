/** What people ask of a runs table; `at` from 0 to 1 moves the bounds, so that no ask is like the one before. */
const ASKS: readonly ((at: number) => { readonly filter: string; readonly orderBy: string })[] = [
  (at) => ({ filter: `metrics.val_acc > ${0.6 + at * 0.3} AND params.optimizer = 'adam'`, orderBy: 'metrics.val_acc DESC' }),
  (at) => ({ filter: `params.augment ILIKE '%MIX%' AND metrics.val_loss < ${0.3 + at * 0.6}`, orderBy: 'params.lr' }),
  (at) => ({ filter: `params.lr < ${0.01 + at * 0.08} AND tags.team = 'red'`, orderBy: 'metrics.val_loss ASC, params.model' }),
  (at) => ({ filter: `tags.note ILIKE 'sweep ${Math.floor(at * 40)}%'`, orderBy: 'start_time' }),
  (at) => ({ filter: `status = 'FAILED' OR metrics.metric_7 > ${at}`, orderBy: 'run_name' }),
  (at) => ({ filter: `params.\`config.part_3.option_15\` = '${Math.floor(at * 16)}' OR params.model IN ('mixer', 'resnet50')`, orderBy: 'metrics.metric_11 DESC' }),
  (at) => ({ filter: `NOT params.model LIKE 'resnet%' AND metrics.val_acc <= ${0.6 + at * 0.4}`, orderBy: 'params.model DESC, metrics.val_acc' }),
];

const QUERY = `query($project: String!, $filter: String, $orderBy: String) {
  runs(project: $project, filter: $filter, orderBy: $orderBy, first: 50) {
    totalCount nodes { id name status startedAt metrics(keys: ["val_acc", "val_loss"]) { key last } params(keys: ["lr", "optimizer", "model"]) { key value } tags(keys: ["team"]) { key value } }
  }
}`;

/** Milliseconds until the first page of a table with its count and six columns is there, one figure an ask; the asks take turns. */
export async function askRuns(url: string, project: string, asks: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < asks; turn += 1) {
    const question = ASKS[turn % ASKS.length]?.(((turn * 37) % 101) / 101);
    const began = performance.now();
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: QUERY, variables: { project, ...question } }) });
    const { errors } = (await response.json()) as { errors?: readonly { readonly message: string }[] };
    times.push(performance.now() - began);
    if (errors) throw new Error(errors[0]?.message);
  }
  return times;
}

export const ASKS_A_TURN = ASKS.length;
