/** "stated after 8 of 10 runs": a prediction made when results were there is no prediction. Null when it was stated before all of them. */
export function statedAfter(runsBefore: number, countedRuns: number): string | null {
  if (runsBefore === 0) return null;
  if (runsBefore >= countedRuns) return countedRuns === 1 ? 'stated after its run' : `stated after all ${countedRuns} runs`;
  return `stated after ${runsBefore} of ${countedRuns} runs`;
}
