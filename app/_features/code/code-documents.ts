import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const CodeQuery = graphql(`
  query CodeOfRun($id: ID!) {
    run(id: $id) {
      id name startedAt createdAt
      experiment { id key name project { id slug name } }
      codeVersion { repository commit commitUrl branch dirty source changes runCount firstUsedAt lastUsedAt }
      capture {
        code {
          onRemote script sourceFiles
          diff { sha256 bytes masked file { path sha256 url } }
          untracked { path bytes sha256 file { sha256 url } } leftOut { path bytes why } submodules { path commit dirty }
        }
      }
    }
  }
`);

export const CodeRunsQuery = graphql(`
  query RunsOfCode($id: ID!, $first: Int!) {
    run(id: $id) {
      id
      codeVersion { runs(first: $first) { totalCount pageInfo { hasNextPage } nodes { id name status startedAt createdAt experiment { id key name } } } }
    }
  }
`);

export const CodeVersionsQuery = graphql(`
  query CodeVersions($slug: String!, $first: Int!) {
    project(slug: $slug) {
      id slug name
      codeVersions(first: $first) {
        totalCount
        pageInfo { hasNextPage }
        nodes { commit branch dirty changes repository runCount firstUsedAt lastUsedAt run { id name } }
      }
    }
  }
`);

export const CodeComparisonQuery = graphql(`
  query CodeComparison($from: ID!, $to: ID!) {
    codeComparison(from: $from, to: $to) {
      relation compareUrl fileCount complete sameFiles
      files { path change formOnly functions { name change } }
      from { id } to { id }
    }
  }
`);

export type CodeRun = NonNullable<ResultOf<typeof CodeQuery>['run']>;
export type CodeVersion = NonNullable<CodeRun['codeVersion']>;
export type CodeCapture = NonNullable<NonNullable<CodeRun['capture']>['code']>;
export type CodeVersionRow = NonNullable<ResultOf<typeof CodeVersionsQuery>['project']>['codeVersions']['nodes'][number];
export type CodeComparison = ResultOf<typeof CodeComparisonQuery>['codeComparison'];
