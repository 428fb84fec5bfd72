/** Resolves after `ms`, or at once when `signal` aborts. */
export function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  return wakeable(signal).wait(ms);
}

export interface Bell {
  /** Ends the wait in progress; rung while nobody waits, it ends the next one at once, so nothing is missed. */
  readonly wake: () => void;
  wait(atMostMs: number): Promise<void>;
}

export function wakeable(signal: AbortSignal): Bell {
  let rung = false;
  let finish: (() => void) | null = null;
  const wake = (): void => {
    rung = true;
    finish?.();
  };
  return {
    wake,
    async wait(atMostMs) {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(wake, atMostMs);
          signal.addEventListener('abort', wake, { once: true });
          finish = () => { clearTimeout(timer); signal.removeEventListener('abort', wake); resolve(); };
        });
      }
      finish = null;
      rung = false;
    },
  };
}
