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
        invitations { id email role expiresAt createdAt project { id slug name } }
      }
    }
    projects(first: 100) { nodes { id slug name viewerCan { administer } } }
  }
`);

export const InvitePerson = graphql(`mutation InvitePerson($input: InvitePersonInput!) { invitePerson(input: $input) { url invitation { id email } } }`);
export const MakeResetLink = graphql(`mutation MakeResetLink($input: ResetPasswordInput!) { resetPassword(input: $input) { url } }`);

export type PeopleData = ResultOf<typeof PeopleQuery>;
export type OrganizationPerson = PeopleData['viewer']['organization']['people'][number];
