import { layOutInterval, type Interval, type IntervalGeometry, type Scale } from './interval-geometry.ts';

export type IntervalKind = 'supported' | 'refuted' | 'equivalent' | 'inconclusive' | 'exploratory';

export interface IntervalGlyphProps extends Interval {
  /** One scale a column; the head of the column shows it. */
  readonly scale: Scale;
  /** Where no effect is; null draws no line. */
  readonly zero?: number | null;
  /** The minimum effect, signed. */
  readonly bar?: number | null;
  /** Half-width of the grey zone around zero, where equivalence matters. */
  readonly equivalence?: number | null;
  /** Colour only once there is a verdict; ink without. */
  readonly kind?: IntervalKind | null;
  /** Not decided: an open dot. Follows from the kind when left out. */
  readonly open?: boolean;
  /** text stands in a line of words; cell and forest fill a table cell; share is for share pages. */
  readonly size?: 'text' | 'cell' | 'forest' | 'share';
  /** Width in px, for size text. */
  readonly width?: number;
  /** The finding in words; leave it out where number and interval stand beside it. */
  readonly label?: string;
}

const HEIGHTS = { text: 14, cell: 32, forest: 32, share: 44 } as const;
const TICKS = { text: 3, cell: 3, forest: 4, share: 6 } as const;

/** Whisker for the 95 % interval, dot for the estimate, solid line for no effect, dotted line for the bar. */
export function IntervalGlyph(props: IntervalGlyphProps) {
  const { scale, kind, open, size = 'text', width, label } = props;
  const drawn = layOutInterval(props, scale, props);
  const height = HEIGHTS[size];
  return (
    <svg
      className={['iv', size, kind && `iv-${kind}`].filter(Boolean).join(' ')} viewBox={`0 0 100 ${height}`} preserveAspectRatio="none"
      style={width ? { width } : undefined} role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : true}
    >
      <Ground drawn={drawn} height={height} />
      <Estimate drawn={drawn} middle={height / 2} tick={TICKS[size]} hollow={open ?? (kind === 'inconclusive' || kind === 'exploratory')} />
    </svg>
  );
}

function Ground({ drawn, height }: { readonly drawn: IntervalGeometry; readonly height: number }) {
  return (
    <>
      {drawn.zone && <rect className="pz" x={drawn.zone.from} y={0} width={Math.max(0, drawn.zone.to - drawn.zone.from)} height={height} />}
      {drawn.zero !== null && <path className="z" d={`M${drawn.zero} 0V${height}`} />}
      {drawn.bar !== null && <path className="mn" d={`M${drawn.bar} 0V${height}`} />}
    </>
  );
}

function Estimate({ drawn: { whisker, dot }, middle, tick, hollow }: { readonly drawn: IntervalGeometry; readonly middle: number; readonly tick: number; readonly hollow: boolean }) {
  return (
    <>
      {whisker && <path className="w" d={`M${whisker.from} ${middle}H${whisker.to}`} />}
      {whisker && <path className="e" d={end(whisker.from, whisker.cutLeft ? 1 : 0, middle, tick) + end(whisker.to, whisker.cutRight ? -1 : 0, middle, tick)} />}
      {dot !== null && <path className="p" d={`M${dot} ${middle}h.01`} />}
      {dot !== null && hollow && <path className="o" d={`M${dot} ${middle}h.01`} />}
    </>
  );
}

/** A tick where the interval ends; where it goes on beyond the scale an arrowhead, whose barbs lie on the given side (1 right, -1 left). */
function end(x: number, barbs: 1 | 0 | -1, middle: number, tick: number): string {
  if (barbs === 0) return `M${x} ${middle - tick}v${2 * tick}`;
  const back = x + barbs * 2.5;
  return `M${back} ${middle - tick}L${x} ${middle}L${back} ${middle + tick}`;
}
