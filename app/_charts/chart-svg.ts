import type { ChartSeries, SeriesStyle } from './chart-series.ts';
import type { LineChartLayout } from './line-chart-layout.ts';
import { notShownWords } from './not-shown-words.ts';
import { toPath } from './polyline.ts';
import { FAINT } from './series-style.ts';

const LEFT = 56;
const TOP = 32;
const BOTTOM = 28;
const RIGHT = 120;
const LINE = 16;
/** As many names as one still reads; the rest is counted. */
const MOST_NAMES = 24;
const COLUMNS = 2;

/** The chart as a file of its own: the same layout, colours resolved by `colour`, text as text. Lines whose names do not stand at their ends are named below. */
export function chartSvg(layout: LineChartLayout, title: string, colour: (token: string) => string, series: readonly ChartSeries[] = []): string {
  const names = layout.labels.length > 0 ? [] : legendRows(series);
  const note = notShownWords(layout.notShown);
  const width = layout.size.width + LEFT + RIGHT;
  const height = layout.size.height + TOP + BOTTOM + Math.ceil(names.length / COLUMNS) * LINE + (note === null ? 0 : LINE) + (names.length > 0 ? 8 : 0);
  const ink = colour('--ink-3');
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="IBM Plex Mono, monospace" font-size="11">`,
    `<title>${escape(title)}</title><rect width="${width}" height="${height}" fill="${colour('--paper')}"/>`,
    `<text x="${LEFT}" y="18" font-size="13" fill="${colour('--ink')}">${escape(title)}</text>`,
    `<clipPath id="plot"><rect width="${layout.size.width}" height="${layout.size.height}"/></clipPath><g transform="translate(${LEFT} ${TOP})">`,
  ];
  for (const tick of layout.yTicks) {
    parts.push(`<path d="M0 ${tick.pixel.toFixed(1)}H${layout.size.width}" stroke="${colour('--line')}"/><text x="-8" y="${(tick.pixel + 4).toFixed(1)}" text-anchor="end" fill="${ink}">${escape(tick.text)}</text>`);
  }
  parts.push(`<path d="M0 ${layout.size.height}H${layout.size.width}" stroke="${colour('--ink-4')}"/>`);
  for (const tick of layout.xTicks) parts.push(`<text x="${tick.pixel.toFixed(1)}" y="${layout.size.height + 18}" text-anchor="middle" fill="${ink}">${escape(tick.text)}</text>`);
  parts.push(...lineParts(layout, colour));
  parts.push(...labelParts(layout, colour));
  const below = layout.size.height + BOTTOM + 8;
  for (const [index, { text, style }] of names.entries()) {
    const x = (index % COLUMNS) * (width / COLUMNS);
    const y = below + Math.floor(index / COLUMNS) * LINE;
    if (style !== null) parts.push(`<path d="M${x} ${y}h18" stroke="${colour(style.token)}" stroke-width="2"${dashes(style.dash)}/>`);
    parts.push(`<text x="${x + 26}" y="${y + 4}" fill="${colour('--ink-2')}">${escape(text)}</text>`);
  }
  if (note !== null) parts.push(`<text x="0" y="${below + Math.ceil(names.length / COLUMNS) * LINE + 4}" fill="${colour('--inconclusive')}">${escape(note)}</text>`);
  parts.push('</g></svg>');
  return parts.join('');
}

/** Names in the colours of their lines. */
function labelParts({ labels, lines, size }: LineChartLayout, colour: (token: string) => string): string[] {
  const tokens = new Map(lines.map(({ id, style }) => [id, style.token]));
  return labels.map(({ id, x, y, text }) => `<text x="${x ?? size.width + 8}" y="${(y + 4).toFixed(1)}" fill="${colour(tokens.get(id) ?? '--ink-2')}">${escape(text)}</text>`);
}

function lineParts(layout: LineChartLayout, colour: (token: string) => string): string[] {
  const parts = ['<g clip-path="url(#plot)" fill="none" stroke-linejoin="round">'];
  for (const line of layout.lines) {
    const stroke = colour(line.style.token);
    for (const band of line.bands) parts.push(`<path d="${toPath(band, true)}" fill="${stroke}" fill-opacity=".16"/>`);
    if (line.raw !== null) parts.push(`<path d="${toPath(line.raw)}" stroke="${stroke}" stroke-opacity=".3"/>`);
    parts.push(`<path d="${toPath(line.points)}" stroke="${stroke}" ${weight(line.style)}${dashes(line.style.dash)}/>`);
  }
  parts.push('</g>');
  return parts;
}

function legendRows(series: readonly ChartSeries[]): { readonly text: string; readonly style: ChartSeries['style'] | null }[] {
  const rows = series.slice(0, MOST_NAMES).map(({ label, style }) => ({ text: label, style }));
  return series.length > MOST_NAMES ? [...rows, { text: `and ${series.length - MOST_NAMES} more`, style: null }] : rows;
}

const weight = ({ faint }: SeriesStyle): string => (faint === true ? `stroke-width="${FAINT.width}" stroke-opacity="${FAINT.opacity}"` : 'stroke-width="1.75"');

const dashes = (dash: readonly number[]): string => (dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '');

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
