import type { MentionKind } from '../../domain/richtext/mentions.ts';
import type { MentionRecords } from '../../operations/ports/mentions.ts';
import type { Tx } from './tx.ts';

export const mentionRecords = (tx: Tx): MentionRecords => ({
  async replace({ kind, id, subjectId, projectId, authorId, at }, mentions) {
    const kinds = mentions.map((mention) => mention.kind);
    const ids = mentions.map((mention) => mention.id);
    await tx.$executeRaw`
      DELETE FROM mentions WHERE source_id = ${id}
        AND (target_kind, target_id) NOT IN (SELECT * FROM unnest(${kinds}::text[], ${ids}::text[]))`;
    return tx.$queryRaw<{ readonly kind: MentionKind; readonly id: string }[]>`
      INSERT INTO mentions (source_id, source_kind, subject_id, project_id, author_id, target_kind, target_id, created_at)
      SELECT ${id}, ${kind}, ${subjectId}, ${projectId}, ${authorId}, target.kind, target.id, ${at}
      FROM unnest(${kinds}::text[], ${ids}::text[]) AS target (kind, id)
      ON CONFLICT DO NOTHING RETURNING target_kind AS kind, target_id AS id`;
  },
  async remove(sourceId) { await tx.mention.deleteMany({ where: { sourceId } }); },
});
