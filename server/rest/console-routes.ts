import type { z } from 'zod';
import type { consolePage } from '../../contracts/rest/console.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { plainText } from '../../domain/console/console-line.ts';
import { badInput } from '../../domain/refusal.ts';
import type { ConsoleStore, NumberedLine } from '../../operations/ports/console-store.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import { feedsOf, writeLines, type GivenLine } from '../ingest/write-lines.ts';
import type { RunGate } from '../run-gate.ts';

interface ConsoleCall { readonly viewer: Viewer; readonly name: string }
interface Asked { readonly from?: number | undefined; readonly last?: number | undefined; readonly first: number; readonly search?: string | undefined }

const LINES_A_PIECE = 2_000;
const LINES_A_LOOK = 200;

/** The handlers of /api/v1/runs/{id}/logs. */
export function consoleRoutes(ports: Pick<Ports, 'console' | 'clock'>, gate: RunGate) {
  const { console } = ports;
  return {
    async writeConsole({ viewer, name, entries }: ConsoleCall & { readonly entries: readonly GivenLine[] }) {
      await gate.passActive(viewer, name, 'run.log');
      const { added, state } = await writeLines(ports, name, entries);
      return { added, lineCount: state.lineCount, cut: state.cut, acknowledged: await feedsOf(ports, name, new Set(entries.map(({ source }) => source))) };
    },
    async readConsole({ viewer, name, query }: ConsoleCall & { readonly query: Asked }): Promise<z.input<typeof consolePage>> {
      await gate.pass(viewer, name, 'project.read');
      const { lineCount, cut } = await console.state(name);
      const lines = await linesAsked(console, name, query, lineCount);
      const last = lines.at(-1);
      return { lines: lines.map(answered), lineCount, cut, next: last && query.search === undefined && last.number < lineCount ? last.number + 1 : null };
    },
    async downloadConsole({ viewer, name }: ConsoleCall): Promise<AsyncIterable<string>> {
      await gate.pass(viewer, name, 'project.read');
      return asText(console, name);
    },
  };
}

async function linesAsked(console: ConsoleStore, runId: string, { from, last, first, search }: Asked, lineCount: number): Promise<readonly NumberedLine[]> {
  if ([from, last, search].filter((each) => each !== undefined).length > 1) throw badInput('console/one-question', 'Give one of from, last and search.');
  if (search === undefined) return console.read(runId, last === undefined ? from ?? 1 : Math.max(1, lineCount - last + 1), last ?? first);
  const { numbers } = await console.search(runId, { text: search, most: first });
  return linesAt(console, runId, numbers);
}

/** Lines by their numbers, which go up; those that stand near each other are read together. */
async function linesAt(console: ConsoleStore, runId: string, numbers: readonly number[]): Promise<readonly NumberedLine[]> {
  const found = new Map<number, NumberedLine>();
  let read = 0;
  for (const number of numbers) {
    if (number <= read) continue;
    const lines = await console.read(runId, number, LINES_A_LOOK);
    for (const line of lines) found.set(line.number, line);
    read = lines.at(-1)?.number ?? number;
  }
  return numbers.flatMap((number) => found.get(number) ?? []);
}

const answered = ({ time, ...line }: NumberedLine) => ({ ...line, time: new Date(time).toISOString() });

async function* asText(console: ConsoleStore, runId: string): AsyncGenerator<string> {
  let next = 1;
  for (;;) {
    const lines = await console.read(runId, next, LINES_A_PIECE);
    const [first] = lines;
    if (!first) return;
    const missing = first.number - next;
    yield `${missing > 0 ? `[${missing} lines are not kept]\n` : ''}${lines.map(({ text }) => `${plainText(text)}\n`).join('')}`;
    next = (lines.at(-1)?.number ?? next) + 1;
  }
}
