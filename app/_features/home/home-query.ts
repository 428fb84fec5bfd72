import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

/** Everything the first page shows. Running runs and recent verdicts come from all projects the viewer may see. */
export const HomeQuery = graphql(`
  query Home {
    viewer {
      id localMode
      person { id name }
      viewerCan { createProject }
      actionItems(first: 20) { id body dueOn createdAt meeting { id title } }
      reviewRequests(first: 20) {
        id createdAt
        requestedBy { id name initials }
        experiment { id key name hypothesis { id minEffect direction } verdict { id outcome metric effect ciLow ciHigh runsNeeded } }
      }
    }
    projects(first: 20) {
      nodes {
        id slug key name archivedAt experimentCount hypothesisCount runCount activeRunCount
        viewerCan { write }
        experiments(first: 12) {
          nodes {
            id key name exploratory runCount createdAt updatedAt approval staleReason
            owner { id name initials }
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

export type Home = ResultOf<typeof HomeQuery>;
export type HomeProject = Home['projects']['nodes'][number];
export type HomeExperiment = HomeProject['experiments']['nodes'][number];
export type HomeReview = Home['viewer']['reviewRequests'][number];
export type HomeAction = Home['viewer']['actionItems'][number];
export type HomeRun = Home['runs']['nodes'][number];

/** True while nobody has used this Lemma: nothing logged, nothing proposed. */
export const isUnused = (home: Home): boolean => home.projects.nodes.every((project) => project.runCount === 0 && project.hypothesisCount === 0);

/** Experiments with a verdict, newest verdict first. */
export const recentVerdicts = (home: Home): HomeExperiment[] =>
  home.projects.nodes.flatMap((project) => project.experiments.nodes)
    .filter((experiment) => experiment.verdict !== null)
    .toSorted((a, b) => (b.verdict?.computedAt ?? '').localeCompare(a.verdict?.computedAt ?? ''));

export const staleApprovals = (home: Home): HomeExperiment[] =>
  home.projects.nodes.flatMap((project) => project.experiments.nodes).filter((experiment) => experiment.approval === 'STALE');

/** Experiments that run without a hypothesis, newest first: the next thing to write. */
export const withoutHypothesis = (home: Home): HomeExperiment[] =>
  home.projects.nodes.filter((project) => project.viewerCan.write)
    .flatMap((project) => project.experiments.nodes)
    .filter((experiment) => experiment.exploratory && experiment.runCount > 0)
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
