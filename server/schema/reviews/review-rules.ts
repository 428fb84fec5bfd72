import { CARD_KINDS, RISK_CLASSES, riskOf, type DataCard } from '../../../domain/ethics/data-card.ts';
import type { EthicsStanding } from '../../../domain/ethics/ethics.ts';
import { BY_PEOPLE, CHECK_KEYS } from '../../../domain/reviews/check-keys.ts';
import type { CheckTick, SuggestedCheck } from '../../../domain/reviews/checks.ts';
import { policyFrom, type ReviewPolicy } from '../../../domain/reviews/review-policy.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { checksOf } from '../../../operations/reviews/checks-of.ts';
import { ethicsOf } from '../../../operations/reviews/require-ethics.ts';
import { batchedRows } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { personOf, projectOf } from '../loaders.ts';
import { ProjectRoleEnum } from '../people/roles.ts';
import { may } from '../../../domain/access/policy.ts';
import { ExperimentRef, PersonRef, ProjectRef } from '../types.ts';
import { EvidenceKindEnum } from './evidence-delta.ts';

// What a project asks of its reviews, and how an experiment answers.

export const RiskClassEnum = builder.enumType('RiskClass', { values: RISK_CLASSES });
export const CardKindEnum = builder.enumType('DataCardKind', { values: CARD_KINDS });
export const CheckStateEnum = builder.enumType('CheckState', { values: ['GOOD', 'OPEN', 'BAD'] as const });

/** The effective policies of projects. */
export const policyOf = batchedRows<string, ReviewPolicy>(async (projectIds, { reader }) => {
  const rows = await reader.project.findMany({ where: { id: { in: [...projectIds] } }, select: { id: true, policyPreset: true, reviewPolicy: { select: { content: true } } } });
  return new Map(rows.map(({ id, policyPreset, reviewPolicy }) => [id, policyFrom(reviewPolicy?.content ?? null, policyPreset)]));
});

const peopleOf = async (context: Context, ids: readonly string[]): Promise<Prisma.PersonModel[]> => (await Promise.all(ids.map((id) => personOf(context, id)))).filter((person) => person !== undefined);

const PolicyRef = builder.objectRef<ReviewPolicy>('ReviewPolicy').implement({
  description: 'What a project asks of its reviews.',
  fields: (t) => ({
    approvals: t.exposeInt('approvals'),
    role: t.field({ type: ProjectRoleEnum, description: 'Whose approval counts, at least.', resolve: ({ role }) => role }),
    ownWork: t.exposeBoolean('ownWork', { description: 'Whether who created an experiment may approve it.' }),
    ownRuns: t.exposeBoolean('ownRuns', { description: 'Whether who logged runs that an experiment counts may approve it.' }),
    requiredChecks: t.stringList({ resolve: ({ requiredChecks }) => [...requiredChecks] }),
    material: t.field({ type: [EvidenceKindEnum], description: 'Changes of the evidence that turn an approval stale.', resolve: ({ material }) => [...material] }),
    ethicsFrom: t.field({ type: RiskClassEnum, nullable: true, resolve: ({ ethicsFrom }) => ethicsFrom }),
    ethicsReviewers: t.field({ type: [PersonRef], resolve: ({ ethicsReviewers }, _, context) => peopleOf(context, ethicsReviewers) }),
  }),
});

const TickRef = builder.objectRef<CheckTick>('CheckTick').implement({
  fields: (t) => ({
    good: t.exposeBoolean('good'),
    note: t.exposeString('note', { nullable: true }),
    person: t.field({ type: PersonRef, nullable: true, resolve: async ({ personId }, _, context) => (await personOf(context, personId)) ?? null }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    evidenceDigest: t.exposeString('evidenceDigest'),
    check: t.string({ resolve: ({ key }) => key }),
  }),
});

interface CheckShown extends SuggestedCheck { readonly required: boolean }
const CheckRef = builder.objectRef<CheckShown>('SuggestedCheck').implement({
  description: 'What a reviewer would look at first, looked at by Lemma or by a person.',
  fields: (t) => ({
    key: t.exposeString('key'),
    state: t.field({ type: CheckStateEnum, resolve: ({ state }) => state }),
    sentence: t.exposeString('sentence'),
    detail: t.exposeString('detail'),
    byPeople: t.boolean({ description: 'Only a person can say.', resolve: ({ key }) => BY_PEOPLE.includes(key) }),
    required: t.exposeBoolean('required', { description: 'The project asks for it before an approval.' }),
    tick: t.field({ type: TickRef, nullable: true, description: 'A person’s word on this very evidence.', resolve: ({ tick }) => tick }),
  }),
});

const CardRef = builder.objectRef<DataCard>('DataCard').implement({
  description: 'Licence, people, consent and risk of a dataset or model, by its name.',
  fields: (t) => ({
    kind: t.field({ type: CardKindEnum, resolve: ({ kind }) => kind }),
    name: t.exposeString('name'),
    licence: t.exposeString('licence', { nullable: true }),
    personalData: t.exposeBoolean('personalData'),
    consent: t.exposeString('consent', { nullable: true }),
    risk: t.field({ type: RiskClassEnum, description: 'As its card says.', resolve: ({ risk }) => risk }),
    effectiveRisk: t.field({ type: RiskClassEnum, description: 'Data of people without consent is of high risk at least.', resolve: (card) => riskOf(card) }),
    note: t.exposeString('note', { nullable: true }),
  }),
});

const EthicsRef = builder.objectRef<EthicsStanding>('EthicsStanding').implement({
  description: 'What the data and models of an experiment ask for before it leaves the project.',
  fields: (t) => ({
    risk: t.field({ type: RiskClassEnum, nullable: true, resolve: ({ risk }) => risk }),
    needed: t.exposeBoolean('needed'),
    approved: t.exposeBoolean('approved'),
    reasons: t.stringList({ resolve: ({ reasons }) => [...reasons] }),
  }),
});

/** Of several experiments in one transaction; a page shows one. */
const checksFor = batchedRows<string, readonly SuggestedCheck[]>(async (ids, { reader, ports }) => {
  const experiments = await reader.experiment.findMany({ where: { id: { in: [...ids] } } });
  return ports.store.transaction(async (tx) => new Map(await eachOf(experiments, async (experiment) => [experiment.id, await checksOf(tx, experiment)] as const)));
});
const ethicsFor = batchedRows<string, EthicsStanding>(async (ids, { reader, ports }) => {
  const experiments = await reader.experiment.findMany({ where: { id: { in: [...ids] } } });
  return ports.store.transaction((tx) => ethicsOf(tx, experiments));
});

/** One after the other: a transaction is one connection. */
async function eachOf<Item, Made>(items: readonly Item[], make: (item: Item) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (const item of items) made.push(await make(item));
  return made;
}

const SEVERAL_QUERIES = { field: 20, multiplier: 1 };

builder.objectFields(ExperimentRef, (t) => ({
  checks: t.field({
    type: [CheckRef],
    description: 'Suggested checks of the evidence as it is now; none before it was analysed.',
    complexity: SEVERAL_QUERIES,
    resolve: async (experiment, _, context) => {
      const required = (await policyOf(context, experiment.projectId))?.requiredChecks ?? [];
      return ((await checksFor(context, experiment.id)) ?? []).map((check) => ({ ...check, required: required.includes(check.key) }));
    },
  }),
  checkTicks: t.field({
    type: [TickRef],
    description: 'Every word of a person on a check, newest first, whatever the evidence was.',
    resolve: async ({ id }, _, { reader }) => (await reader.reviewTick.findMany({ where: { experimentId: id }, orderBy: { tickedAt: 'desc' }, take: 200 })).map(({ checkKey, tickedAt, ...tick }) => ({ ...tick, key: checkKey, at: tickedAt })),
  }),
  ethics: t.field({ type: EthicsRef, complexity: SEVERAL_QUERIES, resolve: async ({ id }, _, context) => (await ethicsFor(context, id)) ?? { risk: null, needed: false, approved: false, reasons: [] } }),
}));

interface PolicyAbilities { readonly editPolicy: boolean; readonly describeData: boolean }
const PolicyAbilitiesRef = builder.objectRef<PolicyAbilities>('PolicyAbilities').implement({ fields: (t) => ({ editPolicy: t.exposeBoolean('editPolicy'), describeData: t.exposeBoolean('describeData') }) });

builder.objectFields(ProjectRef, (t) => ({
  reviewPolicy: t.field({ type: PolicyRef, resolve: async ({ id, policyPreset }, _, context) => (await policyOf(context, id)) ?? policyFrom(null, policyPreset) }),
  viewerCanReviewRules: t.field({
    type: PolicyAbilitiesRef,
    resolve: async ({ id }, _, context) => {
      const [project, viewer] = [await projectOf(context, id), viewerOf(context)];
      return { editPolicy: project !== undefined && may(viewer, 'policy.edit', project), describeData: project !== undefined && may(viewer, 'data.describe', project) };
    },
  }),
  dataCards: t.field({ type: [CardRef], resolve: ({ id }, _, context) => context.ports.store.transaction((tx) => tx.reviews.cards(id).then((cards) => [...cards])) }),
  datasetNames: t.stringList({ description: 'Of the datasets that runs of the project read, by name.', resolve: async ({ id }, _, { reader }) => (await reader.dataset.findMany({ where: { projectId: id }, distinct: ['name'], orderBy: { name: 'asc' }, select: { name: true }, take: 200 })).map(({ name }) => name) }),
}));

builder.queryField('reviewCheckKeys', (t) => t.stringList({ description: 'The checks a policy may ask for.', resolve: (_, _args, context) => { viewerOf(context); return [...CHECK_KEYS]; } }));
