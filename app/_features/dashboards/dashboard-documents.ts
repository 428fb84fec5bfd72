import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const DashboardsQuery = graphql(`
  query Dashboards($slug: String!, $weeks: Int!) {
    project(slug: $slug) {
      id slug name
      viewerCan { write }
      dashboards { id name version updatedAt panels { id kind metric direction width height } changedBy { id name } }
      claims { metric direction count }
      funnel { stage count }
      weeks(last: $weeks) { from runs failedRuns runHours comments reviews supported refuted equivalent inconclusive }
    }
  }
`);
export type DashboardProject = NonNullable<ResultOf<typeof DashboardsQuery>['project']>;
export type ShownDashboard = DashboardProject['dashboards'][number];
export type ShownWeek = DashboardProject['weeks'][number];
export type FunnelStep = DashboardProject['funnel'][number];
export type MetricClaim = DashboardProject['claims'][number];

export const BestResultQuery = graphql(`
  query BestResult($slug: String!, $metric: String!, $direction: Direction!) {
    project(slug: $slug) {
      id
      bestResult(metric: $metric, direction: $direction) { metric direction milestones { at standing approved n mean low high words experiment { id key name } } }
    }
  }
`);
export type BestResult = NonNullable<ResultOf<typeof BestResultQuery>['project']>['bestResult'];
export type ShownMilestone = BestResult['milestones'][number];

export const StageQuery = graphql(`
  query HypothesesAtStage($slug: String!, $stage: FunnelStage!) {
    project(slug: $slug) { id hypothesesAtStage(stage: $stage, first: 100) { totalCount nodes { id statement status createdAt } } }
  }
`);

export const SaveDashboard = graphql(`mutation SaveDashboard($input: SaveDashboardInput!) { saveDashboard(input: $input) { dashboard { id name version panels { id kind metric direction width height } } } }`);
export const ChangeDashboard = graphql(`mutation ChangeDashboard($input: ChangeDashboardInput!) { changeDashboard(input: $input) { dashboard { id name version panels { id kind metric direction width height } } } }`);
export const DeleteDashboard = graphql(`mutation DeleteDashboard($input: DeleteDashboardInput!) { deleteDashboard(input: $input) { project { id } } }`);
