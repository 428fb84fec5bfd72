import { badInput, notFound } from '../../../domain/refusal.ts';
import type { NumberedLine } from '../../../operations/ports/console-store.ts';
import type { Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { builder } from '../builder.ts';
import { runOf } from '../loaders.ts';
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

async function requireVisible(context: Context, id: string): Promise<void> {
  if (!await runOf(context, id)) throw notFound('run/unknown', 'There is no such run, or you may not see it.');
}

/** Lines read and sent at a time while catching up. */
const PAGE = 500;

/** Follows a console from a line: what is stored first, then what is committed, each line once and in order. */
const follow = (context: Context, runId: string, after: number): AsyncGenerator<ConsoleNews> => leavable(async function* (leaving) {
  let cursor = after;
  const { console } = context.ports;
  for await (const { before, lines } of context.liveConsole.subscribe(runId, leaving)) {
    if (lines !== null && before + lines.length <= cursor) continue;
    if (lines !== null && before <= cursor) {
      const fresh = lines.slice(cursor - before).map((line, at) => ({ ...line, number: cursor + at + 1 }));
      cursor += fresh.length;
      yield { runId, lines: fresh, cursor };
      continue;
    }
    // Something is missing before this message, or may be: the store has it all.
    for (let more = true; more && !leaving.aborted;) {
      const page = await console.read(runId, cursor + 1, PAGE);
      const last = page.at(-1);
      if (last) {
        cursor = last.number;
        yield { runId, lines: page, cursor };
      }
      more = page.length === PAGE;
    }
  }
});

builder.subscriptionField('consoleWritten', (t) => t.field({
  type: ConsoleNewsRef,
  description: 'Lines of a run as it prints them. Begins behind the line `after`, or with all that is kept when none is given.',
  args: { run: t.arg.id({ required: true }), after: t.arg.float() },
  subscribe: async (_, { run, after }, context) => {
    if (after !== null && after !== undefined && (!Number.isSafeInteger(after) || after < 0)) throw badInput('console/bad-cursor', 'after is the number of a line: the cursor of the last message, or Console.lineCount.');
    await requireVisible(context, run);
    return follow(context, run, after ?? 0);
  },
  // The right is asked again for every message: the lines themselves travel in it.
  resolve: async (news, { run }, context) => {
    await requireVisible(context, run);
    return news;
  },
}));
