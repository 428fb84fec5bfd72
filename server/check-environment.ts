import { EnvProblem, readEnv } from './env.ts';

/** What the launcher asks before it starts anything: nothing but whether the server would take this environment. Says what is wrong in plain words, with the code that sysexits.h has for it. */
try {
  readEnv();
} catch (error) {
  if (!(error instanceof EnvProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 78;
}
