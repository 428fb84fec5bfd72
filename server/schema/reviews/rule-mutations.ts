import { CHECK_KEYS, type CheckKey } from '../../../domain/reviews/check-keys.ts';
import { badInput } from '../../../domain/refusal.ts';
import { describeData } from '../../../operations/reviews/describe-data.ts';
import { setReviewPolicy } from '../../../operations/reviews/set-review-policy.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { ProjectRoleEnum } from '../people/roles.ts';
import { projectPayload, writtenProject } from '../projects/project-payload.ts';
import { EvidenceKindEnum } from './evidence-delta.ts';
import { CardKindEnum, RiskClassEnum } from './review-rules.ts';

const SetReviewPolicyInput = builder.inputType('SetReviewPolicyInput', {
  description: 'What is absent stays as it is.',
  fields: (t) => ({
    project: t.string({ required: true }),
    approvals: t.int(),
    role: t.field({ type: ProjectRoleEnum }),
    ownWork: t.boolean(),
    ownRuns: t.boolean(),
    requiredChecks: t.stringList(),
    material: t.field({ type: [EvidenceKindEnum] }),
    ethicsFrom: t.field({ type: RiskClassEnum, description: 'Null asks for no ethics review.' }),
    ethicsReviewers: t.stringList({ description: 'Addresses.' }),
  }),
});

function checkKeys(names: readonly string[]): readonly CheckKey[] {
  return names.map((name) => {
    const known = CHECK_KEYS.find((key) => key === name);
    if (known === undefined) throw badInput('review-check/unknown', `There is no check ${name}. They are ${CHECK_KEYS.join(', ')}.`);
    return known;
  });
}

builder.mutationField('setReviewPolicy', (t) =>
  t.field({
    type: projectPayload('SetReviewPolicyPayload'),
    args: { input: t.arg({ type: SetReviewPolicyInput, required: true }) },
    resolve: (_, { input: { project, approvals, role, ownWork, ownRuns, requiredChecks, material, ethicsFrom, ethicsReviewers } }, context) => writtenProject(context, setReviewPolicy(context.ports, viewerOf(context), {
      project,
      changes: { approvals: approvals ?? undefined, role: role ?? undefined, ownWork: ownWork ?? undefined, ownRuns: ownRuns ?? undefined, requiredChecks: requiredChecks ? checkKeys(requiredChecks) : undefined, material: material ?? undefined, ethicsFrom },
      ethicsReviewers: ethicsReviewers ?? undefined,
    })),
  }),
);

const DescribeDataInput = builder.inputType('DescribeDataInput', {
  fields: (t) => ({
    project: t.string({ required: true }),
    kind: t.field({ type: CardKindEnum, defaultValue: 'DATASET' }),
    name: t.string({ required: true }),
    licence: t.string(),
    personalData: t.boolean(),
    consent: t.string({ description: 'How the people in it agreed.' }),
    risk: t.field({ type: RiskClassEnum }),
    note: t.string(),
  }),
});

builder.mutationField('describeData', (t) =>
  t.field({
    type: projectPayload('DescribeDataPayload'),
    description: 'Says what is known of a dataset or model; what was said before of the same name is replaced.',
    args: { input: t.arg({ type: DescribeDataInput, required: true }) },
    resolve: (_, { input: { project, kind, ...card } }, context) => writtenProject(context, describeData(context.ports, viewerOf(context), { project, card: { ...card, kind: kind ?? 'DATASET' } })),
  }),
);
