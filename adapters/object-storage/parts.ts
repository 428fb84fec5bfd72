/** Content cut anew: every part has exactly so many bytes, but for the last. */
export async function* inParts(content: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of content) {
    for (let rest = piece; rest.byteLength > 0; ) {
      const taken = rest.subarray(0, bytes - size);
      held.push(taken);
      size += taken.byteLength;
      rest = rest.subarray(taken.byteLength);
      if (size < bytes) continue;
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}
