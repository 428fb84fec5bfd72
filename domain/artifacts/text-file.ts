/** Ends of names whose files are read as lines of text. */
export const TEXT_ENDS: ReadonlySet<string> = new Set([
  'txt', 'log', 'out', 'err', 'md', 'markdown', 'rst', 'csv', 'tsv', 'json', 'jsonl', 'geojson', 'ipynb', 'yaml', 'yml', 'toml', 'ini', 'cfg', 'conf', 'env', 'properties', 'lock', 'mlmodel', 'xml', 'html', 'htm', 'css',
  'patch', 'diff', 'py', 'pyi', 'ts', 'tsx', 'js', 'mjs', 'jsx', 'sh', 'bash', 'sql', 'r', 'jl', 'c', 'h', 'cc', 'cpp', 'hpp', 'cu', 'rs', 'go', 'java', 'kt', 'scala', 'rb', 'lua', 'proto', 'tf',
]);

/** Names without an end that are text all the same. */
export const TEXT_NAMES: ReadonlySet<string> = new Set(['mlmodel', 'readme', 'license', 'dockerfile', 'makefile', 'requirements', 'stdout', 'stderr']);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

/** What follows the last dot of a file's name, in small letters; null for a name without one. */
export function endOf(path: string): string | null {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1) : null;
}

/** Whether a file is text, judged by its name: the media type that a client sends is often only a guess. */
export function isTextFile(path: string): boolean {
  const end = endOf(path);
  return end === null ? TEXT_NAMES.has(nameOf(path)) : TEXT_ENDS.has(end);
}
