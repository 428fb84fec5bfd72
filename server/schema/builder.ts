import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from './page-size.ts';

/** A plain list is priced as if it had this many items; a list or connection with `first` at its page size, up to 200. */
const TYPICAL_LIST = 8;

/** The code-first schema. `npm run schema` prints it to contracts/schema.graphql; test/house keeps the two equal. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
  Scalars: { DateTime: { Input: Date; Output: Date }; JSON: { Input: unknown; Output: unknown }; ID: { Input: string; Output: string } };
}>({
  plugins: [ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: {
    limit: { complexity: 60_000, depth: 16, breadth: 800 },
    defaultComplexity: 1,
    defaultListMultiplier: TYPICAL_LIST,
    complexityError: (kind, result) => {
      const limit = { Complexity: result.maxComplexity, Depth: result.maxDepth, Breadth: result.maxBreadth }[kind];
      const value = { Complexity: result.complexity, Depth: result.depth, Breadth: result.breadth }[kind];
      return new GraphQLError(`The query is too ${{ Complexity: 'costly', Depth: 'deep', Breadth: 'broad' }[kind]}: ${value}, and the limit is ${limit}. Ask for less in one query, or for smaller pages.`, {
        extensions: { code: 'BAD_USER_INPUT', reason: `query/too-${{ Complexity: 'costly', Depth: 'deep', Breadth: 'broad' }[kind]}` },
      });
    },
  },
});

/** What a connection costs: its page size times what each node costs. Sizes that no page may have are refused later, and cannot make a query cheap. */
export const connectionCost = (args: { readonly first?: number | null | undefined }): { field: number; multiplier: number } => ({ field: 1, multiplier: Math.min(Math.max(args.first ?? DEFAULT_PAGE, 1), LARGEST_PAGE) });

builder.queryType();
builder.mutationType();
builder.subscriptionType();
