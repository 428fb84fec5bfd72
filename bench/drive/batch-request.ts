const KEYS = 10;
const FIRST_STEP = 1_000_000;
const FIRST_TIMESTAMP = 1_700_000_000_000;

/**
 * A `log-batch` request of MLflow's protocol as bytes, head and body, in which only the digits of steps and timestamps change from batch to batch:
 * every point is a new one, and the generator does not spend the machine it shares on writing JSON.
 */
export class BatchRequest {
  readonly #bytes: Buffer;
  readonly #steps: readonly number[];
  readonly #timestamps: readonly number[];
  readonly #keys: number;
  #next = FIRST_STEP;

  constructor(address: URL, runId: string, points: number) {
    this.#keys = Math.min(KEYS, points);
    const metrics = Array.from({ length: points }, (_, at) =>
      `{"key":"metric_${at % this.#keys}","value":${Math.fround(Math.sin(at) + at / 7)},"timestamp":${FIRST_TIMESTAMP},"step":${FIRST_STEP}}`);
    const body = `{"run_id":"${runId}","metrics":[${metrics.join(',')}]}`;
    this.#bytes = Buffer.from(`POST /api/2.0/mlflow/runs/log-batch HTTP/1.1\r\nhost: ${address.host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    this.#steps = placesOf(this.#bytes, '"step":');
    this.#timestamps = placesOf(this.#bytes, '"timestamp":');
  }

  /** The next batch. The bytes are the same buffer every time: send them before asking again. */
  next(): Buffer {
    this.#steps.forEach((place, at) => {
      const step = this.#next + Math.floor(at / this.#keys);
      writeDigits(this.#bytes, place, step, 7);
      writeDigits(this.#bytes, this.#timestamps[at] ?? 0, FIRST_TIMESTAMP + step, 13);
    });
    this.#next += Math.ceil(this.#steps.length / this.#keys);
    return this.#bytes;
  }

  /** The batch `next` gave last, for a client that got no answer. */
  again(): Buffer {
    return this.#bytes;
  }
}

function placesOf(bytes: Buffer, word: string): readonly number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(word); at !== -1; at = bytes.indexOf(word, at + 1)) places.push(at + word.length);
  return places;
}

function writeDigits(bytes: Buffer, place: number, value: number, digits: number): void {
  let rest = value;
  for (let at = place + digits - 1; at >= place; at -= 1) {
    const quotient = Math.floor(rest / 10);
    bytes[at] = 48 + rest - quotient * 10;
    rest = quotient;
  }
}
