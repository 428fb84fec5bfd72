import { comparePlaces, placeAt, type MetricColumns } from '../../../domain/metrics/series.ts';
import { pointsOfOverview, readOverview } from './overview-codec.ts';
import type { SegmentColumns } from './segment.ts';

/** Memory into which the overviews of one series after another are read: new arrays for each of a thousand series take longer than reading them. */
export class OverviewRoom {
  #columns: SegmentColumns = roomFor(0);

  /** The overviews of a series, as one where they follow one another. They lie in the room: good until the next reading. */
  read(overviews: readonly Buffer[]): readonly MetricColumns[] {
    if (overviews.length === 0) return [];
    const lengths = overviews.map(pointsOfOverview);
    const points = lengths.reduce((sum, each) => sum + each, 0);
    if (points > this.#columns.values.length) this.#columns = roomFor(2 * points);
    let end = 0;
    const pieces = lengths.map((length) => this.#part(end, end += length));
    pieces.forEach((piece, at) => { readOverview(overviews[at] ?? Buffer.alloc(0), piece); });
    return pieces.every((piece, at) => follows(pieces[at - 1], piece)) ? [this.#part(0, points)] : pieces;
  }

  #part(from: number, to: number): MetricColumns {
    const { steps, timestamps, values } = this.#columns;
    return { key: '', steps: steps.subarray(from, to), timestamps: timestamps.subarray(from, to), values: values.subarray(from, to) };
  }
}

const roomFor = (points: number): SegmentColumns => ({ steps: new BigInt64Array(points), timestamps: new BigInt64Array(points), values: new Float64Array(points) });

const follows = (before: MetricColumns | undefined, piece: MetricColumns): boolean =>
  before === undefined || (before.values.length > 0 && piece.values.length > 0 && comparePlaces(placeAt(before, before.values.length - 1), placeAt(piece, 0)) < 0);
