import type { Mail } from '../ports/mail.ts';

/** Sends the link of an invitation where mail can be sent; answers whether it was sent. Who invited sees the link in any case. */
export async function mailInvitation({ mail }: { readonly mail: Mail }, { to, url }: { readonly to: string; readonly url: string }): Promise<boolean> {
  if (!mail.configured) return false;
  try {
    await mail.send({ to, subject: 'You are invited to Lemma', text: `You are invited to Lemma, where your team keeps its hypotheses and experiments.\n\nMake your account here, within two weeks:\n${url}` });
    return true;
  } catch {
    return false;
  }
}
