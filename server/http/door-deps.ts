import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Reader } from '../../adapters/postgres/reader.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import type { ChangeFeed, LiveConsoleSource, LiveMetricsSource } from '../../operations/ports/change-feed.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import type { ServerEnv } from '../env.ts';
import type { KnownSession } from '../auth/known-session.ts';
import type { HeldBytes } from '../ingest/held-bytes.ts';
import type { RunGate } from '../run-gate.ts';
import type { AddressOf } from './client-address.ts';
import type { Instruments } from './instruments.ts';

/** What every door is given: a protocol door is `(deps: DoorDeps) => Door`. */
export interface DoorDeps {
  /** What operations need. */
  readonly ports: Ports;
  /** Prisma that can only read. */
  readonly reader: Reader;
  readonly changes: ChangeFeed;
  readonly liveMetrics: LiveMetricsSource;
  readonly liveConsole: LiveConsoleSource;
  readonly env: ServerEnv;
  readonly log: Logger;
  readonly viewerFor: ViewerFor;
  /** Where a request comes from, for what is counted by address. */
  readonly addressOf: AddressOf;
  /** May metrics be logged to this run: one memory for every door. */
  readonly gate: RunGate;
  /** The account of memory of all streams of metrics. */
  readonly held: HeldBytes;
  readonly instruments: Instruments;
}

/**
 * Who is asking: the one answer for every protocol, sockets included. A session cookie, `Authorization: Bearer <token>` or a token as the password of
 * HTTP Basic; in local mode a loopback caller without any of them is the owner.
 * Null when nothing was presented and the installation asks for a credential. Refuses with `access/invalid-credential` when what was presented does not hold.
 * A connection that stays open passes what it knows of its session.
 */
export type ViewerFor = (request: Pick<IncomingMessage, 'headers' | 'socket'>, known?: KnownSession) => Promise<Viewer | null>;
