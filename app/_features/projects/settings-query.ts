import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const SettingsQuery = graphql(`
  query ProjectSettings($slug: String!) {
    project(slug: $slug) {
      id slug key name description restricted policyPreset archivedAt viewerRole
      viewerCan { manage administer }
      members { id role person { id name email initials } }
    }
  }
`);

export const UpdateProject = graphql(`mutation UpdateProject($input: UpdateProjectInput!) { updateProject(input: $input) { project { id name description restricted policyPreset archivedAt } } }`);

export type SettingsProject = NonNullable<ResultOf<typeof SettingsQuery>['project']>;
