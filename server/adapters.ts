import type { ChangeFeed, LiveConsoleSource, LiveMetricsSource } from '../operations/ports/change-feed.ts';
import type { Ports } from '../operations/ports/ports.ts';
import type { Reader } from '../adapters/postgres/reader.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type { Readiness } from './http/health-door.ts';

/** The outside world as main.ts picked it. */
export interface Adapters {
  readonly ports: Ports;
  readonly reader: Reader;
  readonly changes: ChangeFeed;
  readonly liveMetrics: LiveMetricsSource;
  readonly liveConsole: LiveConsoleSource;
  /** For better-auth, which keeps people and sessions in our tables itself. */
  readonly prisma: PrismaClient;
  readonly readiness: Readiness;
  close(): Promise<void>;
}
