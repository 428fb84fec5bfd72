/** What chats and mail programs show beside a link without cutting it. */
export const PICTURE_SIZE = { width: 1200, height: 630 } as const;
