import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the pages say to the share door, so that it believes whose look they tell of. Nobody outside can know it: there, everybody looks for the first time. */
export const pagesWord = (secret: string): string => createHmac('sha256', secret).update('what the pages say to the share door').digest('base64url');

export function isSaidByPages(secret: string, said: unknown): boolean {
  const [word, given] = [Buffer.from(pagesWord(secret)), Buffer.from(typeof said === 'string' ? said : '')];
  return word.length === given.length && timingSafeEqual(word, given);
}
