/** What this example needs of Lemma's public API, and nothing of Lemma's code: GraphQL for the questions, MLflow's REST protocol for the runs. */
export class LemmaClient {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, token: string | undefined) {
    this.#url = url.replace(/\/$/, '');
    this.#headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  }

  /** Answers `data`; throws with the server's own words when it refuses. */
  async graphql<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const answer = await this.#post<{ data?: Data; errors?: { message: string }[] }>('/graphql', { query, variables });
    if (answer.errors?.length || !answer.data) throw new Error(answer.errors?.map((error) => error.message).join('; ') ?? 'empty answer');
    return answer.data;
  }

  /** One call of the MLflow protocol, such as `runs/log-batch`. */
  mlflow<Answer>(call: string, body: unknown): Promise<Answer> {
    return this.#post<Answer>(`/api/2.0/mlflow/${call}`, body);
  }

  async #post<Answer>(path: string, body: unknown): Promise<Answer> {
    const response = await fetch(this.#url + path, { method: 'POST', headers: this.#headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok && !text.startsWith('{"errors"')) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 400)}`);
    return JSON.parse(text) as Answer;
  }
}
