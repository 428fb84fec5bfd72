import { acknowledgedAfter } from '../../../domain/metrics/client-stream.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { StreamPlace } from '../../../operations/ports/metric-store.ts';
import type { StreamHead } from './append-statements.ts';

/** Up to where the clients' streams of a flush are durable: as the database has it, then append by append. */
export class ClientStreams {
  private readonly heads: ReadonlyMap<string, StreamHead>;
  private readonly changed = new Map<string, StreamHead>();
  constructor(stored: readonly StreamHead[]) {
    this.heads = new Map(stored.map((head) => [nameOf(head), head]));
  }

  /** Acknowledges the batches, or answers why they cannot be. */
  moveOn(runId: string, { stream, first, last }: StreamPlace): Refusal | null {
    const name = nameOf({ runId, stream });
    const acknowledged = (this.changed.get(name) ?? this.heads.get(name))?.acknowledged ?? 0;
    try {
      const after = acknowledgedAfter(acknowledged, { first, last });
      if (after !== acknowledged) this.changed.set(name, { runId, stream, acknowledged: after });
      return null;
    } catch (problem) {
      if (problem instanceof Refusal) return problem;
      throw problem;
    }
  }

  moved(): readonly StreamHead[] {
    return [...this.changed.values()];
  }
}

const nameOf = ({ runId, stream }: Pick<StreamHead, 'runId' | 'stream'>): string => `${runId} ${stream}`;
