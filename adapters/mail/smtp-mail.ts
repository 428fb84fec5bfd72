import { createTransport } from 'nodemailer';
import type { Mail } from '../../operations/ports/mail.ts';

/** Mail over SMTP. `url` is nodemailer's smtp:// or smtps:// URL; its `from` query parameter names the sender. */
export function smtpMail(url: string): Mail {
  const transport = createTransport(url);
  const from = new URL(url).searchParams.get('from') ?? 'Lemma <lemma@localhost>';
  return {
    configured: true,
    async send({ to, subject, text, id }) {
      await transport.sendMail({ from, to, subject, text, ...(id === undefined ? {} : { messageId: `<${id}@lemma>` }) });
    },
  };
}

/** Where no SMTP_URL is set. Who would send shows the link instead. */
export const noMail: Mail = {
  configured: false,
  send: () => Promise.reject(new Error('no SMTP_URL is set, so nothing can be mailed')),
};
