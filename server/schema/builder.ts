import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import RelayPlugin from '@pothos/plugin-relay';
import type { Context } from '../context.ts';

/** The code-first schema. `npm run schema` prints it to contracts/schema.graphql; test/house keeps the two equal. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Scalars: { DateTime: { Input: Date; Output: Date }; JSON: { Input: unknown; Output: unknown }; ID: { Input: string; Output: string } };
}>({
  plugins: [ComplexityPlugin, RelayPlugin],
  defaultFieldNullability: false,
  relay: { clientMutationId: 'omit', cursorType: 'String', edgesFieldOptions: { nullable: false }, nodeFieldOptions: { nullable: false }, nodeQueryOptions: false, nodesQueryOptions: false },
  complexity: { limit: { complexity: 20_000, depth: 14, breadth: 600 }, defaultComplexity: 1, defaultListMultiplier: 5 },
});
builder.queryType();
builder.mutationType();
builder.subscriptionType();
