import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Refusal } from '../../domain/refusal.ts';
import { failureText, graphqlCode, PAUSE_EXTENSIONS, PAUSE_TEXT } from '../http/answer.ts';
import { tooDeep } from '../http/keepable.ts';
import { isOutage } from '../http/outage.ts';

/** Writes down what is no refusal, once. */
export interface ReportFailure {
  /** A failure of ours; answers the reference its reader can quote. */
  fault(error: unknown, where: { readonly path: string }): string;
  /** What passes by itself. */
  outage(error: unknown, where: { readonly path: string }): void;
}

/** A refusal as a GraphQL error: the family is `extensions.code`, the domain's own code `extensions.reason`. */
export const refusalError = (refusal: Refusal): GraphQLError => new GraphQLError(refusal.message, { extensions: { code: graphqlCode(refusal), reason: refusal.code } });

/** What Apollo and graphql-js say about a query they cannot run, in our words. */
const REASONS: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: 'query/syntax',
  GRAPHQL_VALIDATION_FAILED: 'query/invalid',
  OPERATION_RESOLUTION_FAILURE: 'query/operation',
  BAD_REQUEST: 'query/request',
  BAD_USER_INPUT: 'query/variables',
};

function causeOf(error: unknown): unknown {
  const original = unwrapResolverError(error);
  return original instanceof GraphQLError ? original.originalError ?? original : original;
}

/** The reason of an error that says what was asked wrongly; null for a failure of ours. */
function questionProblem(formatted: GraphQLFormattedError, cause: unknown): { readonly code: string; readonly reason: string } | null {
  const { code = '', reason } = (formatted.extensions ?? {}) as { code?: string; reason?: string };
  if (reason && code) return { code, reason };
  if (code in REASONS) return { code: 'BAD_USER_INPUT', reason: REASONS[code] ?? code };
  // Without a path no resolver ran: graphql-js itself refused the variables. (Apollo marks these; over websockets nobody did.)
  return cause instanceof GraphQLError && !formatted.path ? { code: 'BAD_USER_INPUT', reason: 'query/variables' } : null;
}

/** The one place where an error takes its outward form. Refusals keep their words, an outage says that it passes, and what nobody expected is masked with a reference. */
export function formatError(formatted: GraphQLFormattedError, error: unknown, report: ReportFailure): GraphQLFormattedError {
  const place = { ...(formatted.locations ? { locations: formatted.locations } : {}), ...(formatted.path ? { path: formatted.path } : {}) };
  const asked = causeOf(error);
  const cause = tooDeep(asked) ?? asked;
  if (cause instanceof Refusal) return { message: cause.message, ...place, extensions: { code: graphqlCode(cause), reason: cause.code } };
  const where = { path: (formatted.path ?? []).join('.') };
  if (isOutage(cause)) {
    report.outage(cause, where);
    return { message: PAUSE_TEXT, ...place, extensions: PAUSE_EXTENSIONS };
  }
  const problem = questionProblem(formatted, cause);
  if (problem) return { message: formatted.message, ...place, extensions: problem };
  const reference = report.fault(cause, where);
  return { message: failureText(reference), ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', reason: 'server/fault', reference } };
}
