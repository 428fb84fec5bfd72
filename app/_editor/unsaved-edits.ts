import { applyUpdate, Doc, diffUpdate, decodeStateVector, encodeStateAsUpdate, encodeStateVector, mergeUpdates, UndoManager, type Transaction } from 'yjs';
import { MOST_UPDATE_BYTES } from '../../domain/notes/collab-frame.ts';

export interface Push { readonly sequence: number; readonly data: Uint8Array }

interface Told { readonly changed: () => void; readonly takenBack: () => void }

/** As much of what waits is sent in one piece. */
const PIECE_BYTES = MOST_UPDATE_BYTES / 2;

/** Edits made here that no commit on the server holds yet: those under way, and those that wait for their turn. */
export class UnsavedEdits {
  private readonly doc: Doc;
  private readonly fromElsewhere: symbol;
  private readonly told: Told;
  private readonly waiting: Uint8Array[] = [];
  private underWay: Push | null = null;
  private sequence = 0;
  /** What the server is known to have. */
  private savedVector: Uint8Array;
  private takingBack = false;

  constructor(doc: Doc, fromElsewhere: symbol, told: Told) {
    this.doc = doc;
    this.fromElsewhere = fromElsewhere;
    this.told = told;
    this.savedVector = encodeStateVector(doc);
    doc.on('update', this.hear);
  }

  get empty(): boolean {
    return this.waiting.length === 0 && this.underWay === null;
  }

  /** An edit from an earlier visit, that was not known to be saved. */
  add(update: Uint8Array): void {
    applyUpdate(this.doc, update, this.fromElsewhere);
    this.waiting.push(update);
  }

  /** The next push, unless one is under way. */
  next(): Push | null {
    if (this.underWay || this.waiting.length === 0) return null;
    const taken: Uint8Array[] = [];
    let bytes = 0;
    for (let first = this.waiting[0]; first && (taken.length === 0 || bytes + first.length <= PIECE_BYTES); [first] = this.waiting) {
      taken.push(first);
      bytes += first.length;
      this.waiting.shift();
    }
    this.sequence += 1;
    this.underWay = { sequence: this.sequence, data: taken.length === 1 && taken[0] ? taken[0] : mergeUpdates(taken) };
    return this.underWay;
  }

  acknowledge(sequence: number): void {
    if (this.underWay?.sequence !== sequence) return;
    this.underWay = null;
    if (this.waiting.length === 0) this.savedVector = encodeStateVector(this.doc);
  }

  /** On a new connection: whether what was under way arrived is not known, and twice does no harm. */
  sendAgain(): void {
    if (this.underWay) this.waiting.unshift(this.underWay.data);
    this.underWay = null;
  }

  /** What the server says it has: what is here and not there is sent, wherever it came from. */
  serverHas(vector: Uint8Array): void {
    const there = decodeStateVector(vector);
    const lacking = [...decodeStateVector(encodeStateVector(this.doc))].some(([client, clock]) => (there.get(client) ?? 0) < clock);
    if (lacking && this.empty) this.waiting.push(encodeStateAsUpdate(this.doc, vector));
  }

  /** Everything that is not saved, as one update; null when all is. */
  all(): Uint8Array | null {
    const updates = [...(this.underWay ? [this.underWay.data] : []), ...this.waiting];
    return updates.length === 0 ? null : mergeUpdates(updates);
  }

  close(): void {
    this.doc.off('update', this.hear);
  }

  private readonly hear = (update: Uint8Array, origin: unknown, _doc: Doc, transaction: Transaction): void => {
    if (origin === this.fromElsewhere || this.takingBack) return;
    if (update.length > MOST_UPDATE_BYTES) { this.takeBack(transaction); return; }
    this.waiting.push(update);
    this.told.changed();
  };

  /**
   * An edit that no server takes is undone. Yjs counts what was written and deleted for ever; so all that is sent of it is how long it was, which a document that collects its
   * garbage knows, whatever the editor's own undo still keeps.
   */
  private takeBack(transaction: Transaction): void {
    this.takingBack = true;
    queueMicrotask(() => {
      undo(this.doc, transaction);
      this.takingBack = false;
      const spare = new Doc();
      applyUpdate(spare, encodeStateAsUpdate(this.doc));
      this.waiting.push(diffUpdate(encodeStateAsUpdate(spare), this.savedVector));
      spare.destroy();
      this.told.takenBack();
      this.told.changed();
    });
  }
}

/** Takes back one transaction that has just ended. */
function undo(doc: Doc, transaction: Transaction): void {
  const manager = new UndoManager([...doc.share.values()], { captureTimeout: 0, trackedOrigins: new Set([transaction.origin]) });
  manager.afterTransactionHandler(transaction);
  manager.undo();
  manager.clear(true, true);
  manager.destroy();
}
