/** Requests on their way to the server and back. */
const underWay = new Set<Promise<void>>();

/** The client's fetch: keeps the list. What is aborted, because nobody wants the answer any more, leaves it too. */
export const watchedFetch: typeof fetch = async (input, init) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  underWay.add(promise);
  try {
    const response = await fetch(input, init);
    const body = await response.text();
    return Object.assign(response, { text: () => Promise.resolve(body) });
  } finally {
    // urql has taken the answer in before the next task.
    setTimeout(() => { underWay.delete(promise); resolve(); }, 0);
  }
};

/** Resolves when what is under way now has been answered: urql drops a question that is asked again before, and its answer may be older than the news. */
export const answered = async (): Promise<void> => {
  await Promise.all(underWay);
};
