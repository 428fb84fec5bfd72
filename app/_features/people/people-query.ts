import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const PeopleQuery = graphql(`
  query People {
    viewer {
      id localMode signedIn organizationRole
      person { id }
      viewerCan { invite manageOrganization }
      organization {
        id name
        people(first: 200) { id name email initials organizationRole disabled createdAt }
        teams { id name members { id name email } }
        invitations { id email role expiresAt createdAt project { id slug name } }
      }
    }
    projects(first: 100) { nodes { id slug name viewerCan { administer } } }
  }
`);

export const InvitePerson = graphql(`mutation InvitePerson($input: InvitePersonInput!) { invitePerson(input: $input) { url invitation { id email } } }`);
export const MakeResetLink = graphql(`mutation MakeResetLink($input: ResetPasswordInput!) { resetPassword(input: $input) { url } }`);

export const WithdrawInvitation = graphql(`mutation WithdrawInvitation($input: WithdrawInvitationInput!) { withdrawInvitation(input: $input) { invitationId } }`);
export const DisablePerson = graphql(`mutation DisablePerson($input: DisablePersonInput!) { disablePerson(input: $input) { person { id disabled } } }`);
export const EnablePerson = graphql(`mutation EnablePerson($input: EnablePersonInput!) { enablePerson(input: $input) { person { id disabled } } }`);

export const SaveTeam = graphql(`mutation SaveTeam($input: SaveTeamInput!) { saveTeam(input: $input) { team { id name members { id name email } } } }`);
export const DeleteTeam = graphql(`mutation DeleteTeam($input: DeleteTeamInput!) { deleteTeam(input: $input) { teamId } }`);

type PeopleData = ResultOf<typeof PeopleQuery>;
export type OrganizationPerson = PeopleData['viewer']['organization']['people'][number];
export type OpenInvitation = PeopleData['viewer']['organization']['invitations'][number];
export type OrganizationTeam = PeopleData['viewer']['organization']['teams'][number];
