import WebSocket from 'ws';
import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import { applyUpdate, Doc, encodeStateVector, mergeUpdates, XmlElement, XmlText } from 'yjs';
import { readFrame, writeFrame, type CollabFrame } from '../../domain/notes/collab-frame.ts';
import type { As } from './api.ts';

/** A client of /collab that says and hears everything itself: what the browser's does, without its patience. */
export interface NoteClient {
  readonly doc: Doc;
  readonly socket: WebSocket;
  /** Numbers of the pushes that were said to be saved. */
  readonly saved: ReadonlySet<number>;
  readonly refusals: readonly { readonly code: string; readonly message: string }[];
  /** What others say of themselves, by their client's number; null after they left. */
  readonly others: ReadonlyMap<number, { readonly user?: { readonly id: string; readonly name: string } } | null>;
  /** The code with which the server closed; pending while it is open. */
  readonly closed: Promise<number>;
  /** Adds a paragraph and pushes it; answers the push's number. */
  write(words: string): number;
  /** Pushes what the change makes of the document; answers the push's number. */
  change(make: () => void): number;
  push(data: Uint8Array): number;
  say(client: number, state: object | null, clock?: number): void;
  sendBytes(bytes: Uint8Array | string): void;
  words(): readonly string[];
  close(): void;
}

const headersOf = (as: As): Record<string, string> => (as === null ? {} : 'cookie' in as ? { cookie: as.cookie } : { authorization: as.authorization });

/** Resolves once the note's content has come, or the server closed. */
export async function openNote(url: string, note: string, as: As, doc: Doc = new Doc()): Promise<NoteClient> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/collab?note=${note}`, { headers: headersOf(as) });
  socket.binaryType = 'arraybuffer';
  const saved = new Set<number>();
  const refusals: { readonly code: string; readonly message: string }[] = [];
  const others = new Map<number, { readonly user?: { readonly id: string; readonly name: string } } | null>();
  const [opened, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<number>()];
  const remote = Symbol('remote');
  let sequence = 0;
  let clocks = 0;
  const send = (frame: CollabFrame): void => { socket.send(writeFrame(frame)); };
  const client: NoteClient = {
    doc, socket, saved, refusals, others, closed: closed.promise,
    write(words) {
      return client.change(() => {
        const paragraph = new XmlElement('paragraph');
        paragraph.insert(0, [new XmlText(words)]);
        doc.getXmlFragment('default').push([paragraph]);
      });
    },
    change(make) {
      const updates: Uint8Array[] = [];
      const keep = (update: Uint8Array): void => { updates.push(update); };
      doc.on('update', keep);
      doc.transact(make);
      doc.off('update', keep);
      return client.push(mergeUpdates(updates));
    },
    push(data) {
      sequence += 1;
      send({ kind: 'push', sequence, data });
      return sequence;
    },
    say(who, state, clock = (clocks += 1)) {
      const encoder = createEncoder();
      writeVarUint(encoder, 1);
      writeVarUint(encoder, who);
      writeVarUint(encoder, clock);
      writeVarString(encoder, JSON.stringify(state));
      send({ kind: 'awareness', data: toUint8Array(encoder) });
    },
    sendBytes: (bytes) => { socket.send(bytes); },
    words: () => doc.getXmlFragment('default').toArray().map((each) => (each as XmlElement).toArray().map((text) => (text as XmlText).toJSON()).join('')),
    close: () => { socket.close(1000); },
  };
  socket.on('open', () => { send({ kind: 'stateVector', data: encodeStateVector(doc) }); });
  socket.on('error', () => {});
  socket.on('close', (code) => { closed.resolve(code); opened.resolve(); });
  socket.on('message', (data: ArrayBuffer) => {
    const frame = readFrame(new Uint8Array(data));
    if (frame?.kind === 'update') { applyUpdate(doc, frame.data, remote); opened.resolve(); }
    else if (frame?.kind === 'saved') saved.add(frame.sequence);
    else if (frame?.kind === 'refusal') refusals.push(frame);
    else if (frame?.kind === 'awareness') hearOthers(frame.data, others);
  });
  await opened.promise;
  return client;
}

function hearOthers(update: Uint8Array, others: Map<number, { readonly user?: { readonly id: string; readonly name: string } } | null>): void {
  const decoder = createDecoder(update);
  for (let left = readVarUint(decoder); left > 0; left -= 1) {
    const client = readVarUint(decoder);
    readVarUint(decoder);
    others.set(client, JSON.parse(readVarString(decoder)) as never);
  }
}
