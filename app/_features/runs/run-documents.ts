import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const RunQuery = graphql(`
  query RunPage($id: ID!) {
    run(id: $id) {
      id name status health { state since reason } seed startedAt endedAt createdAt durationMs deletedAt removedFrom archivedAt userName note parentRunId
      params(first: 1000) { key value }
      metrics(first: 5000) { key last min max count lastStep lastText }
      tags { key value }
      variant { id label role fingerprint runCount changed { kind name from to } }
      experiment { id key name exploratory project { id slug name } baseline { id label } metricKeys viewerCan { edit } }
      codeVersion { repository commit commitUrl branch dirty source }
      capture { recordedAt }
      exit { exitCode signal }
      datasets { id name digest context sourceType source }
      environment { id digest items { key value } }
      excluded { reason at by { id name } }
      children { id name status }
      loggedModels { id name status modelType createdAt }
      threads(first: 50) { totalCount }
      viewerCan { edit comment share }
    }
  }
`);

export type RunDetail = NonNullable<ResultOf<typeof RunQuery>['run']>;

export const RunUpdated = graphql(`subscription RunUpdated($id: ID!) { runUpdated(id: $id) { id status health { state since reason } } }`);

export const ArtifactsQuery = graphql(`
  query RunArtifacts($id: ID!, $path: String) {
    run(id: $id) { id artifacts(path: $path) { path isDirectory size sha256 mediaType url removedAt } }
  }
`);

export type ArtifactItem = NonNullable<ResultOf<typeof ArtifactsQuery>['run']>['artifacts'][number];

export const BaselineCurvesQuery = graphql(`
  query BaselineCurves($key: String!, $metrics: [String!]!, $maxPoints: Int!) {
    experiment(key: $key) { id baseline { id curves(keys: $metrics, maxPoints: $maxPoints) { key curve { xs n mean ciLow ciHigh } } } }
  }
`);

export const UpdateRun = graphql(`mutation UpdateRun($input: UpdateRunInput!) { updateRun(input: $input) { run { id name note archivedAt deletedAt removedFrom } } }`);
export const ExcludeRun = graphql(`mutation ExcludeRun($input: ExcludeRunInput!) { excludeRun(input: $input) { run { id excluded { reason at by { id name } } variant { id runCount } } } }`);
export const IncludeRun = graphql(`mutation IncludeRun($input: IncludeRunInput!) { includeRun(input: $input) { run { id excluded { reason at by { id name } } variant { id runCount } } } }`);
export const MoveRun = graphql(`mutation MoveRun($input: MoveRunInput!) { moveRun(input: $input) { run { id experiment { id key name project { id slug name } } } } }`);
