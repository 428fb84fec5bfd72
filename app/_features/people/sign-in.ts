'use client';

/** The answer of the account door: done, or the sentence to show. */
export type SignInResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

const SENTENCES: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'That e-mail address and password do not belong together.',
  USER_ALREADY_EXISTS: 'There is an account with this e-mail address. Sign in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this e-mail address. Sign in instead.',
  PASSWORD_TOO_SHORT: 'The password needs at least 8 characters.',
  PASSWORD_TOO_LONG: 'The password is too long: 200 characters at most.',
  INVALID_EMAIL: 'This is not an e-mail address.',
  INVALID_TOKEN: 'This link was used already or has run out. Ask for a new one.',
};

async function post(path: string, body: object): Promise<SignInResult> {
  try {
    const response = await fetch(`/api/auth${path}`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (response.ok) return { ok: true };
    const problem = (await response.json().catch(() => ({}))) as { code?: unknown; message?: unknown };
    const code = typeof problem.code === 'string' ? problem.code : '';
    const said = typeof problem.message === 'string' ? problem.message : '';
    if (response.status === 429) return { ok: false, message: 'Too many tries. Wait a minute, then try again.' };
    return { ok: false, message: SENTENCES[code] ?? (said || `The server refused (${response.status}).`) };
  } catch {
    return { ok: false, message: 'The server did not answer. Try again.' };
  }
}

export const signIn = (email: string, password: string) => post('/sign-in/email', { email, password });
export const signUp = (input: { readonly name: string; readonly email: string; readonly password: string; readonly invitation?: string }) => post('/sign-up/email', input);
export const signOut = () => post('/sign-out', {});
export const resetPassword = (token: string, newPassword: string) => post('/reset-password', { token, newPassword });
export const askForReset = (email: string) => post('/request-password-reset', { email, redirectTo: '/reset-password' });

/** Only a path of this site is followed after signing in. */
export const safeNext = (next: string | null | undefined): string => (next && /^\/(?![/\\])/.test(next) ? next : '/');
