import { expect, test } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, UndoManager } from 'yjs';
import { MOST_UPDATE_BYTES } from '../../domain/notes/collab-frame.ts';
import { UnsavedEdits } from './unsaved-edits.ts';

const ELSEWHERE = Symbol('elsewhere');
const wholeTurn = () => new Promise((resolve) => { setTimeout(resolve, 0); });

function client() {
  const doc = new Doc();
  const told = { changed: 0, takenBack: 0 };
  const edits = new UnsavedEdits(doc, ELSEWHERE, { changed: () => { told.changed += 1; }, takenBack: () => { told.takenBack += 1; } });
  const text = doc.getText('t');
  /** Sends everything to the server's document, as the connection does. */
  const sendAll = (server: Doc): number => {
    let largest = 0;
    for (let push = edits.next(); push; push = edits.next()) {
      largest = Math.max(largest, push.data.length);
      applyUpdate(server, push.data);
      edits.acknowledge(push.sequence);
    }
    return largest;
  };
  return { doc, edits, text, told, sendAll };
}

test('edits go one push at a time, those that wait go together, and all are saved when the last is acknowledged', () => {
  const { edits, text } = client();
  text.insert(0, 'a');
  expect(edits.next()?.sequence).toBe(1);
  text.insert(1, 'b');
  text.insert(2, 'c');
  expect(edits.next()).toBeNull();
  edits.acknowledge(1);
  expect(edits.empty).toBe(false);
  const second = edits.next();
  expect(second?.sequence).toBe(2);
  edits.acknowledge(1);
  expect(edits.empty).toBe(false);
  edits.acknowledge(2);
  expect(edits.empty).toBe(true);
});

test('what was under way when the connection went is sent again, and what was kept in the browser comes through too', () => {
  const first = client();
  first.text.insert(0, 'kept');
  const kept = first.edits.all();
  const second = client();
  if (kept) second.edits.add(kept);
  second.text.insert(4, ' and new');
  second.edits.next();
  second.edits.sendAgain();
  const server = new Doc();
  second.sendAll(server);
  expect(server.getText('t').toJSON()).toBe('kept and new');
});

test('a paste of 50 MB is taken back, and what is written before and after it arrives', async () => {
  const { doc, edits, text, told, sendAll } = client();
  const editorsUndo = new UndoManager(text);
  const server = new Doc();
  text.insert(0, 'before');
  sendAll(server);
  text.insert(3, 'x'.repeat(50_000_000));
  text.insert(0, 'meanwhile ');
  await wholeTurn();
  expect(told.takenBack).toBe(1);
  text.insert(text.length, ' after');
  expect(sendAll(server)).toBeLessThan(MOST_UPDATE_BYTES / 100);
  expect(edits.empty).toBe(true);
  expect(text.toJSON()).toBe('meanwhile before after');
  expect(server.getText('t').toJSON()).toBe('meanwhile before after');
  expect(encodeStateVector(server)).toEqual(encodeStateVector(doc));
  editorsUndo.destroy();
});

test('what the server lost, a reader brings back; a server that lacks nothing is sent nothing', () => {
  const { doc, edits, text } = client();
  const other = new Doc();
  other.getText('t').insert(0, 'restored from an old backup');
  applyUpdate(doc, encodeStateAsUpdate(other), ELSEWHERE);
  edits.serverHas(encodeStateVector(other));
  expect(edits.empty).toBe(true);
  edits.serverHas(encodeStateVector(new Doc()));
  const server = new Doc();
  const push = edits.next();
  if (push) applyUpdate(server, push.data);
  expect(server.getText('t').toJSON()).toBe(text.toJSON());
});
