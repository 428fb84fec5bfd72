/** Reads a param's text as a number; undefined when it is none. */
export const numberIn = (text: string): number | undefined => (NUMBER_TEXT.test(text) ? Number(text) : undefined);

/** Decimal and bounded, so that a text is a number for every reader of it, and never one that is not finite. */
const NUMBER_TEXT = /^\s*[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?\s*$/;
