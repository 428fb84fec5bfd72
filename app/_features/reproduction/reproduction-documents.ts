import { graphql, type ResultOf } from '../../_graphql/graphql.ts';
import type { CaptureQuery } from '../runs/capture-documents.ts';

export const ReproducibilityRateQuery = graphql(`
  query ReproducibilityRate($slug: String!) {
    project(slug: $slug) { id reproducibilityRate { attempted reproduced rate } }
  }
`);

export type Reproduction = NonNullable<ResultOf<typeof CaptureQuery>['run']>['reproductions'][number];
