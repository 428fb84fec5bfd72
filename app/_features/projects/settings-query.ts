import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const SettingsQuery = graphql(`
  query ProjectSettings($slug: String!) {
    project(slug: $slug) {
      id slug key name description restricted policyPreset archivedAt viewerRole
      viewerCan { manage administer } viewerCanReviewRules { editPolicy describeData }
      reviewPolicy { approvals role ownWork ownRuns requiredChecks material ethicsFrom ethicsReviewers { id name email } }
      dataCards { kind name licence personalData consent risk effectiveRisk note } datasetNames
      members { id role person { id name email initials } }
    }
  }
`);

export const UpdateProject = graphql(`mutation UpdateProject($input: UpdateProjectInput!) { updateProject(input: $input) { project { id name description restricted policyPreset archivedAt reviewPolicy { approvals role ownWork ownRuns requiredChecks material ethicsFrom ethicsReviewers { id name email } } } } }`);

export const SetReviewPolicy = graphql(`mutation SetReviewPolicy($input: SetReviewPolicyInput!) { setReviewPolicy(input: $input) { project { id reviewPolicy { approvals role ownWork ownRuns requiredChecks material ethicsFrom ethicsReviewers { id name email } } } } }`);
export const DescribeData = graphql(`mutation DescribeData($input: DescribeDataInput!) { describeData(input: $input) { project { id dataCards { kind name licence personalData consent risk effectiveRisk note } } } }`);

export type SettingsProject = NonNullable<ResultOf<typeof SettingsQuery>['project']>;
