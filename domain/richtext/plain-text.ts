import { badInput, type RefusalCode } from '../refusal.ts';

/** What a field may hold. */
export interface TextRule {
  /** Namespace of the refusals: "hypothesis/statement" refuses with "hypothesis/statement-empty", "-too-long" or "-unprintable". */
  readonly code: RefusalCode;
  /** The field's name in a sentence: "The statement". */
  readonly name: string;
  readonly maxLength: number;
}

/** The text without surrounding blanks, or null when nothing is left. Refuses U+0000, which no record can hold, and what is too long. Nothing else is changed. */
export function optionalText(given: string | null | undefined, rule: TextRule): string | null {
  const text = (given ?? '').trim();
  if (text === '') return null;
  if (text.includes('\u0000')) throw badInput(`${rule.code}-unprintable`, `${rule.name} holds the character U+0000, which cannot be kept.`);
  if (text.length > rule.maxLength) throw badInput(`${rule.code}-too-long`, `${rule.name} has ${text.length} characters; at most ${rule.maxLength} are kept.`);
  return text;
}

/** As {@link optionalText}, and refuses what is empty. */
export function requiredText(given: string | null | undefined, rule: TextRule): string {
  const text = optionalText(given, rule);
  if (text === null) throw badInput(`${rule.code}-empty`, `${rule.name} is empty. Write it, then try again.`);
  return text;
}

/** A name on one line. Marks that turn the direction of writing are taken out, so that it cannot rearrange what stands around it. */
export const onOneLine = (given: string): string => given.replaceAll(/[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu, '').replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
