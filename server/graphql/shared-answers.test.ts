import { buildSchema, getNamedType, isInterfaceType, isObjectType, isUnionType, parse, type GraphQLNamedType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { SharedEvent } from '../shared-event.ts';
import { schema } from '../schema/schema.ts';
import { questionOf, SharedAnswers, type Asked } from './shared-answers.ts';

const POINTS = 'subscription($run: ID!, $keys: [String!], $after: String) { metricsLogged(run: $run, keys: $keys, after: $after) { cursor } }';
const question = (asked: Asked): string => questionOf(parse(asked.query), asked);

describe('two questions', () => {
  it('are the same when they only begin at other places', () => {
    expect(question({ query: POINTS, variables: { run: 'r', after: '7' } })).toBe(question({ query: POINTS, variables: { after: '12', run: 'r' } }));
  });

  it.each<[string, Asked]>([
    ['other variables', { query: POINTS, variables: { run: 'r', keys: ['loss'], after: '7' } }],
    ['another selection', { query: POINTS.replace('cursor', 'run'), variables: { run: 'r', after: '7' } }],
    ['another operation', { query: POINTS, variables: { run: 'r', after: '7' }, operationName: 'Other' }],
  ])('differ by %s', (_, asked) => {
    expect(question(asked)).not.toBe(question({ query: POINTS, variables: { run: 'r', after: '7' } }));
  });

  it.each([
    'subscription($after: String) { told(after: $after) { more(after: $after) } }',
    'subscription($after: String) { told { more(after: $after) } }',
    'subscription($after: String) { told(keys: [$after]) { more } }',
  ])('differ in `after` where it says more than where to begin: %s', (query) => {
    expect(question({ query, variables: { after: 'a' } })).not.toBe(question({ query, variables: { after: 'b' } }));
  });
});

describe('an answer to a shared event', () => {
  const source = buildSchema('type Query { a: Int } type Subscription { told: Told! } type Told { number: Int! }');
  let made = 0;
  const told = { get number(): number { made += 1; return 7; } };
  const args = { schema: source, document: parse('subscription { told { number } }'), rootValue: null };
  const answers = new SharedAnswers((result) => result);
  const event = (): SharedEvent<object> => Object.assign(SharedEvent.forEverybody(said, () => Promise.resolve()), { told });
  let said = {};

  it('is made once for all who asked the same, and again for the next event', async () => {
    const both = await Promise.all([answers.to(event(), 'q', args), answers.to(event(), 'q', args)]);
    expect(both).toEqual(['{"data":{"told":{"number":7}}}', '{"data":{"told":{"number":7}}}']);
    expect(made).toBe(1);
    await answers.to(event(), 'another question', args);
    expect(made).toBe(2);
    said = {};
    await answers.to(event(), 'q', args);
    expect(made).toBe(3);
  });
});

/** Names of the types that an answer of this type can hold. */
function reachable(type: GraphQLNamedType, found = new Set<string>()): Set<string> {
  if (found.has(type.name)) return found;
  found.add(type.name);
  if (isObjectType(type) || isInterfaceType(type)) for (const field of Object.values(type.getFields())) reachable(getNamedType(field.type), found);
  if (isUnionType(type)) for (const each of type.getTypes()) reachable(each, found);
  return found;
}

it.each([
  ['metricsLogged', ['Float', 'ID', 'Int', 'MetricPoints', 'MetricSeries', 'String']],
  ['consoleWritten', ['ConsoleCut', 'ConsoleLine', 'ConsoleNews', 'ConsoleStream', 'Float', 'String']],
])('%s says nothing that depends on who asks', (name, types) => {
  const field = schema.getSubscriptionType()?.getFields()[name];
  if (!field) throw new Error(`there is no ${name}`);
  expect([...reachable(getNamedType(field.type))].toSorted()).toEqual(types);
});
