import type { Prisma } from '../../../generated/prisma/client.ts';
import { deleteTeam } from '../../../operations/people/delete-team.ts';
import { saveTeam } from '../../../operations/people/save-team.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { PersonRef } from '../types.ts';
import { OrganizationRef } from './organization.ts';

const MOST_TEAMS = 200;

interface TeamRow { readonly id: string; readonly name: string; readonly members: readonly { readonly person: Prisma.PersonModel }[] }
const TeamRef = builder.objectRef<TeamRow>('Team').implement({
  description: 'People who are asked together.',
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name', { description: 'Unique in the organization; a review is asked of it by this name.' }),
    members: t.field({ type: [PersonRef], description: 'By name.', resolve: ({ members }) => members.map(({ person }) => person) }),
  }),
});

const teamsOf = (context: Context, where: Prisma.TeamWhereInput): Promise<TeamRow[]> =>
  context.reader.team.findMany({ where, orderBy: { name: 'asc' }, take: MOST_TEAMS, include: { members: { include: { person: true }, orderBy: { person: { name: 'asc' } } } } });

builder.objectField(OrganizationRef, 'teams', (t) => t.field({ type: [TeamRef], description: `By name; at most ${MOST_TEAMS}.`, resolve: ({ id }, _, context) => teamsOf(context, { organizationId: id }) }));

const SaveTeamInput = builder.inputType('SaveTeamInput', {
  fields: (t) => ({
    team: t.id({ description: 'The team to change; without it the team of this name, which is made if there is none.' }),
    name: t.string({ required: true }),
    members: t.stringList({ required: true, description: 'Addresses of all who are in it from now on.' }),
  }),
});
const SaveTeamPayload = builder.objectRef<{ readonly team: TeamRow }>('SaveTeamPayload').implement({ fields: (t) => ({ team: t.field({ type: TeamRef, resolve: ({ team }) => team }) }) });

builder.mutationField('saveTeam', (t) => t.field({
  type: SaveTeamPayload,
  description: 'Makes a team, or says anew what it is called and who is in it. Owners of the organization only.',
  args: { input: t.arg({ type: SaveTeamInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const id = await saveTeam(context.ports, viewerOf(context), input);
    const [team] = await teamsOf(context, { id });
    if (!team) throw new Error('the team that was saved is not there');
    return { team };
  },
}));

const DeleteTeamInput = builder.inputType('DeleteTeamInput', { fields: (t) => ({ team: t.id({ required: true }) }) });
const DeleteTeamPayload = builder.objectRef<{ readonly teamId: string }>('DeleteTeamPayload').implement({
  description: 'teamId: the team that is gone',
  fields: (t) => ({ teamId: t.exposeID('teamId') }),
});

builder.mutationField('deleteTeam', (t) => t.field({
  type: DeleteTeamPayload,
  description: 'Ends a team. Its people stay, and reviews asked of it stay asked of them. Owners of the organization only.',
  args: { input: t.arg({ type: DeleteTeamInput, required: true }) },
  resolve: async (_, { input: { team } }, context) => {
    await deleteTeam(context.ports, viewerOf(context), team);
    return { teamId: team };
  },
}));
