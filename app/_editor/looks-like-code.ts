/** Lines that only a program has. */
const PROGRAM: readonly RegExp[] = [
  /^(?:from [\w.]+ )?import [\w.*{]/,
  /^\s*(?:async )?def \w+\(/,
  /^\s*class \w+.*:$/,
  /^\s*(?:for|while|if|elif|else|with|try|except|finally)\b.*:\s*(?:#.*)?$/,
  /^\s*[A-Za-z_][\w.]*(?:\[[^\]]*\])?(?:, ?[A-Za-z_]\w*)*\s*(?:[-+*/]|\/\/|\*\*)?=(?!=)\s*\S/,
  /^\s*[A-Za-z_][\w.]*\((?:.*\))?\s*(?:#.*)?$/,
  /^\s*(?:return|raise|yield|assert)\b/,
  /^[%!]{1,2}[a-z]/,
  /^\s*@[A-Za-z_][\w.]*(?:\(.*)?$/,
  /[;{}]\s*$/,
];
/** Lines that stand among them: comments, what goes on from the line before, brackets that close. */
const AMONG: readonly RegExp[] = [/^\s*(?:#|\/\/)/, /^\s{2,}\S/, /^\s*[)\]}]/];

const some = (signs: readonly RegExp[], line: string): boolean => signs.some((sign) => sign.test(line));

/** Whether pasted plain text is a piece of a program, such as a notebook's cell: as Markdown its comments would be headings, as prose its indentation would go. */
export function looksLikeCode(text: string): boolean {
  if (text.length > 200_000 || /^\s*(?:```|~~~)/m.test(text)) return false;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && line.length < 2_000);
  const program = lines.filter((line) => some(PROGRAM, line));
  if (lines.length < 2 || program.length === 0) return false;
  return lines.filter((line) => some(PROGRAM, line) || some(AMONG, line)).length >= lines.length * 0.8;
}

/** Python says what it is. */
export const languageOfCode = (text: string): string | null => (/^\s*(?:(?:async )?def \w+\(|(?:from [\w.]+ )?import \w|class \w+.*:$|(?:elif|with|for) .*:$|print\()/m.test(text) ? 'python' : null);

/** A notebook's page puts the number of a cell before it. */
export const withoutPrompts = (text: string): string => text.replaceAll(/^(?:In )?\[[\d* ]*\]:[ \t]*\r?\n/gm, '');
