import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Every rule of WCAG 2 at A and AA that a machine can judge. https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags */
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** What axe finds on the page as it stands, in light and in dark. */
export async function axe(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(STANDARD).analyze();
    found.push(...violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => `${colorScheme} ${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`)));
  }
  return found;
}
