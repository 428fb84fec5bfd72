/** Speaks to a running Lemma as programs do: MLflow's protocol and GraphQL, by plain HTTP. */
export interface LemmaClient {
  /** POST /api/2.0/mlflow/<path>. @throws RequestFailed on any status but 200, and whatever fetch throws when nobody answers. */
  track<Answer>(path: string, body: object): Promise<Answer>;
  /** Any other path: GET, or POST of lines of JSON. @throws as `track`. */
  get<Answer>(path: string): Promise<Answer>;
  postLines<Answer>(path: string, lines: readonly object[]): Promise<Answer>;
  trackGet<Answer>(path: string, query: Readonly<Record<string, string>>): Promise<Answer>;
  /** @throws RequestFailed when the answer has errors. */
  graphql<Data>(query: string, variables?: object): Promise<Data>;
}

export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly status: number;
  constructor(status: number, body: string) {
    super(`status ${status}: ${body.slice(0, 500)}`);
    this.status = status;
  }
}

export function lemmaClient(url: string): LemmaClient {
  const json = async <Answer>(path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(15_000) });
    const text = await response.text();
    if (response.status !== 200) throw new RequestFailed(response.status, text);
    return JSON.parse(text) as Answer;
  };
  const post = (body: object): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return {
    track: (path, body) => json(`/api/2.0/mlflow/${path}`, post(body)),
    get: (path) => json(path, {}),
    postLines: (path, lines) => json(path, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: lines.map((line) => JSON.stringify(line)).join('\n') }),
    trackGet: (path, query) => json(`/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`, {}),
    graphql: async (query, variables = {}) => {
      const answer = await json<{ data?: unknown; errors?: readonly { readonly message: string }[] }>('/graphql', post({ query, variables }));
      if (answer.errors) throw new RequestFailed(200, JSON.stringify(answer.errors));
      return answer.data as never;
    },
  };
}

/** What a patient client does: the same request again until it is answered. Refusals (4xx) are thrown, they would not change. */
export async function untilAnswered<Answer>(request: () => Promise<Answer>, forInMs = 60_000): Promise<Answer> {
  const giveUpAt = Date.now() + forInMs;
  for (;;) {
    try {
      return await request();
    } catch (error) {
      const refused = error instanceof RequestFailed && error.status >= 400 && error.status < 500;
      if (refused || Date.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Asks until the answer is the one waited for. @throws with the last answer when it never comes. */
export async function eventually<Answer>(ask: () => Promise<Answer>, isIt: (answer: Answer) => boolean, forInMs = 60_000): Promise<Answer> {
  const giveUpAt = Date.now() + forInMs;
  for (;;) {
    const answer = await untilAnswered(ask);
    if (isIt(answer)) return answer;
    if (Date.now() > giveUpAt) throw new Error(`never came; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
