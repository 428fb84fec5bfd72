/** A numbered mark at an x, such as where a thread points. */
export interface ChartPin {
  readonly id: string;
  readonly x: number;
  /** The ends of what it points at, where that is a range. */
  readonly from?: number;
  readonly to?: number;
  readonly number: number;
  readonly label: string;
  readonly onOpen: () => void;
}
