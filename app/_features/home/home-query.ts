import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

/** Everything the first page shows. Running runs and recent verdicts come from all projects the viewer may see. */
export const HomeQuery = graphql(`
  query Home {
    viewer {
      id localMode
      person { id name }
      viewerCan { createProject }
      needs(first: 50) {
        id kind title reason path at dueOn
        experiment { id key hypothesis { id minEffect direction } verdict { id outcome metric effect ciLow ciHigh runsNeeded } }
      }
      news(first: 20) {
        since more
        items {
          at judged outcomeBefore newRuns failedRuns approvals objections comments
          experiment { id key name hypothesis { id minEffect direction } verdict { id outcome metric effect ciLow ciHigh runsNeeded } }
        }
      }
    }
    projects(first: 20) {
      nodes {
        id slug key name archivedAt hypothesisCount runCount activeRunCount
        experiments(first: 12) {
          nodes {
            id key name
            hypothesis { id minEffect direction }
            verdict { id outcome metric effect ciLow ciHigh runsNeeded computedAt }
          }
        }
      }
    }
    runs(filter: "attributes.status = 'RUNNING'", first: 8) {
      totalCount
      nodes { id name seed status health { state reason } startedAt createdAt metrics(first: 24) { key last lastText lastStep count } experiment { id key name hypothesis { id metric } } }
    }
  }
`);

/** Says that the page was seen; asked for by nothing but a person's eyes on it. */
export const LookAtHome = graphql(`mutation LookAtHome($input: LookAtHomeInput!) { lookAtHome(input: $input) { viewer { id } } }`);

export type Home = ResultOf<typeof HomeQuery>;
export type HomeProject = Home['projects']['nodes'][number];
export type HomeExperiment = HomeProject['experiments']['nodes'][number];
export type HomeNeed = Home['viewer']['needs'][number];
export type HomeNews = Home['viewer']['news'];
export type HomeNewsItem = HomeNews['items'][number];

/** True while nobody has used this Lemma: nothing logged, nothing proposed. */
export const isUnused = (home: Home): boolean => home.projects.nodes.every((project) => project.runCount === 0 && project.hypothesisCount === 0);

/** Experiments with a verdict, newest verdict first. */
export const recentVerdicts = (home: Home): HomeExperiment[] =>
  home.projects.nodes.flatMap((project) => project.experiments.nodes)
    .filter((experiment) => experiment.verdict !== null)
    .toSorted((a, b) => (b.verdict?.computedAt ?? '').localeCompare(a.verdict?.computedAt ?? ''));
