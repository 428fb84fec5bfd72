/** The values of one statement; every text or number from outside becomes `$n`, never a part of the statement. */
export class SqlValues {
  readonly list: unknown[] = [];

  /** The placeholder of a value. */
  of(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}
