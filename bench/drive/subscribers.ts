import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What each of them follows on their connection, the first of which says the state of now at once, and as whom: the tokens of as many people, or nobody's, who are all the machine's owner. */
export interface Followed { readonly queries: readonly string[]; readonly variables: object; readonly tokens?: readonly string[] }

/** So many who follow one thing, each with a connection of their own, in a process of theirs; answers when all of them do. */
export async function subscribers(url: string, count: number, { queries, variables, tokens = [] }: Followed): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('subscribers-program.ts', import.meta.url)), [url, String(count), JSON.stringify(queries), JSON.stringify(variables), JSON.stringify(tokens)]);
  const ended = once(child, 'exit').then((): never => { throw new Error('The subscribers ended early.'); });
  await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return child;
}
