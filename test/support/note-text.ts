import type { Locator, Page } from 'playwright-core';

/** The text of the note on a page. */
export const text = (page: Page): Locator => page.getByRole('textbox', { name: /^Text of / });

export const words = async (page: Page): Promise<string> => (await text(page).textContent()) ?? '';

/** A key that moves the caret, and a moment for the browser to tell the editor where it went: nobody's fingers are faster than two frames. */
export const press = async (page: Page, key: string): Promise<void> => {
  await page.keyboard.press(key);
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
};

export const toEnd = async (page: Page): Promise<void> => {
  await text(page).focus();
  await press(page, 'Control+End');
};

/** A paragraph of its own at the end. */
export const newParagraph = async (page: Page): Promise<void> => {
  await toEnd(page);
  await page.keyboard.press('Control+Enter');
};
