import { rightsKey } from '../domain/access/viewer.ts';
import type { Context } from './context.ts';
import { together } from './together.ts';

/**
 * An event of a subscription whose answer is made once for all whose question is the same: for everybody, where what is answered never depends on who asked, else for everybody
 * with the same rights. `admit` is asked for each listener and each event. Such listeners must be given the same `said`, which is how they are known.
 */
export class SharedEvent<Said extends object> {
  readonly said: Said;
  /** False to whom nothing is to be told any more; refuses who may not hear it now. */
  readonly admit: (context: Context) => Promise<boolean>;
  /** Listeners of one audience share an answer. */
  readonly audience: (context: Context) => string;
  private constructor(said: Said, admit: SharedEvent<Said>['admit'], audience: SharedEvent<Said>['audience']) {
    this.said = said;
    this.admit = admit;
    this.audience = audience;
  }

  /** What is answered never depends on who asked, which is tested; `require` refuses who may not hear it. */
  static forEverybody<Said extends object>(said: Said, require: (context: Context) => Promise<void>): SharedEvent<Said> {
    return new SharedEvent(said, (context) => require(context).then(() => true), () => '');
  }

  /** What is answered is what one may see: `look` finds nothing where one may see nothing any more, and looks once for all listeners with the same rights. */
  static forEachViewer<Said extends object>(said: Said, look: (context: Context) => Promise<unknown>): SharedEvent<Said> {
    const audience = (context: Context): string => rightsKey(context.viewer);
    return new SharedEvent(said, (context) => together(said, audience(context), async () => Boolean(await look(context))), audience);
  }
}
