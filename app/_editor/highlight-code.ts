import { common, createLowlight } from 'lowlight';

const lowlight = createLowlight(common);

export interface CodePiece { readonly from: number; readonly to: number; readonly kind: string }

type Tree = { readonly type: string; readonly value?: string; readonly children?: readonly unknown[]; readonly properties?: { readonly className?: unknown } };

export const LANGUAGES: readonly string[] = lowlight.listLanguages();

/** Where code has its words, strings and numbers. Unknown languages stay plain: a guess would change with every key. */
export function highlightCode(text: string, language: string): CodePiece[] {
  if (!lowlight.registered(language) || text.length > 100_000) return [];
  const pieces: CodePiece[] = [];
  let at = 0;
  const walk = (node: Tree, kinds: string): void => {
    if (typeof node.value === 'string') {
      if (kinds !== '') pieces.push({ from: at, to: at + node.value.length, kind: kinds });
      at += node.value.length;
    }
    const own = Array.isArray(node.properties?.className) ? node.properties.className.join(' ') : '';
    for (const child of node.children ?? []) walk(child as Tree, own === '' ? kinds : own);
  };
  walk(lowlight.highlight(language, text) as Tree, '');
  return pieces;
}
