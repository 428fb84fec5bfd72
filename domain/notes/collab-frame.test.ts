import { expect, test } from 'vitest';
import { readFrame, writeFrame, type CollabFrame } from './collab-frame.ts';

const data = Uint8Array.of(1, 2, 3);

test.each<CollabFrame>([
  { kind: 'stateVector', data }, { kind: 'update', data }, { kind: 'awareness', data },
  ...[0, 1, 127, 128, 16_384, 2 ** 31, Number.MAX_SAFE_INTEGER].map((sequence): CollabFrame => ({ kind: 'push', sequence, data })),
  { kind: 'saved', sequence: 300 }, { kind: 'refusal', code: 'note/x', message: 'ü' },
])('a frame is read as it was written: %j', (frame) => { expect(readFrame(writeFrame(frame))).toEqual(frame); });

test.each<[string, readonly number[]]>([
  ['nothing', []], ['an unknown kind', [9, 1]], ['a push without a number', [2]], ['a number that never ends', [2, ...Array.from({ length: 20 }, () => 255)]],
  ['a number past what can be counted', [3, 255, 255, 255, 255, 255, 255, 255, 127]], ['more than was said', [3, 1, 1]], ['a refusal that is no JSON', [5, 123]],
])('%s is not a frame', (_, bytes) => { expect(readFrame(Uint8Array.from(bytes))).toBeNull(); });
