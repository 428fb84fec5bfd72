import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Lemma, type ProcessName } from '../../scripts/launch/lemma.ts';
import { readSettings } from '../../scripts/launch/settings.ts';

/** A whole Lemma of one's own: real Postgres, nats-server, server and workers, started as `npm start` starts them. */
export interface Stack extends Pick<Lemma, 'url' | 'grpcAddress' | 'databaseUrl' | 'natsUrl' | 'whenReady' | 'stop'> {
  readonly dataFolder: string;
  /** SIGKILL, and answers when the process is gone. The launcher starts it again by itself, a moment later. */
  kill(name: ProcessName): Promise<void>;
  /** Asks the process to end, as an upgrade would, and starts it again. */
  restart(name: ProcessName): Promise<void>;
}

export interface StackOptions {
  /** More variables for the server and the workers. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether pages are built and served: for the browser layer; building takes a while. */
  readonly pages?: boolean;
  /** An existing data folder, which then stays; otherwise one is made and removed with the stack. */
  readonly dataFolder?: string;
}

const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LEMMA_NATS_SERVER', 'LEMMA_PAGES_FOLDER'] as const;

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'lemma-stack-'));
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));
  const said: string[] = [];
  const reporter = { begin: (sentence: string) => said.push(sentence), end: (sentence: string) => said.push(sentence), say: (sentence: string) => said.push(sentence) };
  const settings = { ...readSettings({ ...inherited, LEMMA_DATA: dataFolder, LEMMA_PAGES: options.pages ? '1' : '0', ...options.env }), port: 0 };
  const lemma = await launch(settings, reporter);
  const processOf = (name: ProcessName) => {
    const found = lemma.processes.get(name);
    if (!found) throw new Error(`There is no process "${name}" in this stack.`);
    return found;
  };
  return {
    url: lemma.url,
    grpcAddress: lemma.grpcAddress,
    databaseUrl: lemma.databaseUrl,
    natsUrl: lemma.natsUrl,
    dataFolder,
    whenReady: lemma.whenReady,
    kill: async (name) => {
      const { child } = processOf(name);
      child?.kill('SIGKILL');
      await child?.exited;
    },
    restart: (name) => processOf(name).restart(),
    stop: async () => {
      await lemma.stop();
      if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
