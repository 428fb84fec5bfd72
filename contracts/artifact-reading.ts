/** Sent by a page that reads the start of a file itself: it wants the bytes from the server it came from, and may ask no other. */
export const FROM_HERE_HEADER = 'x-lemma-from-here';
