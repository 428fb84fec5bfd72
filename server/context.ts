import type { Viewer } from '../domain/access/viewer.ts';
import { Refusal } from '../domain/refusal.ts';
import type { ChangeFeed, LiveConsoleSource, LiveMetricsSource } from '../operations/ports/change-feed.ts';
import type { Ports } from '../operations/ports/ports.ts';
import type { Reader } from '../adapters/postgres/reader.ts';
import type { ServerEnv } from './env.ts';
import type { RunGate } from './run-gate.ts';

/** What every resolver gets. Made once a request, or once a subscription event. */
export interface Context {
  /** Null when no valid credential came and the installation asks for one. */
  readonly viewer: Viewer | null;
  /** Reads the viewer again, after an operation that gave them a role. */
  refreshViewer(): Promise<void>;
  readonly ports: Ports;
  readonly reader: Reader;
  readonly changes: ChangeFeed;
  readonly liveMetrics: LiveMetricsSource;
  readonly liveConsole: LiveConsoleSource;
  readonly gate: RunGate;
  readonly env: ServerEnv;
}

/** The viewer, or a refusal that says how to become one. */
export function viewerOf(context: Context): Viewer {
  if (!context.viewer) throw new Refusal('unauthenticated', 'access/sign-in-needed', 'Sign in, or send a token: Authorization: Bearer <token>.');
  return context.viewer;
}
