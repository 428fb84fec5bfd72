import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Redaction } from '../../../operations/ports/share-links.ts';
import { createShareLink } from '../../../operations/share-links/create-share-link.ts';
import { revokeShareLink } from '../../../operations/share-links/revoke-share-link.ts';
import { frozenPage } from '../../share/share-page.ts';
import { batchedRows, forgetBatches } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { may } from '../../../domain/access/policy.ts';
import { builder } from '../builder.ts';
import { personOf, projectOf, shareLinkOf } from '../loaders.ts';
import { projectIdOfSubject, subjectOf, SubjectRef } from '../subject.ts';
import { ExperimentRef, HypothesisRef, NodeRef, NoteRef, PersonRef, ProjectRef, RunRef, ShareLinkRef } from '../types.ts';
import { linksOf } from './links-of.ts';

const RedactionEnum = builder.enumType('Redaction', { values: ['PEOPLE', 'ORGANIZATION', 'PARAMS', 'CODE', 'COSTS'] as const, description: 'What a page leaves out. PEOPLE and ORGANIZATION together make it fit for a blind review; of notes and decisions also the names and keys that stand in them as words. What people wrote into other texts stays.' });

const MOST_VIEWS_SHOWN = 20;
const viewsOf = batchedRows<string, readonly Date[]>(async (ids, { reader }) => {
  const rows = await reader.$queryRaw<{ id: string; at: Date }[]>`
    SELECT v.share_link_id AS id, v.at FROM unnest(${[...ids]}::text[]) AS l(id) CROSS JOIN LATERAL (SELECT * FROM share_views WHERE share_link_id = l.id ORDER BY number DESC LIMIT ${MOST_VIEWS_SHOWN}) AS v`;
  return new Map(ids.map((id) => [id, rows.filter((row) => row.id === id).map(({ at }) => at)]));
});

ShareLinkRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    subject: t.field({ type: SubjectRef, nullable: true, resolve: (link, _, context) => subjectOf(context, link.subjectId) }),
    comparedRuns: t.exposeStringList('comparedRuns', { description: 'For a comparison: ids of the runs it compares. Empty for other pages.' }),
    lineage: t.boolean({ description: 'Whether it shows the subject’s lineage.', resolve: ({ subjectKind }) => subjectKind === 'lineage' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    hasPassword: t.boolean({ resolve: (link) => link.passwordHash !== null }),
    redact: t.field({ type: [RedactionEnum], resolve: (link) => link.redact as Redaction[] }),
    viewCount: t.exposeInt('viewCount'),
    lastViewedAt: t.expose('lastViewedAt', { type: 'DateTime', nullable: true }),
    createdBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ createdById }, _, context) => (await personOf(context, createdById)) ?? null }),
    ending: t.exposeString('ending', { description: 'The last four letters of its address, to tell links apart; empty for one that was made before these were kept.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    maxViews: t.exposeInt('maxViews', { nullable: true, description: 'How often the page opens; null without a limit.' }),
    recipients: t.exposeStringList('recipients', { description: 'For whom it was made.' }),
    watermark: t.exposeBoolean('watermark'),
    guestsMayComment: t.exposeBoolean('guestsMayComment', { description: 'Whether readers outside may leave comments: threads about the subject, shown to whoever has the link together with their answers.' }),
    frozenDigest: t.exposeString('frozenDigest', { nullable: true, description: 'The evidence the page was frozen at; null for one that is kept up to date.' }),
    viewedAt: t.field({ type: ['DateTime'], description: `When the page was looked at, newest first, at most ${MOST_VIEWS_SHOWN}.`, resolve: async ({ id }, _, context) => [...((await viewsOf(context, id)) ?? [])] }),
  }),
});

for (const subject of [HypothesisRef, ExperimentRef, RunRef, NoteRef, ProjectRef] as const) {
  builder.objectField(subject as typeof HypothesisRef, 'shareLinks', (t) => t.field({ type: [ShareLinkRef], description: 'Newest first; for those who may share.', resolve: ({ id }, _, context) => linksFor(context, id) }));
}

async function linksFor(context: Context, subjectId: string): Promise<Prisma.ShareLinkModel[]> {
  const projectId = await projectIdOfSubject(context, subjectId);
  const project = projectId === null ? undefined : await projectOf(context, projectId);
  return project && may(viewerOf(context), 'share.create', project) ? [...((await linksOf(context, subjectId)) ?? [])] : [];
}

const CreateShareLinkInput = builder.inputType('CreateShareLinkInput', {
  fields: (t) => ({
    subject: t.id({ required: true, description: 'An experiment, hypothesis, run or note; minutes and reports are notes. For a lineage also a project.' }),
    compare: t.idList({ description: 'Of an experiment: 2 to 20 of its runs, to show what differs between them instead.' }),
    lineage: t.boolean({ description: 'Of an experiment or a project: shows what came of what instead, of the link’s project alone.' }),
    expiresAt: t.field({ type: 'DateTime' }),
    password: t.string({ description: 'Of 8 to 200 characters.' }),
    redact: t.field({ type: [RedactionEnum] }),
    maxViews: t.int({ description: 'How often the page opens.' }),
    recipients: t.stringList({ description: 'For whom it is made: names shown on the page, at most 20.' }),
    watermark: t.boolean({ description: 'Marks the page with the recipients.' }),
    guestsMayComment: t.boolean({ description: 'Lets readers outside leave comments, with the name they give.' }),
    freeze: t.boolean({ description: 'Shows for ever what there is to see now.' }),
  }),
});
const RevokeShareLinkInput = builder.inputType('RevokeShareLinkInput', { fields: (t) => ({ shareLink: t.id({ required: true }) }) });

interface Created { readonly url: string; readonly shareLink: Prisma.ShareLinkModel }
const CreatePayload = builder.objectRef<Created>('CreateShareLinkPayload').implement({
  fields: (t) => ({ url: t.exposeString('url', { description: 'Shown once: the token in it is not kept.' }), shareLink: t.field({ type: ShareLinkRef, resolve: ({ shareLink }) => shareLink }) }),
});
const RevokePayload = builder.objectRef<Pick<Created, 'shareLink'>>('RevokeShareLinkPayload').implement({
  fields: (t) => ({ shareLink: t.field({ type: ShareLinkRef, resolve: ({ shareLink }) => shareLink }) }),
});

async function readBack(context: Context, id: string): Promise<Prisma.ShareLinkModel> {
  forgetBatches(context);
  return (await shareLinkOf(context, id)) as Prisma.ShareLinkModel;
}

builder.mutationField('createShareLink', (t) =>
  t.field({
    type: CreatePayload,
    args: { input: t.arg({ type: CreateShareLinkInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { id, token } = await createShareLink(context.ports, viewerOf(context), input, (link) => frozenPage(context, link));
      return { url: `${context.env.publicUrl}/s/${token}`, shareLink: await readBack(context, id) };
    },
  }),
);

builder.mutationField('revokeShareLink', (t) =>
  t.field({
    type: RevokePayload,
    args: { input: t.arg({ type: RevokeShareLinkInput, required: true }) },
    resolve: async (_, { input }, context) => ({ shareLink: await readBack(context, await revokeShareLink(context.ports, viewerOf(context), input)) }),
  }),
);
