/** One line of a crop. Arrays have one entry a step; null is a gap, and where there is no interval. */
export interface CropLine {
  readonly label: string;
  /** Which of a figure's eight colours; 0 is the baseline. */
  readonly colour: number;
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
  /** Ends of the 95 % interval, where repeats gave one. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
}

/** What a figure showed around the point that a thread talks about, kept as it was: comments stay readable when the data moves on. */
export interface ChartCrop {
  readonly lines: readonly CropLine[];
  /** Whether the figure was drawn over a log axis. */
  readonly log: boolean;
  /** A mark of the data it was drawn from: while the page has the same one, nothing has moved on. */
  readonly drawnFrom: string;
}

export const MOST_CROP_LINES = 3;
export const MOST_CROP_POINTS = 16;
const MOST_LABEL = 80;
const MOST_MARK = 80;
const COLOURS = 8;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isRow = (value: unknown, length: number): value is (number | null)[] => Array.isArray(value) && value.length === length && value.every((each) => each === null || isNumber(each));

/** The crop in a piece of JSON; null when it is none, or larger than a glance needs. */
export function cropFrom(json: unknown): ChartCrop | null {
  if (!isObject(json) || !isText(json['drawnFrom'], MOST_MARK) || typeof json['log'] !== 'boolean' || !Array.isArray(json['lines'])) return null;
  if (json['lines'].length === 0 || json['lines'].length > MOST_CROP_LINES) return null;
  const lines = json['lines'].map(lineFrom).filter((line) => line !== null);
  return lines.length === json['lines'].length ? { lines, log: json['log'], drawnFrom: json['drawnFrom'] } : null;
}

function lineFrom(json: unknown): CropLine | null {
  if (!isObject(json) || !isText(json['label'], MOST_LABEL)) return null;
  const { label, colour, steps, values, low, high } = json;
  if (!isColour(colour) || !isAscending(steps) || !isRow(values, steps.length)) return null;
  const line = { label, colour, steps, values };
  if (low === undefined && high === undefined) return line;
  return isRow(low, steps.length) && isRow(high, steps.length) ? { ...line, low, high } : null;
}

const isColour = (value: unknown): value is number => isNumber(value) && Number.isInteger(value) && value >= 0 && value <= COLOURS;

function isAscending(steps: unknown): steps is number[] {
  return Array.isArray(steps) && steps.length > 0 && steps.length <= MOST_CROP_POINTS && steps.every((step, place) => isNumber(step) && (place === 0 || step > steps[place - 1]));
}
