import WebSocket from 'ws';
import { applyUpdate, Doc, encodeStateVector, XmlElement, XmlText } from 'yjs';
import { readFrame, writeFrame } from '../../domain/notes/collab-frame.ts';
import { ask } from './ask.ts';

/** An empty note about the sandbox. */
export async function newNote(url: string): Promise<string> {
  const { project } = await ask<{ project: { id: string } }>(url, '{ project(slug: "sandbox") { id } }');
  const { createNote } = await ask<{ createNote: { note: { id: string } } }>(url, 'mutation($subject: ID!) { createNote(input: { subject: $subject, title: "bench" }) { note { id } } }', { subject: project.id });
  return createNote.note.id;
}

/** One person: keeps the document, writes words that say when they were written, and tells how long those of others took. */
export async function noteWriter(url: string, note: string, arrived: (delayMs: number) => void) {
  const doc = new Doc();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/collab?note=${note}`);
  socket.binaryType = 'arraybuffer';
  const sent = new Map<number, number>();
  const saves: number[] = [];
  const opened = Promise.withResolvers<void>();
  let synced = false;
  socket.on('open', () => { socket.send(writeFrame({ kind: 'stateVector', data: encodeStateVector(doc) })); });
  socket.on('error', (error) => { opened.reject(error); });
  socket.on('message', (data: ArrayBuffer) => {
    const frame = readFrame(new Uint8Array(data));
    if (frame?.kind === 'saved') saves.push(performance.now() - (sent.get(frame.sequence) ?? Number.NaN));
    if (frame?.kind !== 'update') return;
    const length = doc.getXmlFragment('default').length;
    applyUpdate(doc, frame.data, 'remote');
    if (synced) for (const each of doc.getXmlFragment('default').toArray().slice(length)) arrived(performance.now() - Number((each as XmlElement).getAttribute('at')));
    synced = true;
    opened.resolve();
  });
  await opened.promise;
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'remote') return;
    sent.set(sent.size + 1, performance.now());
    socket.send(writeFrame({ kind: 'push', sequence: sent.size, data: update }));
  });
  return {
    saves,
    /** Whether everything it wrote is in a commit of the server. */
    saved: () => saves.length === sent.size,
    write: (paragraphs: readonly string[] = ['a few words']) => doc.transact(() => {
      doc.getXmlFragment('default').push(paragraphs.map((words) => {
        const paragraph = new XmlElement('paragraph');
        paragraph.setAttribute('at', String(performance.now()));
        paragraph.insert(0, [new XmlText(words)]);
        return paragraph;
      }));
    }),
    close: () => { socket.close(); },
  };
}
