import { Client } from 'pg';
import { FRAME_POINTS, Training } from './fast-door.ts';

const FRAMES_A_COMMIT = 8;
/** A parameter a frame, not an array of them: the driver sends those as they are, and arrays as text. */
const INSERT = `INSERT INTO passed VALUES ${Array.from({ length: FRAMES_A_COMMIT }, (_, at) => `($${at + 1})`).join(', ')}`;

/** Points a second that get into Postgres when nothing stands between: frames as they are, a row each, in group commits of two connections; no HTTP, no reading, no rights, no summaries. */
export async function passThrough(databaseUrl: string, streams: number, durationMs: number): Promise<number> {
  const connections = [new Client({ connectionString: databaseUrl }), new Client({ connectionString: databaseUrl })];
  await Promise.all(connections.map((connection) => connection.connect()));
  try {
    await connections[0]?.query('CREATE TABLE passed (data BYTEA NOT NULL); ALTER TABLE passed ALTER COLUMN data SET STORAGE EXTERNAL');
    const trainings = Array.from({ length: streams }, (_, seed) => new Training(seed));
    const began = performance.now();
    const until = began + durationMs;
    let [turn, points] = [0, 0];
    const next = (): Uint8Array => (trainings[(turn += 1) % streams] ?? new Training(0)).frame();
    await Promise.all(connections.map(async (connection) => {
      while (performance.now() < until) {
        await connection.query({ name: 'pass', text: INSERT, values: Array.from({ length: FRAMES_A_COMMIT }, () => Buffer.from(next().buffer)) });
        points += FRAMES_A_COMMIT * FRAME_POINTS;
      }
    }));
    return (points * 1000) / (performance.now() - began);
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}
