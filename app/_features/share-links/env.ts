/** Where the server that draws this page answers itself. Set by the server once it listens; the default is its default port. */
export const internalUrl = (): string => process.env['LEMMA_INTERNAL_URL'] ?? `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;
