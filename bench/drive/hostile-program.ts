import { setPriority } from 'node:os';
import { HOSTILES } from './hostile-clients.ts';

/** A hostile client as a process of its own: `node hostile-program.ts NAME URL RUN`, until it is killed. */
const [name = '', url = '', runId = ''] = process.argv.slice(2);
// As if it were on a machine of its own: what it takes of these cores itself is not the question.
setPriority(19);
process.once('disconnect', () => process.exit(0));
await HOSTILES[name]?.({ url, runId }, new AbortController().signal);
