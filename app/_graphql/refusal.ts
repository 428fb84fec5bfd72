import type { CombinedError } from 'urql';

/** What went wrong with a request, in words for the person who made it. */
export interface Failure {
  /** UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, CONFLICT, RATE_LIMITED, TEMPORARILY_UNAVAILABLE, OFFLINE or INTERNAL */
  readonly code: string;
  /** The domain's own code ("review/own-work"); null where there is none. */
  readonly reason: string | null;
  readonly message: string;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function statusOf(error: CombinedError): number | null {
  const response = error.response as { readonly status?: unknown } | undefined;
  return typeof response?.status === 'number' ? response.status : null;
}

/** The server speaks to programs; a person is told what it means for them. */
const AWAY = 'Lemma cannot reach or write its database right now. That passes by itself: try again in a moment. Nothing you typed is lost.';

/** Reads the first refusal out of an answer; null when nothing failed. */
export function failureOf(error: CombinedError | null | undefined): Failure | null {
  if (!error) return null;
  const first = error.graphQLErrors[0];
  if (first) {
    const code = text(first.extensions['code']) ?? 'INTERNAL';
    return { code, reason: text(first.extensions['reason']), message: code === 'TEMPORARILY_UNAVAILABLE' ? AWAY : first.message };
  }
  // A credential that is no longer valid is refused before GraphQL reads the request.
  if (statusOf(error) === 401) return { code: 'UNAUTHENTICATED', reason: null, message: 'You are no longer signed in.' };
  return { code: 'OFFLINE', reason: null, message: 'The server did not answer. Nothing you typed is lost; try again.' };
}

/** What the message says beyond its title, which often is its first sentence. */
export const beyondTitle = (title: string, message: string): string => (message.startsWith(title) ? message.slice(title.length).trim() : message);
