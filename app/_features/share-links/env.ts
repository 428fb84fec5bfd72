/** Where the server that draws this page answers itself. Set by the server once it listens; the default is its default port. */
export const internalUrl = (): string => process.env['LEMMA_INTERNAL_URL'] ?? `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;

/** By which the share door knows that the pages ask. */
export const pagesWord = (): string => process.env['LEMMA_PAGES_WORD'] ?? '';

/** Where others find this installation, as its operator says: what a chat is told. */
export const outerUrl = (): string => process.env['LEMMA_OUTER_URL'] ?? internalUrl();
