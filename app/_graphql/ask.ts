'use client';

import { CombinedError, type TypedDocumentNode } from 'urql';
import { plainBody } from './early-answers.tsx';
import { watchedFetch } from './under-way.ts';

export interface Asked<Data> { readonly data: Data | null; readonly error: CombinedError | null }

/**
 * One question past the cache, for lists of which a reader sees a small part at a time: the cache would keep every row that was ever scrolled by.
 * Rejects only with the signal's own AbortError.
 */
export async function ask<Data, Variables extends object>(document: TypedDocumentNode<Data, Variables>, variables: Variables, signal: AbortSignal): Promise<Asked<Data>> {
  try {
    const response = await watchedFetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: plainBody(document, variables), signal });
    const answer = JSON.parse(await response.text()) as { data?: Data | null; errors?: ConstructorParameters<typeof CombinedError>[0]['graphQLErrors'] };
    return { data: answer.data ?? null, error: answer.errors || !response.ok ? new CombinedError({ graphQLErrors: answer.errors ?? [], response }) : null };
  } catch (problem) {
    if (signal.aborted) throw problem;
    return { data: null, error: new CombinedError({ networkError: problem instanceof Error ? problem : new Error('no answer') }) };
  }
}
