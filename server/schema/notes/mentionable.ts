import { containing, startingWith } from '../../../domain/search/search-text.ts';
import { cutAtWord } from '../../../domain/richtext/excerpt.ts';
import { MENTION_KINDS, type MentionKind } from '../../../domain/richtext/mentions.ts';
import { notFound } from '../../../domain/refusal.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder } from '../builder.ts';
import { pageSize } from '../page-size.ts';
import { mentionableMetrics } from './mentionable-metrics.ts';

interface Mentionable { readonly kind: MentionKind; readonly id: string; readonly label: string; readonly detail: string | null }

const KIND_NAMES = ['PERSON', 'EXPERIMENT', 'RUN', 'HYPOTHESIS', 'METRIC'] as const;
const MentionKindEnum = builder.enumType('MentionKind', { values: KIND_NAMES });
const named = (kind: MentionKind): (typeof KIND_NAMES)[number] => KIND_NAMES[MENTION_KINDS.indexOf(kind)] ?? 'PERSON';

const MentionableRef = builder.objectRef<Mentionable>('Mentionable').implement({
  description: 'What can be mentioned with @ or #.',
  fields: (t) => ({
    kind: t.field({ type: MentionKindEnum, resolve: ({ kind }) => named(kind) }),
    id: t.exposeID('id', { description: "A metric's is its experiment's id, a slash and its key." }),
    label: t.exposeString('label'),
    detail: t.exposeString('detail', { nullable: true }),
  }),
});

const MOST = 20;
const MOST_TEXT = 100;
/** A statement as a label; cut at a word. */
const MOST_LABEL = 80;

interface Asked { readonly text: string; readonly projectIds: string[]; readonly take: number; readonly about: string | null }

/** Each kind in one query; those that begin with the text come first. */
const LOOKS: Readonly<Record<(typeof KIND_NAMES)[number], (context: Context, asked: Asked) => Promise<readonly Mentionable[]>>> = {
  PERSON: (context, { text, take }) => context.reader.$queryRaw`
    SELECT 'person' AS kind, id, '@' || name AS label, email AS detail FROM people
    WHERE organization_id = ${viewerOf(context).organizationId} AND disabled_at IS NULL AND (name ILIKE ${containing(text)} OR email ILIKE ${startingWith(text)})
    ORDER BY name NOT ILIKE ${startingWith(text)}, name, id LIMIT ${take}`,
  EXPERIMENT: ({ reader }, { text, projectIds, take }) => reader.$queryRaw`
    SELECT 'experiment' AS kind, e.id, p.key || '-' || e.number AS label, e.name AS detail FROM experiments e JOIN projects p ON p.id = e.project_id
    WHERE e.project_id = ANY(${projectIds}) AND e.deleted_at IS NULL AND (e.name ILIKE ${containing(text)} OR p.key || '-' || e.number ILIKE ${startingWith(text)})
    ORDER BY p.key || '-' || e.number NOT ILIKE ${startingWith(text)}, e.created_at DESC, e.id LIMIT ${take}`,
  HYPOTHESIS: async ({ reader }, { text, projectIds, take }) => (await reader.$queryRaw<Mentionable[]>`
    SELECT 'hypothesis' AS kind, id, left(statement, ${MOST_LABEL + 1}) AS label, lower(status::text) AS detail FROM hypotheses
    WHERE project_id = ANY(${projectIds}) AND archived_at IS NULL AND statement ILIKE ${containing(text)} ORDER BY created_at DESC, id LIMIT ${take}`).map((found) => ({ ...found, label: cutAtWord(found.label, MOST_LABEL) })),
  RUN: ({ reader }, { text, projectIds, take }) => reader.$queryRaw`
    SELECT 'run' AS kind, r.id, r.name AS label, p.key || '-' || e.number || ' ' || e.name AS detail
    FROM search_documents d JOIN runs r ON r.id = d.subject_id JOIN experiments e ON e.id = r.experiment_id JOIN projects p ON p.id = e.project_id
    WHERE d.project_id = ANY(${projectIds}) AND d.subject_kind = 'run' AND d.title ILIKE ${containing(text)} AND r.deleted_at IS NULL
    ORDER BY d.updated_at DESC, r.id LIMIT ${take}`,
  METRIC: mentionableMetrics,
};

builder.queryField('mentionable', (t) => t.field({
  type: [MentionableRef],
  description: 'What begins with or contains a text, of the kinds asked for, in the order of the kinds; an empty text offers the newest.',
  args: { text: t.arg.string({ required: true }), project: t.arg.string({ description: 'Slug: only things of this project, and people.' }), kinds: t.arg({ type: [MentionKindEnum] }), about: t.arg.id({ description: 'What is written about, or the note or thread it is written in: the metrics of that experiment come first.' }), first: t.arg.int({ defaultValue: 8 }) },
  complexity: 10,
  resolve: async (_, { text, project, kinds, about, first }, context) => {
    const visible = visibleProjects(viewerOf(context));
    const projects = await context.reader.project.findMany({ where: project ? { AND: [visible, { slug: project }] } : visible, select: { id: true } });
    if (project && projects.length === 0) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
    const asked: Asked = { text: text.trim().replace(/^[@#]/, '').slice(0, MOST_TEXT), projectIds: projects.map(({ id }) => id), take: pageSize(first, MOST), about: about ?? null };
    const found = await Promise.all(KIND_NAMES.filter((kind) => !kinds || kinds.includes(kind)).map((kind) => LOOKS[kind](context, asked)));
    // One of each kind before the second of any: a common word does not hide the people.
    return Array.from({ length: asked.take }, (__, at) => found.flatMap((list) => list.slice(at, at + 1))).flat().slice(0, asked.take);
  },
}));
