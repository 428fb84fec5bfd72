import { conflict } from '../refusal.ts';

/** The demo project's loading; kept as the installation's setting "demo". */
export interface Demo {
  readonly state: 'ABSENT' | 'RUNNING' | 'READY' | 'FAILED';
  /** Trainings done, of trainings planned. */
  readonly done: number;
  readonly total: number;
  /** What it is doing, or why it failed. */
  readonly message: string | null;
}

export const NO_DEMO: Demo = { state: 'ABSENT', done: 0, total: 0, message: null };

/** A demo that failed may be started again: trainings that are finished are kept. */
export function started(demo: Demo): Demo {
  if (demo.state === 'RUNNING') throw conflict('demo/running', 'The demo is already training. Its progress is on the first page.');
  if (demo.state === 'READY') throw conflict('demo/loaded', 'The demo is already loaded: it is the project Digits.');
  return { state: 'RUNNING', done: 0, total: 0, message: 'Starting' };
}

export const progressed = (done: number, total: number, message: string): Demo => ({ state: 'RUNNING', done, total, message });

export const finished = (demo: Demo): Demo => ({ ...demo, state: 'READY', message: null });

export const failed = (demo: Demo, why: string): Demo => ({ ...demo, state: 'FAILED', message: why });

/** Reads what an earlier version or a hand may have written. */
export function demoFrom(stored: unknown): Demo {
  if (typeof stored !== 'object' || stored === null) return NO_DEMO;
  const { state, done, total, message } = stored as Partial<Demo>;
  if (state !== 'RUNNING' && state !== 'READY' && state !== 'FAILED') return NO_DEMO;
  return { state, done: Number(done ?? 0), total: Number(total ?? 0), message: message ?? null };
}
