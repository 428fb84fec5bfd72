/**
 * Sends one thing after another, so that the last thing said is the last thing heard. What waits for its turn takes in what is said meanwhile: fields said later replace those said before.
 * @returns A function whose promise is answered once nothing is left to say: whether the last of it was heard.
 */
export function inTurn<T extends object>(send: (said: T) => Promise<boolean>): (said: T) => Promise<boolean> {
  let waiting: T | null = null;
  let sending: Promise<boolean> | null = null;
  const sendAll = async (): Promise<boolean> => {
    let heard = true;
    while (waiting !== null) {
      const next = waiting;
      waiting = null;
      heard = await send(next).catch(() => false);
    }
    sending = null;
    return heard;
  };
  return (said) => {
    waiting = { ...waiting, ...said };
    sending ??= sendAll();
    return sending;
  };
}
