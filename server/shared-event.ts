import type { Context } from './context.ts';

/**
 * An event of a subscription that says the same to everybody who may hear it: what is answered depends on what was asked, never on who asked. So `admit` is asked for each
 * listener and each event, and the answer is made once for all whose question is the same. Such listeners must be given the same `said`, which is how they are known.
 */
export class SharedEvent<Said extends object> {
  readonly said: Said;
  /** Refuses who may not hear it now. */
  readonly admit: (context: Context) => Promise<void>;
  constructor(said: Said, admit: SharedEvent<Said>['admit']) {
    this.said = said;
    this.admit = admit;
  }
}
