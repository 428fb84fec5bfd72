'use client';

import { useState, type FormEvent } from 'react';
import type { SharedComment, SharedComments } from '../../../contracts/share-page.ts';
import { Button } from '../../_ui/button.tsx';
import { Field, Textarea } from '../../_ui/field.tsx';
import { sharedMoment } from './share-words.ts';

interface GuestCommentsProps { readonly token: string; readonly comments: readonly SharedComment[]; readonly namesShown: boolean }

/** What guests said through this link and what they were answered, and the place to say something. All of it is text: nothing in it is drawn as more. */
export function GuestComments({ token, comments, namesShown }: GuestCommentsProps) {
  // What the page was drawn with last is newest, unless something was said since.
  const [said, setSaid] = useState<{ readonly after: readonly SharedComment[]; readonly all: readonly SharedComment[] } | null>(null);
  const shown = said?.after === comments ? said.all : comments;
  return (
    <section className="guests" aria-label="Comments">
      <h2>Comments</h2>
      {shown.map((comment) => <Said key={`${comment.at}${comment.text}`} comment={comment} />)}
      <GuestForm token={token} namesShown={namesShown} onSaid={(all) => setSaid({ after: comments, all })} />
    </section>
  );
}

function Said({ comment: { name, text, at, answers } }: { readonly comment: SharedComment }) {
  return (
    <article className="said">
      <p className="by"><b>{name}</b>{name === 'A guest' ? '' : ', guest'}, {sharedMoment(at)}</p>
      <p className="text">{text}</p>
      {answers.map((answer) => <div key={`${answer.at}${answer.text}`} className="answer"><p className="by"><b>{answer.name}</b> answered, {sharedMoment(answer.at)}</p><p className="text">{answer.text}</p></div>)}
    </article>
  );
}

type Sent = { readonly comments: readonly SharedComment[] } | { readonly problem: string };

async function send(token: string, said: { readonly name: string; readonly comment: string }): Promise<Sent> {
  try {
    const response = await fetch(`/api/v1/share/${encodeURIComponent(token)}/comments`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify(said) });
    if (response.status === 404) return { problem: 'It was not sent: this link has ended.' };
    const answer = (await response.json()) as SharedComments & { readonly error?: { readonly message: string } };
    return response.ok ? { comments: answer.comments } : { problem: `It was not sent. ${answer.error?.message ?? ''}`.trim() };
  } catch {
    return { problem: 'It was not sent: the server did not answer. Try again.' };
  }
}

/** From here on the letters are counted for whoever writes them. What is too long is refused in words, and stays: cutting a pasted text would lose its end in silence. */
const LONG = 3_500;

function GuestForm({ token, namesShown, onSaid }: { readonly token: string; readonly namesShown: boolean; readonly onSaid: (comments: readonly SharedComment[]) => void }) {
  const [name, setName] = useState('');
  const [comment, setComment] = useState('');
  const [state, setState] = useState<{ readonly problem: string | null; readonly busy: boolean; readonly sent: boolean }>({ problem: null, busy: false, sent: false });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setState({ problem: null, busy: true, sent: false });
    const sent = await send(token, { name, comment });
    if ('comments' in sent) { setComment(''); onSaid(sent.comments); }
    setState({ problem: 'problem' in sent ? sent.problem : null, busy: false, sent: 'comments' in sent });
  };
  return (
    <form className="grid gap-3 mt-3 print:hidden" onSubmit={(event) => void submit(event)}>
      <Field label="Your name" value={name} maxLength={80} required autoComplete="name" onChange={(event) => setName(event.target.value)} hint={namesShown ? 'Shown with the comment, as a guest’s.' : 'Only the team sees your name; this page names nobody.'} />
      <Textarea label="Your comment" value={comment} required rows={4} onChange={(event) => setComment(event.target.value)} problem={state.problem} hint={`The team sees it at once, and so does whoever has this link.${comment.length > LONG ? ` ${comment.length} of at most 4,000 letters.` : ''}`} />
      <div className="row gap-3"><Button type="submit" disabled={state.busy}>Send the comment</Button><span role="status" className="hint">{state.sent ? 'Sent.' : ''}</span></div>
    </form>
  );
}
