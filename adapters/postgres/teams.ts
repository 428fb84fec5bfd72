import type { Prisma } from '../../generated/prisma/client.ts';
import type { Team, TeamRecords } from '../../operations/ports/teams.ts';
import type { Tx } from './tx.ts';

const MEMBERS = { members: { select: { personId: true } } } as const satisfies Prisma.TeamInclude;
const teamFrom = ({ id, organizationId, name, members }: Prisma.TeamGetPayload<{ include: typeof MEMBERS }>): Team => ({ id, organizationId, name, memberIds: members.map(({ personId }) => personId) });

export const teamRecords = (tx: Tx): TeamRecords => ({
  async get(id) {
    const row = await tx.team.findUnique({ where: { id }, include: MEMBERS });
    return row && teamFrom(row);
  },
  async byName(organizationId, name) {
    const row = await tx.team.findUnique({ where: { organizationId_name: { organizationId, name } }, include: MEMBERS });
    return row && teamFrom(row);
  },
  async save({ id, organizationId, name, memberIds }) {
    await tx.team.upsert({ where: { id }, create: { id, organizationId, name }, update: { name } });
    await tx.teamMember.deleteMany({ where: { teamId: id } });
    await tx.teamMember.createMany({ data: memberIds.map((personId) => ({ teamId: id, personId })) });
  },
  async delete(id) { await tx.team.delete({ where: { id } }); },
});
