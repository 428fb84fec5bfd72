import { setTimeout as wait } from 'node:timers/promises';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import { stillShared } from '../../operations/share-links/open-share-link.ts';
import { contextOfLink, type PageDeps } from './share-reader.ts';
import { shownThings, type ShownThings } from './shown-things.ts';

/** After a look at a link, news of it gather for this long. */
const GATHER_MS = 300;

/** What a look at a link tells: what its page shows now; null when it shows nothing any more. */
export type Look = ShownThings | null;

/** Looks at links whose pages are open. However many pages of a link are open and however much happens, one look is made for all of them at a time. */
export class LinkLooks {
  readonly #deps: PageDeps;
  readonly #soon = new Map<string, Promise<Look>>();
  /** Links that were looked at a moment ago, and when that is over. */
  readonly #rest = new Map<string, Promise<unknown>>();

  constructor(deps: PageDeps) {
    this.#deps = deps;
  }

  async now(link: ShareLink): Promise<Look> {
    if (!(await stillShared(this.#deps.ports, link.id))) return null;
    const context = await contextOfLink(this.#deps, link);
    return context && shownThings(context, link);
  }

  /** The look that follows what has just happened: at once, or a moment after the last one. */
  soon(link: ShareLink): Promise<Look> {
    const waiting = this.#soon.get(link.id);
    if (waiting) return waiting;
    const look = Promise.resolve(this.#rest.get(link.id)).then(() => {
      this.#soon.delete(link.id);
      this.#rest.set(link.id, wait(GATHER_MS).then(() => { this.#rest.delete(link.id); }));
      return this.now(link);
    });
    this.#soon.set(link.id, look);
    return look;
  }
}
