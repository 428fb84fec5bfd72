import { badInput } from '../../../domain/refusal.ts';
import type { LiveConsole } from '../../../contracts/messages/live-console.ts';
import type { ConsoleStore, NumberedLine } from '../../../operations/ports/console-store.ts';
import { viewerOf, type Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { SharedEvent } from '../../shared-event.ts';
import { together } from '../../together.ts';
import { builder } from '../builder.ts';
import { ConsoleCutRef, ConsoleLineRef } from './console.ts';

/** What is pushed: lines, and the position after them. */
interface ConsoleNews { readonly lines: readonly NumberedLine[]; readonly cursor: number; readonly runId: string }

const ConsoleNewsRef = builder.objectRef<ConsoleNews>('ConsoleNews').implement({
  fields: (t) => ({
    lines: t.field({ type: [ConsoleLineRef], resolve: ({ lines }) => [...lines] }),
    cursor: t.exposeFloat('cursor', { description: 'Pass as `after` to resume: nothing is missed, nothing repeated.' }),
    cut: t.field({ type: ConsoleCutRef, nullable: true, description: 'Lines that are not kept any more; null while all are.', resolve: async ({ runId }, _, { ports }) => (await ports.console.state(runId)).cut }),
  }),
});

/** Lines read and sent at a time while catching up. */
const PAGE = 500;

/**
 * Follows a console from a line: what is stored first, then what is committed, each line once and in order. Followers who are equally far get the same objects.
 * The right is asked again for every message: the lines themselves travel in it.
 */
const follow = (context: Context, runId: string, after: number): AsyncGenerator<SharedEvent<ConsoleNews>> => leavable(async function* (leaving) {
  const told = (news: ConsoleNews): SharedEvent<ConsoleNews> => SharedEvent.forEverybody(news, (listener) => listener.gate.passReader(viewerOf(listener), runId));
  let cursor = after;
  for await (const message of context.liveConsole.subscribe(runId, leaving)) {
    const { before, lines } = message;
    if (lines !== null && before + lines.length <= cursor) continue;
    if (lines !== null && before <= cursor) {
      const news = heardIn(message, lines, cursor);
      cursor = news.cursor;
      yield told(news);
      continue;
    }
    // Something is missing before this message, or may be: the store has it all.
    for (let more = true; more && !leaving.aborted;) {
      const page = await pageAfter(context.ports.console, runId, cursor);
      if (page.news) {
        cursor = page.news.cursor;
        yield told(page.news);
      }
      more = page.full;
    }
  }
});

const pageAfter = (console: ConsoleStore, runId: string, cursor: number): Promise<{ readonly news: ConsoleNews | null; readonly full: boolean }> => together(console, `${runId} ${cursor}`, async () => {
  const lines = await console.read(runId, cursor + 1, PAGE);
  const last = lines.at(-1);
  return { news: last ? { runId, lines, cursor: last.number } : null, full: lines.length === PAGE };
});

const newsIn = new WeakMap<LiveConsole, ConsoleNews>();

/** All listeners of a process are given one and the same message; most of them have read as far as it begins. */
function heardIn(message: LiveConsole, lines: NonNullable<LiveConsole['lines']>, cursor: number): ConsoleNews {
  const known = cursor === message.before ? newsIn.get(message) : undefined;
  if (known) return known;
  const fresh = lines.slice(cursor - message.before).map((line, at) => ({ ...line, number: cursor + at + 1 }));
  const news = { runId: message.runId, lines: fresh, cursor: cursor + fresh.length };
  if (cursor === message.before) newsIn.set(message, news);
  return news;
}

builder.subscriptionField('consoleWritten', (t) => t.field({
  type: ConsoleNewsRef,
  description: 'Lines of a run as it prints them. Begins behind the line `after`, or with all that is kept when none is given.',
  args: { run: t.arg.id({ required: true }), after: t.arg.float() },
  subscribe: async (_, { run, after }, context) => {
    if (after !== null && after !== undefined && (!Number.isSafeInteger(after) || after < 0)) throw badInput('console/bad-cursor', 'after is the number of a line: the cursor of the last message, or Console.lineCount.');
    await context.gate.passReader(viewerOf(context), run);
    return follow(context, run, after ?? 0);
  },
  resolve: ({ said }) => said,
}));
