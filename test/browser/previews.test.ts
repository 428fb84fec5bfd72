import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let desk: Desk;
let files: string;
const RUN = 'a5'.repeat(16);

/** A tenth of a second of a tone, as 8-bit PCM. */
function tone(): Uint8Array {
  const rate = 8_000;
  const samples = rate / 10;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const word = (at: number, text: string): void => { for (let place = 0; place < text.length; place += 1) view.setUint8(at + place, text.charCodeAt(place)); };
  word(0, 'RIFF'); view.setUint32(4, 36 + samples, true); word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true); view.setUint32(24, rate, true); view.setUint32(28, rate, true); view.setUint16(32, 1, true); view.setUint16(34, 8, true);
  word(36, 'data'); view.setUint32(40, samples, true);
  for (let at = 0; at < samples; at += 1) view.setUint8(44 + at, 128 + Math.round(100 * Math.sin(at / 3)));
  return new Uint8Array(view.buffer);
}

const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const HTML = '<table id="inside"><tr><td>7</td></tr></table><script>parent.document.title = "taken"</script>';
const notebook = (data: Readonly<Record<string, string>>): string => JSON.stringify({
  nbformat: 4, nbformat_minor: 5, metadata: { language_info: { name: 'python' } },
  cells: [
    { cell_type: 'markdown', source: ['# Digits\n', '\n', 'What the *first* layer sees.'] },
    { cell_type: 'code', execution_count: 1, source: ['import pandas as pd\n', 'frame.head()'], outputs: [{ output_type: 'stream', name: 'stdout', text: ['1797 digits\n'] }, { output_type: 'execute_result', data }] },
    { cell_type: 'code', execution_count: 2, source: 'plot()', outputs: [{ output_type: 'display_data', data: { 'image/png': DOT } }] },
    { cell_type: 'code', execution_count: null, source: 'raise ValueError("no")', outputs: [{ output_type: 'error', ename: 'ValueError', evalue: 'no', traceback: ['\u001B[0;31mValueError\u001B[0m: no'] }] },
  ],
});

async function put(name: string, body: Uint8Array | string): Promise<void> {
  const response = await fetch(`${files}/${name}`, { method: 'PUT', body: typeof body === 'string' ? body : new Uint8Array(body) });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
}
const table = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(`../support/tables/${name}`, import.meta.url)));

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  const begun = await fetch(`${stack.url}/api/v1/runs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id: RUN, project: 'sandbox', hypothesis: 'Files are seen', startedAt: '2026-11-30T06:00:00Z', name: 'with files', params: {} }) });
  files = `${stack.url}${new URL((await begun.json() as { artifacts: string }).artifacts).pathname}`;
  const parquet = await table('zstd.parquet');
  for (const name of ['snappy.parquet', 'zstd.parquet', 'brotli.parquet', 'lz4.feather', 'plain.arrows']) await put(name, await table(name));
  await put('cut.parquet', parquet.slice(0, 5_000));
  await put('explore.ipynb', notebook({ 'text/plain': 'frame', 'text/html': HTML }));
  await put('plain.ipynb', notebook({ 'text/plain': 'frame' }));
  await put('broken.ipynb', '{"nbformat": 4, "cells": [');
  await put('tone.wav', tone());
  desk = await browser.newDesk(stack.url);
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

async function open(path: string): Promise<void> {
  await desk.page.goto(`/r/${RUN}?tab=artifacts&file=${encodeURIComponent(path)}`);
}

/** Nothing to complain of at any width; pictures of it, in both themes, where somebody asks for them. `isJudged` is false where a frame runs no scripts: the judge waits for an answer from inside it for ever. */
async function looksRight(picture: string, isJudged = true): Promise<void> {
  const { page } = desk;
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(isJudged ? await axe(page) : [], `${picture} at ${width}`).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${picture} at ${width}`).toBe(true);
    for (const colorScheme of ['dark', 'light'] as const) {
      if (process.env['LEMMA_PICTURES'] === undefined) continue;
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${process.env['LEMMA_PICTURES']}/${picture}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test.each(['snappy.parquet', 'zstd.parquet', 'brotli.parquet', 'lz4.feather', 'plain.arrows'])('%s is a table with its types, and says how many rows there are', async (name) => {
  const { page } = desk;
  await open(name);
  await expectSeen(page.getByText('The first 200 of 1,000 rows, 7 columns.'));
  const shown = page.getByRole('region', { name: `Table ${name}` });
  expect(await shown.getByRole('columnheader').first().innerText()).toMatch(/^id\s+int64$/);
  expect(await shown.getByRole('row').nth(1).getByRole('cell').allInnerTexts()).toEqual(['0', 'cat', expect.stringMatching(/^0(\.0)?$/), '2026-11-30T06:00:00.000Z', '1.25', '[0,0.5]', '{"x":0,"ok":true}']);
  if (name === 'zstd.parquet') await looksRight('parquet');
});

test('a damaged table says so in a sentence', async () => {
  await open('cut.parquet');
  await expectSeen(desk.page.getByText(/^It is damaged, or no Parquet file: /));
  expect(await axe(desk.page)).toEqual([]);
});

test('a notebook is its cells: Markdown, code, what it printed, pictures; what it holds as HTML runs nothing', async () => {
  const { page } = desk;
  await open('explore.ipynb');
  const shown = page.getByRole('region', { name: 'Notebook explore.ipynb' });
  await expectSeen(shown.getByRole('heading', { name: 'Digits' }));
  await expectSeen(shown.getByText('1797 digits'));
  await expectSeen(shown.getByText('ValueError: no'));
  expect(await shown.getByRole('img', { name: 'Output 1 of cell 3' }).evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBe(1);
  const frame = shown.locator('iframe');
  expect(await frame.getAttribute('sandbox')).toBe('');
  await expectSeen(frame.contentFrame().getByRole('cell', { name: '7' }));
  expect(await page.locator('#inside').count()).toBe(0);
  expect(await page.title()).not.toBe('taken');
  // The browser itself says that it ran no script there, and that is all it says.
  expect(desk.complaints.filter((line) => !line.includes('sandboxed'))).toEqual([]);
  await looksRight('notebook', false);
  await page.getByRole('button', { name: 'Lines' }).click();
  await expectSeen(page.getByText('nbformat').first());

  await open('plain.ipynb');
  await expectSeen(page.getByText('frame', { exact: true }));
  await looksRight('notebook-plain');
});

test('a broken notebook is shown as the text it is', async () => {
  await open('broken.ipynb');
  await expectSeen(desk.page.getByText('"cells"').first());
});

test('sound plays where it lies, and may be asked for in parts', async () => {
  const { page } = desk;
  await open('tone.wav');
  const player = page.locator('audio');
  await expectSeen(player);
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration), PATIENTLY).toBeCloseTo(0.1);
  await looksRight('audio');
  const part = await fetch(`${files}/tone.wav`, { headers: { range: 'bytes=0-3' } });
  expect([part.status, part.headers.get('content-type'), part.headers.get('content-range'), part.headers.get('x-content-type-options'), await part.text()]).toEqual([206, expect.stringMatching(/^audio\/(?:x-)?wav$/), 'bytes 0-3/844', 'nosniff', 'RIFF']);
  const another = await fetch(`${files}/tone.wav`, { headers: { range: 'bytes=0-3', 'if-range': '"an older one"' } });
  expect([another.status, (await another.arrayBuffer()).byteLength]).toEqual([200, 844]);
});

test('a film plays where it lies', async () => {
  const { page } = desk;
  const recorded = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    const paint = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
    const pieces: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => { pieces.push(data); });
    recorder.start();
    for (let frame = 0; frame < 6; frame += 1) {
      paint?.fillRect(frame * 10, 0, 10, 10);
      await new Promise((resolve) => { setTimeout(resolve, 60); });
    }
    await new Promise((resolve) => { recorder.addEventListener('stop', resolve); recorder.stop(); });
    return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
  });
  await put('film.webm', new Uint8Array(recorded));
  await open('film.webm');
  const player = page.locator('video');
  await expectSeen(player);
  await expect.poll(() => player.evaluate((video: HTMLVideoElement) => video.videoWidth), PATIENTLY).toBe(300);
  expect(await axe(page)).toEqual([]);
});
