export interface TrainingProgress { readonly done: number; readonly total: number; readonly message: string }

/** Runs examples/digits as any client would run it: a program with an address and a token. */
export interface DemoTrainings {
  /** Yields after every training; throws with the program's last words when it fails, and ends it when `signal` aborts. */
  run(access: { readonly url: string; readonly token: string }, signal: AbortSignal): AsyncIterable<TrainingProgress>;
}
