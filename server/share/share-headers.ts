import type { ServerResponse } from 'node:http';

/** A share page's address is its key: it is told to nobody, kept by no cache and found by no search engine. */
export function guardHeaders(response: ServerResponse): void {
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-robots-tag', 'noindex, nofollow');
  response.setHeader('cache-control', 'no-store');
}
