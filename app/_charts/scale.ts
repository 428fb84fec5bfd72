import type { Span, YKind } from './chart-series.ts';

/** Maps data to pixels and back. A value that a log axis cannot show gives NaN, which drawing treats as a gap. */
export interface Scale {
  readonly domain: Span;
  readonly range: Span;
  toPixel(value: number): number;
  toValue(pixel: number): number;
}

export function makeScale(kind: YKind, domain: Span, range: Span): Scale {
  const forward = kind === 'log' ? (value: number): number => (value > 0 ? Math.log(value) : Number.NaN) : (value: number): number => value;
  const backward = kind === 'log' ? Math.exp : (value: number): number => value;
  const low = forward(domain[0]);
  const width = forward(domain[1]) - low || 1;
  const length = range[1] - range[0];
  return {
    domain,
    range,
    toPixel: (value) => range[0] + (length * (forward(value) - low)) / width,
    toValue: (pixel) => backward(low + (width * (pixel - range[0])) / (length || 1)),
  };
}
