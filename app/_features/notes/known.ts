/** An object of which nothing more is known: it came from a document that anyone may have written. */
export type Known = Readonly<Record<string, unknown>>;

export const isKnown = (value: unknown): value is Known => typeof value === 'object' && value !== null && !Array.isArray(value);
export const listIn = (of: Known, name: string): readonly unknown[] => (Array.isArray(of[name]) ? of[name] : []);
export const textIn = (of: Known, name: string): string => (typeof of[name] === 'string' ? of[name] : '');
