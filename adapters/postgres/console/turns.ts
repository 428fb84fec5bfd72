import { Refusal } from '../../../domain/refusal.ts';

export interface TurnLimits {
  /** Pieces of work at a time. */
  readonly atOnce: number;
  /** Bytes that may wait or be worked on before more is sent away. */
  readonly bytes: number;
}

interface Waiting { readonly key: string; readonly enter: () => void }

/** Lets in a few at a time, those of one key one after another: writers of one run would only wait for each other inside the database. */
export class Turns {
  private readonly limits: TurnLimits;
  private readonly waiting: Waiting[] = [];
  private readonly busy = new Set<string>();
  private held = 0;
  constructor(limits: TurnLimits) {
    this.limits = limits;
  }

  /** Runs the work when it is its turn. Refuses at once with `console/busy` when too much waits already: the sender tries again, and memory stays bounded. */
  async take<T>(key: string, bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.held > 0 && this.held + bytes > this.limits.bytes) throw new Refusal('rate-limited', 'console/busy', 'Too many lines wait to be written. Send this batch again in a moment.');
    this.held += bytes;
    try {
      await new Promise<void>((enter) => { this.waiting.push({ key, enter }); this.letIn(); });
      try {
        return await work();
      } finally {
        this.busy.delete(key);
        this.letIn();
      }
    } finally {
      this.held -= bytes;
    }
  }

  private letIn(): void {
    for (let at = 0; at < this.waiting.length && this.busy.size < this.limits.atOnce;) {
      const next = this.waiting[at];
      if (!next || this.busy.has(next.key)) { at += 1; continue; }
      this.waiting.splice(at, 1);
      this.busy.add(next.key);
      next.enter();
    }
  }
}
