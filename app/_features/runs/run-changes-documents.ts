import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const RunChangesQuery = graphql(`
  query RunChanges($id: ID!) {
    run(id: $id) {
      id
      baseline: changed { count warning unknown changed { kind name from to } experiment { id key } variant { id label } run { id name } }
      parent: changed(against: PARENT) { count warning unknown changed { kind name from to } experiment { id key } variant { id label } run { id name } }
    }
  }
`);

export type ShownChanges = NonNullable<NonNullable<ResultOf<typeof RunChangesQuery>['run']>['baseline']>;
