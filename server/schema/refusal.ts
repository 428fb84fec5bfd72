import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Refusal } from '../../domain/refusal.ts';
import { failureText, graphqlCode } from '../http/answer.ts';
import { tooDeep } from '../http/keepable.ts';

/** How a failure of ours becomes a reference its reader can quote: logs it, once. */
export type ReportFailure = (error: unknown, where: { readonly path: string }) => string;

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

/** The one place where an error takes its outward form. Refusals keep their words; what nobody expected is masked with a reference. */
export function formatError(formatted: GraphQLFormattedError, error: unknown, report: ReportFailure): GraphQLFormattedError {
  const place = { ...(formatted.locations ? { locations: formatted.locations } : {}), ...(formatted.path ? { path: formatted.path } : {}) };
  const asked = causeOf(error);
  const cause = tooDeep(asked) ?? asked;
  if (cause instanceof Refusal) return { message: cause.message, ...place, extensions: { code: graphqlCode(cause), reason: cause.code } };
  const problem = questionProblem(formatted, cause);
  if (problem) return { message: formatted.message, ...place, extensions: problem };
  const reference = report(cause, { path: (formatted.path ?? []).join('.') });
  return { message: failureText(reference), ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', reason: 'server/fault', reference } };
}
