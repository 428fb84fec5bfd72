import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Context } from '../context.ts';
import { newReference } from '../http/dispatcher.ts';
import type { Instruments } from '../http/instruments.ts';
import { formatError, type ReportFailure } from '../schema/refusal.ts';

/** Tokens of one query document; the largest of Lemma's own pages needs about 1,500. */
export const MOST_TOKENS = 10_000;

export const failureReporter = (log: Logger): ReportFailure => ({
  fault(error, where) {
    const reference = newReference();
    log.error({ err: error, reference, ...where }, 'a resolver failed');
    return reference;
  },
  outage(error, where) {
    log.warn({ door: 'graphql', problem: String(error), ...where }, 'a question came while something behind this server did not serve');
  },
});

/** Apollo would run a subscription once, like a query, with nothing to tell. */
const noSubscriptions: ApolloServerPlugin<Context> = {
  requestDidStart: () => Promise.resolve({
    didResolveOperation: ({ operation }) => (operation?.operation === 'subscription'
      ? Promise.reject(new GraphQLError('Subscriptions are served over websockets (graphql-ws) at this address.', { extensions: { code: 'BAD_USER_INPUT', reason: 'query/subscription' } }))
      : Promise.resolve()),
  }),
};

/** Runs queries and mutations; knows no HTTP of its own. */
export async function startGraphqlEngine({ schema, log, instruments }: { readonly schema: GraphQLSchema; readonly log: Logger; readonly instruments: Instruments }): Promise<ApolloServer<Context>> {
  const report = failureReporter(log);
  const engine = new ApolloServer<Context>({
    schema,
    introspection: true,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    // The door takes only application/json, which a page elsewhere cannot send without asking first.
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    logger: { debug: () => {}, info: () => {}, warn: (message: unknown) => { log.debug({ message }, 'graphql'); }, error: (message: unknown) => { log.debug({ message }, 'graphql'); } },
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled(), noSubscriptions],
    formatError: (formatted, error) => {
      const answer = formatError(formatted, error, report);
      instruments.graphqlErrors.inc({ code: String(answer.extensions?.['code']) });
      return answer;
    },
  });
  await engine.start();
  return engine;
}
