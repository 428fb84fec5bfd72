import type { Viewer } from '../../domain/access/viewer.ts';
import { requireMayKeepTeams, requireOwnTeam } from '../../domain/people/team.ts';
import type { Ports } from '../ports/ports.ts';

/** Ends a team; its people stay, and what was asked of them through it stays asked. */
export async function deleteTeam({ store }: Pick<Ports, 'store'>, viewer: Viewer, teamId: string): Promise<void> {
  requireMayKeepTeams(viewer);
  await store.transaction(async (tx) => {
    const team = await tx.teams.get(teamId);
    requireOwnTeam(viewer, team);
    await tx.teams.delete(team.id);
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: 'team.deleted', subjectKind: 'team', subjectId: team.id, detail: { name: team.name } });
  });
}
