let waiting: (() => void)[] = [];

function run(): void {
  const now = waiting;
  waiting = [];
  for (const act of now) act();
}

/** Has something done in the next animation frame, with everything else that asked: however many messages a frame brings, the page draws once. A hidden page has no frames. */
export function inNextFrame(act: () => void): void {
  if (waiting.length === 0) requestAnimationFrame(run);
  waiting.push(act);
}
