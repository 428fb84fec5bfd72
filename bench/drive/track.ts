/** Calls of the MLflow protocol, for setting a bench up. */
export interface Track {
  post<Answer>(call: string, body: object): Promise<Answer>;
  get<Answer>(call: string, query: Readonly<Record<string, string>>): Promise<Answer>;
  newRun(experimentId: string): Promise<string>;
  newExperiment(): Promise<string>;
}

let experiments = 0;

export function track(server: string): Track {
  async function answer<Answer>(call: string, response: Response): Promise<Answer> {
    if (!response.ok) throw new Error(`${call} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    return (await response.json()) as Answer;
  }
  const url = (call: string): URL => new URL(`/api/2.0/mlflow/${call}`, server);
  const post = async <Answer>(call: string, body: object): Promise<Answer> =>
    answer(call, await fetch(url(call), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));
  return {
    post,
    get: async (call, query) => answer(call, await fetch(`${url(call).href}?${new URLSearchParams(query).toString()}`)),
    newExperiment: async () => {
      experiments += 1;
      return (await post<{ experiment_id: string }>('experiments/create', { name: `bench-${process.pid}-${Date.now()}-${experiments}` })).experiment_id;
    },
    newRun: async (experimentId) => (await post<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: experimentId, start_time: Date.now(), run_name: 'bench' })).run.info.run_id,
  };
}
