const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** What a writer typed, of the Markdown an editor made of it: "&lt;", "&amp;" and "\\_" stand there for the character alone. For search and titles; show it as text, never as HTML. */
export const plainWords = (markdown: string): string =>
  markdown.replaceAll(/&(?:lt|gt|amp);|\\[\\`*_[\]~]/g, (found) => ENTITIES[found] ?? found.slice(1));
