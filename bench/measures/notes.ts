import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { applyUpdate, Doc, encodeStateVector, XmlElement, XmlText } from 'yjs';
import { readFrame, writeFrame } from '../../domain/notes/collab-frame.ts';
import type { Bench } from '../bench.ts';
import { ms, quantile } from '../units.ts';

const PEOPLE = 50;

export const notes: Bench = {
  name: 'notes', answers: [], needs: [], seconds: { quick: 10, full: 20 },
  async measure(lab) {
    const { url } = await lab.lemma();
    const note = await newNote(url);
    const first = await writer(url, note, () => {});
    await pause(500);
    const before = await residentBytes(url);
    const arrivals: number[] = [];
    const writers = [first, ...await Promise.all(Array.from({ length: PEOPLE - 1 }, () => writer(url, note, (delayMs) => { arrivals.push(delayMs); })))];
    await pause(1000);
    const after = await residentBytes(url);
    const until = performance.now() + (lab.quick ? 4_000 : 15_000);
    // Each writes a word a second, none at the same moment as the next.
    await Promise.all(writers.map(async ({ write }, at) => {
      await pause((at * 1000) / PEOPLE);
      while (performance.now() < until) { write(); await pause(1000); }
    }));
    await pause(1000);
    const saves = writers.flatMap(({ saves: own }) => own);
    for (const { close } of writers) close();
    return [
      { name: `an edit to everybody else in one note, ${PEOPLE} people, p95`, measured: ms(quantile(arrivals, 0.95)), limit: '300 ms', kept: quantile(arrivals, 0.95) <= 300, note: `p50 ${ms(quantile(arrivals, 0.5))}, ${arrivals.length} arrivals; all on the same cores` },
      { name: `an edit to "saved" in one note, ${PEOPLE} people, p95`, measured: ms(quantile(saves, 0.95)) },
      { name: 'memory of the server per person in a note', measured: `${Math.max(0, Math.round((after - before) / (PEOPLE - 1) / 1024))} KB` },
    ];
  },
};

async function newNote(url: string): Promise<string> {
  const ask = async <Data>(query: string, variables: object): Promise<Data> => {
    const answer = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
    const { data, errors } = await answer.json() as { data?: Data; errors?: unknown };
    if (!data) throw new Error(`no note to measure: ${JSON.stringify(errors)}`);
    return data;
  };
  const { project } = await ask<{ project: { id: string } }>('{ project(slug: "sandbox") { id } }', {});
  const { createNote } = await ask<{ createNote: { note: { id: string } } }>('mutation($subject: ID!) { createNote(input: { subject: $subject, title: "bench" }) { note { id } } }', { subject: project.id });
  return createNote.note.id;
}

/** One person: keeps the document, writes words that say when they were written, and tells how long those of others took. */
async function writer(url: string, note: string, arrived: (delayMs: number) => void) {
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
    write: () => doc.transact(() => {
      const paragraph = new XmlElement('paragraph');
      paragraph.setAttribute('at', String(performance.now()));
      paragraph.insert(0, [new XmlText('a few words')]);
      doc.getXmlFragment('default').push([paragraph]);
    }),
    close: () => { socket.close(); },
  };
}

async function residentBytes(url: string): Promise<number> {
  const told = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(told)?.[1]);
}
