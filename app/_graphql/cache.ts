import { cacheExchange, type Cache, type KeyGenerator } from '@urql/exchange-graphcache';
import introspection from '../../generated/introspection.json' with { type: 'json' };
import { countThreads, countUnread, isKnown, putComment, putThread, RecentChanges, SUBJECTS, type ThreadChange } from './thread-cache.ts';

interface IntrospectedType { readonly kind: string; readonly name: string; readonly fields?: readonly { readonly name: string }[] }

/** Types without an id (connections, abilities, estimates …) live inside the object that holds them. */
function embedded(types: readonly IntrospectedType[]): Record<string, KeyGenerator> {
  const without = types.filter((type) => type.kind === 'OBJECT' && !(type.fields ?? []).some((field) => field.name === 'id'));
  return Object.fromEntries(without.map((type) => [type.name, () => null]));
}

/** Forgets every remembered answer of a field of the query root, whatever its arguments were. */
export function forgetQuery(cache: Cache, fieldName: string): void {
  for (const field of cache.inspectFields('Query')) {
    if (field.fieldName === fieldName) cache.invalidate('Query', field.fieldKey);
  }
}

const forgetField = (cache: Cache, typename: string, id: unknown, fieldName: string): void => {
  if (typeof id !== 'string') return;
  const entity = { __typename: typename, id };
  for (const field of cache.inspectFields(entity)) {
    if (field.fieldName === fieldName) cache.invalidate(entity, field.fieldKey);
  }
};

const forgetting = (...fieldNames: string[]) => (_result: unknown, _args: unknown, cache: Cache): void => {
  for (const name of fieldNames) forgetQuery(cache, name);
};

interface WholeThread { readonly thread: ThreadChange['thread'] & { readonly subject?: { readonly id?: string } | null } }

function newThread(cache: Cache, change: ThreadChange): void {
  putThread(cache, change);
  countThreads(cache, change);
}

/** Puts a review among those that are shown of its experiment; who shows them brings them into order. */
function putReview(cache: Cache, experiment: string, review: string): void {
  const [of, key] = [{ __typename: 'Experiment', id: experiment }, cache.keyOfEntity({ __typename: 'Review', id: review })];
  const shown = cache.resolve(of, 'reviews') as readonly string[] | null | undefined;
  if (key !== null && Array.isArray(shown) && !shown.includes(key)) cache.link(of, 'reviews', [...shown, key] as string[]);
}

function forgetThreads(cache: Cache, subject: unknown): void {
  for (const typename of SUBJECTS) forgetField(cache, typename, subject, 'threads');
}

/** The normalised cache: a state change anywhere redraws every view of the object. */
export const normalisedCache = (recent = new RecentChanges()) => cacheExchange({
  // The file holds the same introspection graphcache asks for; JSON modules only widen its literals.
  schema: introspection as unknown as NonNullable<Parameters<typeof cacheExchange>[0]>['schema'] & object,
  keys: embedded(introspection.__schema.types as readonly IntrospectedType[]),
  updates: {
    Query: {
      node: (_result, args, cache) => recent.putBack(cache, args['id'], Date.now()),
      // One thread that somebody started, read alone.
      thread: (result, _args, cache) => {
        const thread = result['thread'] as WholeThread['thread'] | null;
        if (thread?.subject?.id === undefined) return;
        newThread(cache, { subject: thread.subject.id, thread });
        recent.putBack(cache, thread.subject.id, Date.now());
      },
    },
    Subscription: {
      // One that is new comes without the list it belongs to.
      experimentChanged: (result, _args, cache) => {
        const { experiment, review } = result['experimentChanged'] as { readonly experiment: { readonly id: string }; readonly review?: { readonly id: string } | null };
        if (review) putReview(cache, experiment.id, review.id);
      },
      discussionChanged: (result, args, cache) => {
        const { verb, again, ...told } = result['discussionChanged'] as Omit<ThreadChange, 'subject'> & { readonly verb: string; readonly again: boolean };
        const change = { ...told, subject: args['subject'] as string };
        recent.keep(change, Date.now());
        putComment(cache, change);
        if (isKnown(cache, change.thread.id)) putThread(cache, change);
        countThreads(cache, change);
        // What was said before one listened is in the answer that counts what is new.
        if (!again && (verb === 'started' || verb === 'replied') && (change.thread.unread?.count ?? 0) > 0) countUnread(cache, change.subject);
      },
    },
    Mutation: {
      createProject: forgetting('projects'),
      updateProject: forgetting('projects'),
      addMember: forgetting('project', 'projects'),
      removeMember: forgetting('project', 'projects'),
      invitePerson: forgetting('viewer'),
      createToken: forgetting('viewer'),
      proposeHypothesis: forgetting('project', 'search'),
      createExperiment: forgetting('project', 'hypothesis', 'search'),
      setHypothesis: forgetting('hypothesis', 'project'),
      moveExperiment: forgetting('project'),
      moveRun: forgetting('experiment'),
      startDemo: forgetting('projects'),
      startThread: (result, args, cache) => {
        const { thread } = (result['startThread'] ?? {}) as Partial<WholeThread>;
        if (thread?.subject?.id !== undefined) newThread(cache, { subject: thread.subject.id, thread });
        else forgetThreads(cache, (args['input'] as { subject?: unknown } | undefined)?.subject);
      },
      reply: (result, _args, cache) => {
        const { thread, comment } = result['reply'] as Pick<ThreadChange, 'thread' | 'comment'>;
        if (comment != null) putComment(cache, { subject: '', thread, comment });
      },
      saveView: forgetting('project'),
      deleteView: forgetting('project'),
      createShareLink: (_result, args, cache) => {
        forgetField(cache, 'Experiment', (args['input'] as { subject?: unknown } | undefined)?.subject, 'shareLinks');
      },
    },
  },
});
