import type { Locator } from 'playwright-core';

/** What the clipboard would bring into a box, kind by kind. */
export const paste = (into: Locator, data: Readonly<Record<string, string>>): Promise<void> => into.evaluate((box, kinds) => {
  const clipboard = new DataTransfer();
  for (const [kind, value] of Object.entries(kinds)) clipboard.setData(kind, value);
  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
}, data);

/** Files from the clipboard. The first is by far the largest, so that it arrives last. */
export const pasteFiles = (into: Locator, names: readonly string[]): Promise<void> => into.evaluate((box, given) => {
  const clipboard = new DataTransfer();
  for (const [at, name] of given.entries()) clipboard.items.add(new File(['x'.repeat(at === 0 ? 2_000_000 : 10)], name, { type: 'text/plain' }));
  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
}, names);
