/**
 * Whose session a connection that stays open presents, believed for a while: asking for each event of each subscriber would be most of what an event costs. Only that the
 * session holds is believed; what its person may do is never remembered.
 */
export class KnownSession {
  private readonly believedMs: number;
  private personId: string | null = null;
  private until = 0;
  constructor(believedMs: number) {
    this.believedMs = believedMs;
  }

  /** Null when it has to be asked. */
  personAt(nowMs: number): string | null {
    return nowMs < this.until ? this.personId : null;
  }

  learn(personId: string, nowMs: number): void {
    this.personId = personId;
    this.until = nowMs + this.believedMs;
  }

  /** True also while nobody is known yet. */
  mayBeOf(personId: string): boolean {
    return this.personId === null || this.personId === personId;
  }

  forget(): void {
    this.until = 0;
  }
}
