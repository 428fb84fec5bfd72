import type { Viewer } from '../../domain/access/viewer.ts';
import { nameTaken, requireFewMembers, requireMayKeepTeams, requireOwnTeam, teamName } from '../../domain/people/team.ts';
import { badInput } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import type { Team } from '../ports/teams.ts';

export interface TeamRequest {
  /** The team to change. Null: the one of this name, which is made if there is none. */
  readonly team?: string | null | undefined;
  readonly name: string;
  /** Addresses. */
  readonly members: readonly string[];
}

/** Makes a team of the organization, or says anew what it is called and who is in it. For owners of the organization; the record says who did. */
export async function saveTeam(ports: Pick<Ports, 'store' | 'ids'>, viewer: Viewer, request: TeamRequest): Promise<string> {
  const name = teamName(request.name);
  requireMayKeepTeams(viewer);
  requireFewMembers(request.members);
  return ports.store.transaction(async (tx) => {
    const { organizationId } = viewer;
    const before = await teamToSave(tx, viewer, { team: request.team ?? null, name });
    const team = { id: before?.id ?? ports.ids.next('team'), organizationId, name, memberIds: await memberIdsOf(tx, viewer, request.members) };
    await tx.teams.save(team);
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: before ? 'team.changed' : 'team.made', subjectKind: 'team', subjectId: team.id, detail: { name, members: team.memberIds.length } });
    return team.id;
  });
}

async function teamToSave(tx: Transaction, viewer: Viewer, { team, name }: { readonly team: string | null; readonly name: string }): Promise<Team | null> {
  const named = await tx.teams.byName(viewer.organizationId, name);
  if (team === null) return named;
  const given = await tx.teams.get(team);
  requireOwnTeam(viewer, given);
  if (named && named.id !== given.id) throw nameTaken(name);
  return given;
}

async function memberIdsOf(tx: Transaction, { organizationId }: Viewer, addresses: readonly string[]): Promise<readonly string[]> {
  const emails = [...new Set(addresses.map((email) => email.trim().toLowerCase()))];
  const here = (await tx.people.byEmails(emails)).filter((person) => person.organizationId === organizationId && !person.disabledAt);
  const missing = emails.find((email) => here.every((person) => person.email !== email));
  if (missing !== undefined) throw badInput('team/unknown-person', `Nobody here has the address ${missing}. Invite them first.`);
  return here.map(({ id }) => id);
}
