import { mkdirSync } from 'node:fs';
import { freePort } from '../scripts/launch/free-port.ts';
import { startProgram, type Program } from './program.ts';

/** The peer: `fml server` with its defaults, which are SQLite in the folder it is started in. */
export async function startFasttrackml(command: string, folder: string): Promise<Program> {
  mkdirSync(folder, { recursive: true });
  const address = `127.0.0.1:${await freePort()}`;
  return startProgram({ command, args: ['server', '--listen-address', address], env: {}, cwd: folder, url: `http://${address}`, readyPath: '/health' });
}
