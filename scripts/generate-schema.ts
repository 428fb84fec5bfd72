import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareGenerated } from './launch/prepared.ts';
import { REPOSITORY } from './launch/repository.ts';

/** Writes contracts/schema.graphql from the server's own schema, and the types the pages take from it. */
const progress = { begin: (sentence: string) => console.log(`${sentence} …`), end: () => {} };
await prepareGenerated(progress);
const { lexicographicSortSchema, printSchema } = await import('graphql');
const { schema } = await import('../server/schema/schema.ts');
writeFileSync(join(REPOSITORY, 'contracts', 'schema.graphql'), `${printSchema(lexicographicSortSchema(schema))}\n`);
await prepareGenerated(progress);
console.log('contracts/schema.graphql is what the server speaks.');
process.exit(0);
