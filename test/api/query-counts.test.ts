import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../server/context.ts';
import { schema } from '../../server/schema/schema.ts';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => { api = await startApi(); lab = await openLab(api); });
afterAll(() => api.stop());

/** Every call of the reader and of the metric store is a query or a few, whatever it returns. */
async function callsFor(source: string): Promise<number> {
  let calls = 0;
  const counting = <Target extends object>(target: Target): Target => new Proxy(target, {
    get(from, name) {
      const value: unknown = Reflect.get(from, name);
      if (typeof value === 'function') return (...args: unknown[]) => { calls += 1; return (value as (...given: unknown[]) => unknown).apply(from, args); };
      return typeof value === 'object' && value !== null ? counting(value) : value;
    },
  });
  const { reader, ports, changes, liveMetrics, liveConsole, prisma } = api.adapters;
  const ada = await prisma.person.findUniqueOrThrow({ where: { email: lab.ada.email } });
  const contextValue = {
    viewer: { personId: ada.id, organizationId: ada.organizationId, organizationRole: 'MEMBER', roles: new Map([[lab.projectId, 'OWNER']]), signedIn: true },
    refreshViewer: () => Promise.resolve(), reader: counting(reader), ports: { ...ports, metrics: counting(ports.metrics) }, changes, liveMetrics, liveConsole, env: {},
  } as unknown as Context;
  const { errors } = await graphql({ schema, source, variableValues: { slug: lab.slug }, contextValue });
  expect(errors).toBeUndefined();
  return calls;
}

const EVERYTHING = `query { project(slug: "SLUG") { codeVersions(first: 10) { totalCount nodes { commit runCount runs(first: 2) { nodes { id } } } } experimentCount hypothesisCount runCount metricKeys
  hypotheses(first: 10) { totalCount nodes { statement author { name } experiments(first: 10) { totalCount nodes { key } } threads(first: 10) { totalCount } viewerCan { edit } } }
  experiments(first: 10) { totalCount nodes {
    key owner { name } project { slug } hypothesis { statement } parents { key } children { key } runCount activeRunCount metricKeys verdict { explanation leftOut { reason } treatment { label } }
    evidence { countedRuns code data metrics } runsBeforeHypothesis approval staleReason reviews { reviewer { name } stale } shareLinks { id createdBy { name } } viewerCan { approve approveRefusal }
    baseline { label } variants { role runCount estimate { mean } comparison { effect } runs { id } } runs(first: 5) { totalCount nodes { id changed { count } reproducibility { grade } reproductions { id } codeVersion { runCount firstUsedAt runs(first: 2) { totalCount nodes { id } } } } }
    threads(first: 10) { nodes { commentCount subject { __typename } createdBy { name } comments { body author { name } } } }
  } } } }`;

test('a page of many costs as many queries as a page of few', async () => {
  const fill = async (name: string): Promise<void> => {
    const { id, key } = await lab.experiment(name);
    await lab.runs(id, 'aug=none', [1, 2]);
    await lab.runs(id, 'aug=cutmix', [3]);
    await api.adapters.prisma.run.updateMany({ where: { experimentId: id }, data: { codeCommit: name } });
    await api.ok('mutation($id: ID!) { startThread(input: { subject: $id, body: "hm" }) { thread { id } } }', { id }, lab.grace);
    await api.ok('mutation($key: String!, $email: String!) { requestReview(input: { experiment: $key, reviewers: [$email] }) { experiment { id } } }', { key, email: lab.grace.email }, lab.ada);
    await api.ok('mutation($id: ID!) { createShareLink(input: { subject: $id }) { url } }', { id }, lab.ada);
  };
  for (const name of ['one', 'two']) await fill(name);
  const source = EVERYTHING.replace('SLUG', lab.slug);
  const few = await callsFor(source);
  for (const name of ['three', 'four', 'five', 'six', 'seven', 'eight']) await fill(name);
  // Six more of everything: one query a row would be six more. Which two askings meet in one turn of the event loop is chance.
  expect((await callsFor(source)) - few).toBeLessThan(3);
}, 90_000);
