'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { CredentialsForm } from './credentials-form.tsx';
import { askForReset, resetPassword, safeNext, signIn, signUp } from './sign-in.ts';

/** A whole load on purpose: nothing the page remembered belongs to the person who is now signed in. */
const enter = (next: string | null) => window.location.assign(safeNext(next));

export function SignIn() {
  const next = useSearchParams().get('next');
  const [forgotten, setForgotten] = useState(false);
  if (forgotten) return <ForgottenPassword />;
  return (
    <div className="grid gap-6">
      <h1>Sign in</h1>
      <CredentialsForm asks={{ email: true, password: 'current' }} submit="Sign in" send={({ email, password }) => signIn(email, password)} onDone={() => enter(next)}>
        <button type="button" className="lk" onClick={() => setForgotten(true)}>Forgotten the password?</button>
      </CredentialsForm>
      <p className="text-ink-2">New here? <Link href={`/sign-up${next ? `?next=${encodeURIComponent(next)}` : ''}`}>Make an account</Link></p>
    </div>
  );
}

function ForgottenPassword() {
  const [asked, setAsked] = useState(false);
  if (asked) {
    return (
      <div className="grid gap-3">
        <h1>Look into your mail</h1>
        <p className="text-ink-2">If there is an account with this address and this Lemma can send mail, a link is on its way. Where no mail is set up, an owner makes the link under People.</p>
      </div>
    );
  }
  return (
    <div className="grid gap-6">
      <h1>A new password</h1>
      <CredentialsForm asks={{ email: true }} submit="Send the link" send={({ email }) => askForReset(email)} onDone={() => setAsked(true)} />
    </div>
  );
}

export function SignUp() {
  const next = useSearchParams().get('next');
  return (
    <div className="grid gap-6">
      <h1>Make an account</h1>
      <CredentialsForm asks={{ name: true, email: true, password: 'new' }} submit="Make the account" send={signUp} onDone={() => enter(next)} />
      <p className="text-ink-2">Already have one? <Link href={`/sign-in${next ? `?next=${encodeURIComponent(next)}` : ''}`}>Sign in</Link></p>
    </div>
  );
}

export function AcceptInvitation({ token }: { readonly token: string }) {
  const next = useSearchParams().get('project');
  return (
    <div className="grid gap-6">
      <div className="grid gap-2"><h1>You are invited to Lemma</h1><p className="text-ink-2">Make an account with the e-mail address the invitation was sent to.</p></div>
      <CredentialsForm asks={{ name: true, email: true, password: 'new' }} submit="Join" send={(given) => signUp({ ...given, invitation: token })} onDone={() => enter(next ? `/p/${next}` : null)} />
    </div>
  );
}

export function ResetPassword() {
  const token = useSearchParams().get('token') ?? '';
  const router = useRouter();
  if (!token) return <ErrorNote title="This address is incomplete."><p>Open the whole link from the mail, or ask an owner for a new one.</p></ErrorNote>;
  return (
    <div className="grid gap-6">
      <h1>Choose a new password</h1>
      <CredentialsForm asks={{ password: 'new' }} submit="Keep this password" send={({ password }) => resetPassword(token, password)} onDone={() => router.push('/sign-in')} />
    </div>
  );
}
