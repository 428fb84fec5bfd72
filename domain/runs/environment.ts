/** The software a run used, as far as it is known. */
export interface EnvironmentContent {
  /** Interpreter version: "3.11.2". */
  readonly python?: string;
  /** Package name to version, names as PyPI normalizes them (PEP 503). */
  readonly packages: Readonly<Record<string, string>>;
}

const PINNED = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*={2,3}\s*([^\s;#]+)/;

/** Reads what `pip freeze` and MLflow write; only exact pins say what was used. */
export function readRequirements(text: string): EnvironmentContent {
  const packages = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = PINNED.exec(line);
    if (match?.[1] && match[2]) packages.set(match[1].toLowerCase().replace(/[-_.]+/g, '-'), match[2]);
  }
  return { packages: sorted(packages) };
}

/** Reads the interpreter's version from MLflow's python_env.yaml ("python: 3.11.2"). */
export function readPythonEnvironment(text: string): EnvironmentContent {
  const version = /^python:\s*["']?([0-9][\w.+-]*)/m.exec(text)?.[1];
  return version === undefined ? { packages: {} } : { python: version, packages: {} };
}

/** Both what was known and what is added; what is added wins. */
export function joinEnvironments(before: EnvironmentContent, added: EnvironmentContent): EnvironmentContent {
  const python = added.python ?? before.python;
  return { ...(python === undefined ? {} : { python }), packages: sorted(new Map([...Object.entries(before.packages), ...Object.entries(added.packages)])) };
}

/** One text for equal environments, to be digested. */
export const environmentText = ({ python, packages }: EnvironmentContent): string => JSON.stringify([python ?? null, Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))]);

const sorted = (packages: ReadonlyMap<string, string>): Readonly<Record<string, string>> => Object.fromEntries([...packages].toSorted(([a], [b]) => (a < b ? -1 : 1)));
