import DataLoader from 'dataloader';
import type { Context } from './context.ts';

const loaders = new WeakMap<Context, Map<object, DataLoader<unknown, unknown>>>();

/**
 * One query for all rows of a page: `const projectOf = batched(async (ids, context) => Map(id → project))`, then `projectOf(context, id)` in resolvers.
 * Resolves to undefined where the batch had nothing for the key. Cached for the request.
 */
export function batched<Key, Value>(load: (keys: readonly Key[], context: Context) => Promise<ReadonlyMap<Key, Value>>): (context: Context, key: Key) => Promise<Value | undefined> {
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

/** Lets go of what was read so far: a mutation calls it after its operation, so that what is read back, and what the next mutation of the request reads, is as it is now. */
export const forgetBatches = (context: Context): void => { loaders.delete(context); };
