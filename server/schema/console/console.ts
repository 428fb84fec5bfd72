import { CONSOLE_STREAMS } from '../../../domain/console/console-line.ts';
import { badInput } from '../../../domain/refusal.ts';
import type { ConsoleCut, ConsoleFound, ConsoleState, NumberedLine } from '../../../operations/ports/console-store.ts';
import { builder } from '../builder.ts';
import { RunRef } from '../types.ts';

/** Lines answered at a time. */
const MOST_LINES = 2_000;
const MOST_FOUND = 10_000;
const LONGEST_SEARCH = 1_000;

export interface Console { readonly runId: string; readonly state: ConsoleState }

const ConsoleStreamEnum = builder.enumType('ConsoleStream', { values: { STDOUT: { value: CONSOLE_STREAMS[0] }, STDERR: { value: CONSOLE_STREAMS[1] } } as const });

export const ConsoleLineRef = builder.objectRef<NumberedLine>('ConsoleLine').implement({
  description: 'A line that a run printed.',
  fields: (t) => ({
    number: t.exposeFloat('number', { description: 'Its place in the console, from 1.' }),
    stream: t.expose('stream', { type: ConsoleStreamEnum }),
    source: t.exposeString('source', { description: 'Which process of the run printed it; empty where there is one.' }),
    time: t.exposeFloat('time', { description: "Epoch milliseconds, by the source's clock." }),
    text: t.exposeString('text', { description: 'As it was printed: ANSI colours and carriage returns may stand in it.' }),
  }),
});

export const ConsoleCutRef = builder.objectRef<ConsoleCut>('ConsoleCut').implement({
  description: 'Lines in the middle of a long console that are not kept any more, both ends included.',
  fields: (t) => ({ from: t.exposeFloat('from'), to: t.exposeFloat('to') }),
});

const ConsoleFoundRef = builder.objectRef<ConsoleFound>('ConsoleFound').implement({
  fields: (t) => ({
    numbers: t.floatList({ description: 'Of the lines that hold the text, in order.', complexity: 0, resolve: ({ numbers }) => [...numbers] }),
    complete: t.exposeBoolean('complete', { description: 'False when there are more than were asked for.' }),
  }),
});

function between(name: string, value: number, [least, most]: readonly [number, number]): number {
  if (!Number.isSafeInteger(value) || value < least || value > most) throw badInput('console/range', `${name} is ${value}; it may be ${least} to ${most}.`);
  return value;
}

export const ConsoleRef = builder.objectRef<Console>('Console').implement({
  description: 'What a run printed.',
  fields: (t) => ({
    lineCount: t.float({ description: 'Lines that ever arrived: the number of the last one, and the cursor to follow consoleWritten from.', resolve: ({ state }) => state.lineCount }),
    bytes: t.float({ description: 'Of the text that is kept.', resolve: ({ state }) => state.bytes }),
    cut: t.field({ type: ConsoleCutRef, nullable: true, description: 'Null while every line is kept.', resolve: ({ state }) => state.cut }),
    lines: t.field({
      type: [ConsoleLineRef],
      description: 'Kept lines with numbers from `from` on, at most `first` (2000); with `last` the last so many instead.',
      args: { from: t.arg.float({ defaultValue: 1 }), first: t.arg.int({ defaultValue: 500 }), last: t.arg.int() },
      complexity: ({ first, last }) => ({ field: 5, multiplier: Math.ceil((last ?? first ?? 500) / 50) }),
      resolve: async ({ runId, state }, { from, first, last }, { ports }) => {
        const most = between('first', last ?? first ?? 500, [1, MOST_LINES]);
        const start = last === null || last === undefined ? between('from', from ?? 1, [1, Number.MAX_SAFE_INTEGER]) : Math.max(1, state.lineCount - most + 1);
        return [...await ports.console.read(runId, start, most)];
      },
    }),
    search: t.field({
      type: ConsoleFoundRef,
      description: 'Which lines hold a text, whatever the case, at most `first` (10000).',
      args: { text: t.arg.string({ required: true }), first: t.arg.int({ defaultValue: 1_000 }) },
      complexity: { field: 500, multiplier: 1 },
      resolve: ({ runId }, { text, first }, { ports }) => {
        if (text === '' || text.length > LONGEST_SEARCH) throw badInput('console/search', `What is looked for has 1 to ${LONGEST_SEARCH} characters.`);
        return ports.console.search(runId, { text, most: between('first', first ?? 1_000, [1, MOST_FOUND]) });
      },
    }),
  }),
});

builder.objectField(RunRef, 'console', (t) => t.field({
  type: ConsoleRef,
  description: 'What the run printed, as far as its client sent it to POST /api/v1/runs/{id}/logs.',
  resolve: async ({ id }, _, { ports }) => ({ runId: id, state: await ports.console.state(id) }),
}));
