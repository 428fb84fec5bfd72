import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Everything git tracks or would track: what is written but not added yet must obey as well. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return listed.split('\0').filter(Boolean);
}

export const isSource = (file: string): boolean => /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/.test(file);

/** A small house of planted files, under the real walls and the real lint. Plants stay out of the tree itself: others are working in it. */
export class PlantedHouse implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'lemma-planted-'));

  constructor(files: Readonly<Record<string, string>>) {
    for (const file of ['.dependency-cruiser.cjs', '.oxlintrc.json', 'tsconfig.json', 'package.json']) cpSync(file, join(this.folder, file));
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Cruise {
  readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }[];
  readonly files: ReadonlySet<string>;
}

/** What dependency-cruiser finds in the files and folders named. */
export function cruise(folder: string, names: readonly string[]): Cruise {
  const args = [resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'), ...names, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const report = JSON.parse(outputOf(process.execPath, args, folder)) as { summary: { violations: Cruise['violations'] }; modules: { source: string }[] };
  return { violations: report.summary.violations, files: new Set(report.modules.map((module) => module.source)) };
}

export interface LintFinding {
  readonly code: string;
  readonly message: string;
  readonly filename: string;
}

export function lint(folder: string): readonly LintFinding[] {
  const report = JSON.parse(outputOf(process.execPath, [resolve('node_modules/oxlint/bin/oxlint'), '--format=json'], folder)) as { diagnostics: LintFinding[] };
  return report.diagnostics;
}

/** The output, whatever the exit code says: finding something is not an error here. */
export function outputOf(command: string, args: readonly string[], folder: string): string {
  try {
    return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  } catch (failure) {
    return (failure as { readonly stdout?: string }).stdout ?? '';
  }
}
