import { graphql } from '../../_graphql/graphql.ts';

export const FileRuleQuery = graphql(`query FileRule($slug: String!) { project(slug: $slug) { id fileDays } }`);
export const FileRuleTry = graphql(`query FileRuleTry($slug: String!, $days: Int!) { project(slug: $slug) { id fileRuleTry(days: $days) { files bytes } } }`);
export const SetFileRule = graphql(`mutation SetFileRule($input: SetFileRuleInput!) { setFileRule(input: $input) { project { id fileDays } } }`);
