/** Who looks at what at this moment. Kept nowhere: it is said again every few seconds, and forgotten when nobody says it. */
export interface Presence {
  /**
   * Counts the person as present at a place until `signal` aborts, and tells everybody who is there, at once and whenever that changes.
   * A person with several pages open is one.
   */
  join(place: string, personId: string, signal: AbortSignal): AsyncGenerator<readonly string[]>;
}
