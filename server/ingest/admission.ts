import type { Viewer } from '../../domain/access/viewer.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { DoorDeps } from '../http/door-deps.ts';

type Asking = Parameters<DoorDeps['viewerFor']>[0];

/** How long a stream's caller is believed to be who they were, in milliseconds: a stream may go on for days, and a token be revoked meanwhile. */
const BELIEVED_MS = 1000;

/** The one answer to whether a stream may log to its run, asked again before every batch. */
export class Admission {
  private readonly deps: Pick<DoorDeps, 'viewerFor' | 'gate' | 'ports'>;
  private readonly request: Asking;
  private readonly runId: string;
  private viewer: Viewer | null = null;
  private until = 0;
  constructor(deps: Pick<DoorDeps, 'viewerFor' | 'gate' | 'ports'>, request: Asking, runId: string) {
    this.deps = deps;
    this.request = request;
    this.runId = runId;
  }

  /** Refuses as log-batch does: without a credential, without the right, for a run that is deleted or not to be seen. */
  async pass(): Promise<void> {
    await this.deps.gate.passActive(await this.who(), this.runId, 'run.log');
  }

  private async who(): Promise<Viewer> {
    const now = this.deps.ports.clock.now().getTime();
    if (!this.viewer || this.until <= now) {
      this.viewer = await this.deps.viewerFor(this.request);
      this.until = now + BELIEVED_MS;
    }
    if (!this.viewer) throw new Refusal('unauthenticated', 'access/sign-in-needed', 'Send a token: Authorization: Bearer <token>.');
    return this.viewer;
  }
}
