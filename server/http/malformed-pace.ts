/** What a connection may get wrong before it has to wait, over what it gets right: who debugs a client is told at once. Half of it counts, see below. */
const FREE = 40;
const WAITS_MS = [10, 20, 40, 50] as const;
const A_MALFORMED = 2;
const A_TAKEN = 1;
const MOST = FREE + A_MALFORMED * (WAITS_MS.length - 1);

/**
 * Slows down a connection that goes on sending requests we cannot take. Each of them costs little, and without a pause they cost what a client costs that means something.
 * Its next request waits unread, so what it sends next stays with it. A malformed request weighs twice what one that is taken makes good; a short while of good ones clears the account.
 */
export class MalformedPace {
  private readonly accounts = new WeakMap<object, number>();

  /** How long the next request of this connection waits, in milliseconds. */
  waitInMs(connection: object): number {
    const over = (this.accounts.get(connection) ?? 0) - FREE;
    return over < 0 ? 0 : WAITS_MS[Math.floor(over / A_MALFORMED)] ?? 0;
  }

  /** To be called for each answer. What was refused for want of a right or of a thing counts neither way. */
  note(connection: object, answer: 'malformed' | 'taken'): void {
    const account = this.accounts.get(connection) ?? 0;
    if (answer === 'malformed') this.accounts.set(connection, Math.min(MOST, account + A_MALFORMED));
    else if (account > 0) this.accounts.set(connection, account - A_TAKEN);
  }
}
