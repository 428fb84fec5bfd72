import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export interface Row {
  readonly what: string;
  readonly measured: string;
  /** A ratio against a named peer in the same run, or a limit; empty when there is none. */
  readonly against: string;
}

/** Prints rows as they come, and writes bench/RESULTS.md at the end. */
export class Report {
  readonly #rows: Row[] = [];

  add(row: Row): void {
    this.#rows.push(row);
    process.stdout.write(`${row.what.padEnd(64)} ${row.measured.padEnd(30)} ${row.against}\n`);
  }

  write(quick: boolean, notes: readonly string[]): void {
    const lines = [
      '# Measured',
      '',
      `\`npm run bench${quick ? ' -- --quick' : ''}\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.version}, commit ${commit()}.`,
      'fsync and synchronous_commit are on. Server, Postgres, peer and load generator share these cores.',
      '',
      '| what | measured | against |',
      '|---|---|---|',
      ...this.#rows.map(({ what, measured, against }) => `| ${what} | ${measured} | ${against} |`),
      '',
      ...notes,
      '',
    ];
    writeFileSync(new URL('RESULTS.md', import.meta.url), lines.join('\n'));
  }
}

const commit = (): string => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();

/** The version of an npm package of ours. */
export const versionOf = (name: string): string => (JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')) as { version: string }).version;

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`;
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en-US')} points/s`;
export const times = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} times`;
