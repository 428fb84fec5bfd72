import { prepareGenerated, preparePages } from '../scripts/launch/prepared.ts';

// What the benches import is generated: a fresh clone must make it before they are loaded.
const quiet = { begin: () => {}, end: () => {} };
await prepareGenerated(quiet);
await preparePages(quiet);
await import('./run.ts');
