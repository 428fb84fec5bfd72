import type { Viewer } from '../domain/access/viewer.ts';
import type { Context } from './context.ts';
import type { DoorDeps } from './http/door-deps.ts';

type Asking = Parameters<DoorDeps['viewerFor']>;

/** The context of one request. A class, because Apollo copies it: methods stay, and act on the copy. */
export class RequestContext implements Context {
  viewer: Viewer | null;
  readonly ports: Context['ports'];
  readonly reader: Context['reader'];
  readonly changes: Context['changes'];
  readonly liveMetrics: Context['liveMetrics'];
  readonly liveConsole: Context['liveConsole'];
  readonly gate: Context['gate'];
  readonly env: Context['env'];
  readonly askAgain: () => Promise<Viewer | null>;

  private constructor(deps: DoorDeps, viewer: Viewer | null, askAgain: () => Promise<Viewer | null>) {
    this.viewer = viewer;
    this.askAgain = askAgain;
    this.ports = deps.ports;
    this.reader = deps.reader;
    this.changes = deps.changes;
    this.liveMetrics = deps.liveMetrics;
    this.liveConsole = deps.liveConsole;
    this.gate = deps.gate;
    this.env = deps.env;
  }

  /** Refuses when the request presents a credential that does not hold. */
  static async for(deps: DoorDeps, ...asking: Asking): Promise<RequestContext> {
    const ask = (): Promise<Viewer | null> => deps.viewerFor(...asking);
    return new RequestContext(deps, await ask(), ask);
  }

  async refreshViewer(): Promise<void> {
    this.viewer = await this.askAgain();
  }
}
