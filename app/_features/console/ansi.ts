import Anser from 'anser';
import { lastState } from '../../../domain/console/console-line.ts';

/** A piece of a line that looks alike throughout. */
export interface Piece { readonly text: string; readonly className: string }

/** Everything but colours and weights: cursor movements, titles and links mean nothing on a page. */
// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const NOT_A_COLOUR = /\u001B(?:\[[0-9;?]*[ -/]*[@-ln-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\^_])/g;
const WEIGHTS: Readonly<Record<string, string>> = { bold: 'a-bold', italic: 'a-italic', underline: 'a-underline', dim: 'a-dim', strikethrough: 'a-strike' };

/** A line as pieces of text with class names. Never markup: what a training prints cannot become part of the page. */
export function piecesOf(text: string): Piece[] {
  const shown = lastState(text);
  if (!shown.includes('\u001B')) return shown === '' ? [] : [{ text: shown, className: '' }];
  return Anser.ansiToJson(shown.replaceAll(NOT_A_COLOUR, ''), { json: true, use_classes: true, remove_empty: true })
    .filter(({ content }) => content !== '')
    .map(({ content, decorations, ...entry }) => {
      // Colour on colour has no contrast anybody promised: on a coloured ground the text is ink.
      const ground = colourOf(entry.bg, entry.bg_truecolor);
      const colour = ground === null ? colourOf(entry.fg, entry.fg_truecolor) : null;
      const names = [ground && `a-on-${ground}`, colour && `a-${colour}`, ...decorations.map((name) => WEIGHTS[name])];
      return { text: content, className: names.filter(Boolean).join(' ') };
    });
}

const NAMED: Readonly<Record<string, string>> = { black: 'grey', red: 'red', green: 'green', yellow: 'yellow', blue: 'blue', magenta: 'magenta', cyan: 'cyan', white: 'ink' };
type Triple = readonly [number, number, number];

/** One of eight colours that both themes have with contrast; null for the text's own. */
function colourOf(name: string | null, trueColour: string | null): string | null {
  if (name === null) return null;
  if (name === 'ansi-truecolor') return nearest((trueColour ?? '').split(',').map(Number));
  const palette = /^ansi-palette-(\d+)$/.exec(name);
  if (palette) return nearest(paletteColour(Number(palette[1])));
  return NAMED[name.replace(/^ansi-(bright-)?/, '')] ?? null;
}

/** The 6 × 6 × 6 cube of 256-colour terminals, then its greys. */
function paletteColour(index: number): Triple {
  if (index >= 232) { const grey = (index - 232) * 10 + 8; return [grey, grey, grey]; }
  const at = index - 16;
  return [levelOf(Math.floor(at / 36)), levelOf(Math.floor(at / 6) % 6), levelOf(at % 6)];
}

const levelOf = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);

const HUES = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta'] as const;

/** By hue; what is nearly grey is ink or, when dark, grey. */
function nearest([red = 0, green = 0, blue = 0]: readonly number[]): string {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  if (most - least < 40) return most > 160 ? 'ink' : 'grey';
  const sixth = most === red ? ((green - blue) / (most - least) + 6) % 6 : most === green ? (blue - red) / (most - least) + 2 : (red - green) / (most - least) + 4;
  return HUES[Math.round(sixth) % 6] ?? 'ink';
}
