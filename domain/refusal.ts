/** What kind of "no" this is; every door translates the family into its own protocol (GraphQL code, HTTP status, MLflow error_code). */
export type RefusalFamily = 'unauthenticated' | 'forbidden' | 'not-found' | 'bad-input' | 'conflict' | 'rate-limited';

/** The domain's own code, namespaced by noun: "review/own-work". */
export type RefusalCode = `${string}/${string}`;

/** A request we understood and will not carry out. Expected, explained to its reader, never logged as an error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly family: RefusalFamily;
  readonly code: RefusalCode;
  constructor(family: RefusalFamily, code: RefusalCode, message: string) {
    super(message);
    this.family = family;
    this.code = code;
  }
}

export const badInput = (code: RefusalCode, message: string): Refusal => new Refusal('bad-input', code, message);
export const notFound = (code: RefusalCode, message: string): Refusal => new Refusal('not-found', code, message);
export const forbidden = (code: RefusalCode, message: string): Refusal => new Refusal('forbidden', code, message);
export const conflict = (code: RefusalCode, message: string): Refusal => new Refusal('conflict', code, message);
