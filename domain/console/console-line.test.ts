import { expect, test } from 'vitest';
import { keptText, overwritten, type ConsoleLine } from './console-line.ts';

type Printed = Pick<ConsoleLine, 'stream' | 'source' | 'text'>;
const line = (text: string, more: Partial<Printed> = {}): Printed => ({ stream: 'stderr', source: '', text: keptText(text), ...more });
const printed = (...texts: readonly string[]): Printed[] => texts.map((text) => line(text));
/** What is left to see. */
const seen = (lines: readonly Printed[]): string[] => lines.map(({ text }) => text).filter((_, at) => !overwritten(lines).includes(at));

test('of states that end in carriage returns the newest is left', () => {
  expect(seen(printed('start\n', '\r', ' 0%\r', ' 50%\r'))).toEqual(['start', ' 50%\r']);
  expect(seen(printed('start\n', '\r', ' 0%\r', ' 50%\r', '100%\n', 'end\n'))).toEqual(['start', '100%', 'end']);
});

test('what prints nothing over a state leaves it: a line break behind it, a return that nothing follows yet', () => {
  expect(seen(printed('50%\r', '\r', '\u001B[K\r'))).toEqual(['50%\r']);
  expect(seen(printed('100%\r', '\n', 'end\n'))).toEqual(['100%\r', 'end']);
});

test('a line break of Windows is one, and an empty line is a line', () => {
  expect(seen(printed('one\r\n', 'two\r\n', '\n', 'three'))).toEqual(['one', 'two', '', 'three']);
});

test('each stream of each source has a bar of its own', () => {
  expect(seen([line('a 1%\r'), line('loss 0.3', { stream: 'stdout' }), line('b 1%\r', { source: 'rank 1' }), line('a 2%\r')])).toEqual(['loss 0.3', 'b 1%\r', 'a 2%\r']);
});
