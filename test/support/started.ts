import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Running } from '../../scripts/launch/data-folder.ts';
import { eventually } from './lemma-client.ts';

/** What a person typed, still running or ended. */
export interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** A command line; `npm start` when nothing else is said. */
export interface Typed {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly account?: { readonly uid: number; readonly gid: number } | null;
}

export interface CommandLine {
  /** New in each test, and removed after it. */
  dataFolder(): string;
  start(env: Readonly<Record<string, string>>, typed?: Typed): Started;
  /** What `running.json` says. */
  whoRan(): Running;
}

/** Types commands as a person would; what still runs after a test is stopped. */
export function commandLine(): CommandLine {
  let dataFolder: string;
  let started: Started[];
  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'lemma-start-'));
    started = [];
  });
  afterEach(async () => {
    for (const { process: launcher, ended } of started) {
      launcher.kill('SIGTERM');
      await ended;
    }
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return {
    dataFolder: () => dataFolder,
    whoRan: () => JSON.parse(readFileSync(join(dataFolder, 'running.json'), 'utf8')) as Running,
    start: (env, { command, args, cwd, account } = { command: 'npm', args: ['start'] }) => {
      const launcher = spawn(command, args, {
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LEMMA_PAGES: '0', LEMMA_DATA: dataFolder, ...env } as unknown as NodeJS.ProcessEnv,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(cwd === undefined ? {} : { cwd }),
        ...(account ? { uid: account.uid, gid: account.gid } : {}),
      });
      let output = '';
      for (const stream of [launcher.stdout, launcher.stderr]) stream.on('data', (part: Buffer) => { output += part.toString(); });
      const one: Started = { process: launcher, output: () => output, ended: new Promise((resolve) => launcher.once('close', resolve)) };
      started.push(one);
      return one;
    },
  };
}

export const isReady = ({ output }: Started): Promise<string> => eventually(async () => output(), (text) => text.includes('Lemma ready at'));
