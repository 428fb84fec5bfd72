import type { Ports } from '../ports/ports.ts';

/** Remembers that a token was just used, so that its owner can see which ones are dead. */
export const noteTokenUse = ({ store, clock }: Pick<Ports, 'store' | 'clock'>, tokenId: string): Promise<void> =>
  store.transaction((tx) => tx.tokens.touch(tokenId, clock.now()));
