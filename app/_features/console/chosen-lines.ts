/** Lines that the address names: "120", or "120-140". */
export interface ChosenLines { readonly from: number; readonly to: number }

export function chosenLinesFrom(text: string | null): ChosenLines | null {
  const [, from, to] = /^(\d{1,12})(?:-(\d{1,12}))?$/.exec(text ?? '') ?? [];
  if (from === undefined || Number(from) < 1) return null;
  const ends = [Number(from), Number(to ?? from)].toSorted((a, b) => a - b) as [number, number];
  return { from: ends[0], to: ends[1] };
}

export const chosenLinesText = ({ from, to }: ChosenLines): string => (from === to ? String(from) : `${from}-${to}`);

/** The choice after a line's number was pressed; with shift held it reaches from where it was to there. */
export function extended(chosen: ChosenLines | null, number: number, extend: boolean): ChosenLines {
  if (chosen === null || !extend) return { from: number, to: number };
  return { from: Math.min(chosen.from, number), to: Math.max(chosen.to, number) };
}
