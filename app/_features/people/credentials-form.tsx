'use client';

import { useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import type { SignInResult } from './sign-in.ts';

export interface Credentials { readonly name: string; readonly email: string; readonly password: string }

interface CredentialsFormProps {
  readonly asks: { readonly name?: boolean; readonly email?: boolean; readonly password?: 'current' | 'new' };
  readonly submit: string;
  readonly email?: string;
  readonly send: (given: Credentials) => Promise<SignInResult>;
  readonly onDone: () => void;
  readonly children?: ReactNode;
}

/** The one form behind signing in, signing up, accepting an invitation and choosing a new password. */
export function CredentialsForm({ asks, submit, email = '', send, onDone, children }: CredentialsFormProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => { const value = given.get(name); return typeof value === 'string' ? value : ''; };
    setBusy(true);
    setProblem(null);
    const result = await send({ name: text('name').trim(), email: text('email').trim(), password: text('password') });
    setBusy(false);
    if (result.ok) onDone();
    else setProblem(result.message);
  };

  return (
    <form className="grid gap-4" onSubmit={(event) => { void onSubmit(event); }}>
      {asks.name ? <Field label="Name" name="name" autoComplete="name" required maxLength={200} /> : null}
      {asks.email ? <Field label="E-mail" name="email" type="email" autoComplete="username" required defaultValue={email} /> : null}
      {asks.password ? <Field label="Password" name="password" type="password" autoComplete={asks.password === 'new' ? 'new-password' : 'current-password'} required minLength={asks.password === 'new' ? 8 : 1} {...(asks.password === 'new' ? { hint: 'At least 8 characters.' } : {})} /> : null}
      {problem ? <ErrorNote title={problem} /> : null}
      <div className="flex flex-wrap items-center gap-3"><Button type="submit" look="primary" disabled={busy}>{busy ? 'One moment' : submit}</Button>{children}</div>
    </form>
  );
}
