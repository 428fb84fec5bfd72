import { connectionMonitor } from './connection.ts';
import { takeEarlyAnswer } from './early-answers.tsx';

/** Requests on their way to the server and back, with what they ask. */
const underWay = new Map<Promise<void>, string>();

/** The client's fetch: keeps the list. What is aborted, because nobody wants the answer any more, leaves it too. */
export const watchedFetch: typeof fetch = async (input, init) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  underWay.set(promise, typeof init?.body === 'string' ? init.body : '');
  try {
    // Without an answer to what was asked early, it is asked now, and says itself what is wrong.
    const response = (await takeEarlyAnswer(init?.body)?.catch(() => undefined)) ?? await fetch(input, init);
    const body = await response.text();
    connectionMonitor.heard();
    return Object.assign(response, { text: () => Promise.resolve(body) });
  } finally {
    // urql has taken the answer in before the next task.
    setTimeout(() => { underWay.delete(promise); resolve(); }, 0);
  }
};

/** Resolves when what is under way now has been answered: urql drops a question that is asked again before, and its answer may be older than the news. */
export const answered = async (): Promise<void> => {
  await Promise.all(underWay.keys());
};

/** Whether an answer with this fragment is under way: it may be older than the news, and is taken in after it. */
export const isUnderWay = (fragment: string): boolean => [...underWay.values()].some((asked) => asked.includes(`fragment ${fragment} `));
