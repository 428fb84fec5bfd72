export interface ChosenRuns<Run> {
  /** Runs that count so far: they can be excluded. */
  readonly counting: readonly Run[];
  /** Runs that someone left out: they can be included again. */
  readonly excluded: readonly Run[];
}

/** What can be done with the runs that are chosen: nobody is offered to exclude what is excluded already. */
export function chosenRuns<Run extends { readonly id: string; readonly excluded: object | null }>(rows: readonly Run[], chosen: ReadonlySet<string>): ChosenRuns<Run> {
  const there = rows.filter((run) => chosen.has(run.id));
  return { counting: there.filter((run) => run.excluded === null), excluded: there.filter((run) => run.excluded !== null) };
}

/** The button's words: how many it means, where the choice is of both kinds. */
export const actionWords = (verb: string, these: number, others: number): string => (others === 0 ? verb : `${verb} ${these}`);
