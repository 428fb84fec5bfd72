'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';

async function unlock(token: string, password: string): Promise<string | null> {
  try {
    const response = await fetch(`/api/v1/share/${encodeURIComponent(token)}/unlock`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ password }) });
    if (response.ok) return null;
    if (response.status === 429) return 'Too many tries. Wait a few minutes.';
    return response.status === 401 ? 'That is not the password of this page.' : 'This link is no longer valid.';
  } catch {
    return 'The server did not answer. Try again.';
  }
}

/** Asks for the password of a share link. */
export function UnlockForm({ token }: { readonly token: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('password');
    setBusy(true);
    const failed = await unlock(token, typeof given === 'string' ? given : '');
    if (failed === null) { window.location.reload(); return; }
    setProblem(failed);
    setBusy(false);
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => { void submit(event); }}>
      <Field label="Password" name="password" type="password" required autoComplete="off" autoFocus problem={problem} />
      <div><Button type="submit" look="primary" disabled={busy}>Open</Button></div>
    </form>
  );
}
