import type { LineChartLayout } from './line-chart-layout.ts';
import { toPath } from './polyline.ts';

const LEFT = 56;
const TOP = 32;
const BOTTOM = 28;
const RIGHT = 120;

/** The chart as a file of its own: the same layout, colours resolved by `colour`, text as text. */
export function chartSvg(layout: LineChartLayout, title: string, colour: (token: string) => string): string {
  const width = layout.size.width + LEFT + RIGHT;
  const height = layout.size.height + TOP + BOTTOM;
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
  parts.push('<g clip-path="url(#plot)" fill="none" stroke-linejoin="round">');
  for (const line of layout.lines) {
    const stroke = colour(line.style.token);
    for (const band of line.bands) parts.push(`<path d="${toPath(band, true)}" fill="${stroke}" fill-opacity=".16"/>`);
    if (line.raw !== null) parts.push(`<path d="${toPath(line.raw)}" stroke="${stroke}" stroke-opacity=".3"/>`);
    parts.push(`<path d="${toPath(line.points)}" stroke="${stroke}" stroke-width="1.75"${line.style.dash.length > 0 ? ` stroke-dasharray="${line.style.dash.join(' ')}"` : ''}/>`);
  }
  parts.push('</g>');
  for (const label of layout.labels) parts.push(`<text x="${label.x ?? layout.size.width + 8}" y="${(label.y + 4).toFixed(1)}" fill="${colour('--ink-2')}">${escape(label.text)}</text>`);
  parts.push('</g></svg>');
  return parts.join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
