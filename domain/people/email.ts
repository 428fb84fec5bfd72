import { badInput } from '../refusal.ts';

const EMAIL = /^[^\s@"<>(),;:\\]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/** An e-mail address as it is kept: trimmed, in lower case. */
export function checkEmail(text: string): string {
  const email = text.trim().toLowerCase();
  if (email.length > 254 || !EMAIL.test(email)) throw badInput('person/email', 'This is not an e-mail address. It looks like ada@example.org.');
  return email;
}
