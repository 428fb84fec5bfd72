/** A numbered mark at an x, such as where a thread points. */
export interface ChartPin {
  readonly id: string;
  readonly x: number;
  readonly number: number;
  readonly label: string;
  readonly onOpen: () => void;
}
