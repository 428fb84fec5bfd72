import { rolesFrom } from '../../domain/access/viewer.ts';
import type { ProjectRecords } from '../../operations/ports/projects.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

export function projectRecords(tx: Prisma.TransactionClient): ProjectRecords {
  return {
    get: (id) => tx.project.findUnique({ where: { id } }),
    bySlug: (slug) => tx.project.findUnique({ where: { slug } }),
    async keysLike(prefix) {
      const rows = await tx.project.findMany({ where: { key: { startsWith: prefix } }, select: { key: true } });
      return new Set(rows.map(({ key }) => key));
    },
    async insert(project) {
      await tx.project.create({ data: project });
    },
    async update({ id, ...project }) {
      await tx.project.update({ where: { id }, data: project });
    },
    async nextNumber(projectId) {
      const { lastNumber } = await tx.project.update({ where: { id: projectId }, data: { lastNumber: { increment: 1 } }, select: { lastNumber: true } });
      return lastNumber;
    },
    async setRole(projectId, personId, role) {
      await tx.membership.upsert({ where: { projectId_personId: { projectId, personId } }, create: { projectId, personId, role }, update: { role } });
    },
    async removeMember(projectId, personId) {
      return (await tx.membership.deleteMany({ where: { projectId, personId } })).count > 0;
    },
    async roleOf(projectId, personId) {
      return (await tx.membership.findUnique({ where: { projectId_personId: { projectId, personId } } }))?.role ?? null;
    },
    async rolesOf(personId) {
      const rows = await tx.membership.findMany({ where: { personId }, select: { projectId: true, role: true } });
      return rolesFrom(rows);
    },
  };
}
