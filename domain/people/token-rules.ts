import { badInput } from '../refusal.ts';

export function checkTokenName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 100) throw badInput('token/name', 'Name the token after what will use it, in 1 to 100 characters.');
  return name;
}

/** Null for a token that never expires. */
export function checkTokenExpiry(expiresAt: Date | null | undefined, now: Date): Date | null {
  if (!expiresAt) return null;
  if (expiresAt <= now) throw badInput('token/expiry', 'The expiry must be in the future.');
  return expiresAt;
}
