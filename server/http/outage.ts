/** SQLSTATE of a database that does not serve now and will again: connection (08), resources such as a full disk (53), shutting down or starting (57P), read-only (25006), a failing disk (58030). */
const SQL_STATE = /^(?:08...|53...|57P0[1-5]|25006|58030)$/;
/** What Node says of a connection, or of a full disk. */
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOSPC', 'EDQUOT']);
/** Prisma's codes for the same: not reachable, timed out, closed, no connection free, too many. */
const PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']);
const DRIVER_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);
/** The driver of Postgres gives these no code. */
const DRIVER_WORDS = /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/**
 * Whether a request failed because something behind this server does not serve at the moment: the same request may well pass in a moment. Looks through what drivers wrap errors in.
 */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const { code, originalCode, kind, message, cause, meta, driverAdapterError, errors } = error as Readonly<Record<string, unknown>>;
  if ([code, originalCode].some((each) => typeof each === 'string' && (SQL_STATE.test(each) || SYSTEM.has(each) || PRISMA.has(each)))) return true;
  if (typeof kind === 'string' && DRIVER_KINDS.has(kind)) return true;
  if (typeof message === 'string' && DRIVER_WORDS.test(message)) return true;
  return [cause, meta, driverAdapterError, ...(Array.isArray(errors) ? errors : [])].some((inner) => isOutage(inner, depth + 1));
}
