import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema, lexicographicSortSchema } from 'graphql';

/** What the browser's typed queries and cache need, from the committed contract. gql.tada's own command line needs a compiler API that TypeScript 7 has not. */
const schema = lexicographicSortSchema(buildSchema(readFileSync('contracts/schema.graphql', 'utf8')));
const introspection = minifyIntrospection(introspectionFromSchema(schema));
mkdirSync('generated', { recursive: true });
writeFileSync('generated/graphql-env.d.ts', outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true }));
writeFileSync('generated/introspection.json', JSON.stringify(introspection));
