import DataLoader from 'dataloader';
import { viewerOf, type Context } from './context.ts';
import { together } from './together.ts';

const loaders = new WeakMap<Context, Map<object, DataLoader<unknown, unknown>>>();

/** Resolves to undefined where the batch had nothing for the key. Cached for the request. */
type Batched<Key, Value> = (context: Context, key: Key) => Promise<Value | undefined>;

/**
 * One query for all rows of a page whose content depends on who asks: `const parentsOf = batched(async (ids, context) => Map(id → parents))`, then `parentsOf(context, id)` in resolvers.
 */
export function batched<Key, Value>(load: (keys: readonly Key[], context: Context) => Promise<ReadonlyMap<Key, Value>>): Batched<Key, Value> {
  return (context, key) => {
    const own = loaders.get(context) ?? new Map<object, DataLoader<unknown, unknown>>();
    loaders.set(context, own);
    const loader = (own.get(load) ?? new DataLoader<Key, Value | undefined>(async (keys) => {
      const found = await load(keys, context);
      return keys.map((each) => found.get(each));
    })) as DataLoader<Key, Value | undefined>;
    own.set(load, loader as DataLoader<unknown, unknown>);
    return loader.load(key);
  };
}

/** Where rows are read from. It knows no viewer: what is loaded with it alone is the same for everybody. */
export type RowSource = Pick<Context, 'reader' | 'ports'>;

/**
 * One query for all rows that everybody who asks in this moment wants: requests and listeners to one event share it, each remembering its own for itself. Whether the viewer may
 * see a row is decided above it, as in schema/loaders.ts. See docs/decisions/0150-rows-are-read-below-the-rights.md.
 */
export function batchedRows<Key, Value>(load: (keys: readonly Key[], source: RowSource) => Promise<ReadonlyMap<Key, Value>>): Batched<Key, Value> {
  const asked = new WeakMap<RowSource['reader'], Set<Key>>();
  return batched((keys, { reader, ports }) => {
    const wanted = asked.get(reader) ?? new Set<Key>();
    asked.set(reader, wanted);
    for (const key of keys) wanted.add(key);
    return together(wanted, '', () => {
      asked.delete(reader);
      return load([...wanted], { reader, ports });
    });
  });
}

/** What is whose: `id` of something, and what it is to a person. */
interface Own<Value> { readonly id: string; readonly personId: string; readonly own: Value }

/**
 * The same for what a thing is to the viewer, such as how much of it they have not read: hundreds may hear of one comment, each with an answer of their own. `load` is given
 * the ids and, at the same places, the people.
 */
export function batchedOwn<Value>(load: (ids: readonly string[], personIds: readonly string[], source: RowSource) => Promise<readonly Own<Value>[]>): Batched<string, Value> {
  const keyOf = (id: string, personId: string): string => `${id} ${personId}`;
  const rows = batchedRows<string, Value>(async (keys, source) => {
    const asked = keys.map((key) => key.split(' ') as [id: string, personId: string]);
    const found = await load(asked.map(([id]) => id), asked.map(([, personId]) => personId), source);
    return new Map(found.map(({ id, personId, own }) => [keyOf(id, personId), own]));
  });
  return (context, id) => rows(context, keyOf(id, viewerOf(context).personId));
}

/** Lets go of what was read so far: a mutation calls it after its operation, so that what is read back, and what the next mutation of the request reads, is as it is now. */
export const forgetBatches = (context: Context): void => { loaders.delete(context); };
