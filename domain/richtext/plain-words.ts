const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** A mention is read as its label: whom it means by id is nothing to find or to read. */
const MENTION = /\[((?:[^\]\\\n]|\\.){1,200})\]\(lemma:[^\s)]{1,300}\)/g;

/** What a writer typed, of the Markdown an editor made of it: "&lt;", "&amp;" and "\\_" stand there for the character alone. For search and titles; show it as text, never as HTML. */
export const plainWords = (markdown: string): string =>
  markdown.replaceAll(MENTION, '$1').replaceAll(/&(?:lt|gt|amp);|\\[\\`*_[\]~]/g, (found) => ENTITIES[found] ?? found.slice(1));
