import { badInput, type Refusal } from '../refusal.ts';

export const invalidPath = (): Refusal => badInput('artifact/path', 'Invalid path');

const LONGEST = 1024;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\x00-\x1f\x7f]/;

const ESCAPES = /(?:%[0-9a-f]{2})+/gi;
const ASCII_ESCAPE = /%[0-7][0-9a-f]/gi;

/** As Python's unquote has it: "100%.txt" is a fine name, a sign that starts no encoding stands for itself, and hides nothing that is encoded beside it. */
const unquoted = (text: string): string => text.replace(ESCAPES, (run) => {
  try {
    return decodeURIComponent(run);
  } catch {
    return run.replace(ASCII_ESCAPE, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)));
  }
});

/** Undoes percent-encoding until nothing changes, so that "%252e%252e" cannot hide. */
function decoded(path: string): string {
  let text = path;
  for (let rounds = 0; rounds < 10; rounds += 1) {
    const next = unquoted(text);
    if (next === text) return text;
    text = next;
  }
  throw invalidPath();
}

/**
 * Rule AR1: a path is relative and stays below its owner, whatever it is encoded as. Answers it normalized ("a//b/./c" → "a/b/c"); "" means the owner itself.
 * Refuses, as MLflow's validate_path_is_safe does, "..", absolute paths, back slashes, drive letters, "#" and control characters.
 */
export function artifactPath(given: string): string {
  const checked = decoded(given);
  if (checked.length > LONGEST || CONTROL.test(checked) || checked.includes('#') || checked.includes('\\') || checked.startsWith('/') || /^[a-z]:/i.test(checked)) throw invalidPath();
  if (checked.split('/').includes('..')) throw invalidPath();
  const parts = given.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/');
}

/** Like `artifactPath`, for a file: the owner itself is no file. */
export function artifactFilePath(given: string): string {
  const path = artifactPath(given);
  if (path === '') throw invalidPath();
  return path;
}
