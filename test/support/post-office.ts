import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Letter { readonly to: string; readonly from: string; readonly subject: string; readonly text: string; readonly messageId: string }

/** A real SMTP server that keeps what it is handed. While `refusing` it answers 451 to every letter. */
export interface PostOffice {
  readonly url: string;
  readonly letters: readonly Letter[];
  refusing: boolean;
  close(): Promise<void>;
}

export async function openPostOffice(): Promise<PostOffice> {
  const letters: Letter[] = [];
  const office = { url: '', letters, refusing: false, close: async (): Promise<void> => {} };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      simpleParser(stream).then(({ subject = '', text = '', messageId = '' }) => {
        if (office.refusing) return done(Object.assign(new Error('try again later'), { responseCode: 451 }));
        const { mailFrom, rcptTo } = session.envelope;
        letters.push({ to: rcptTo.map(({ address }) => address).join(', '), from: mailFrom === false ? '' : mailFrom.address, subject, text, messageId });
        return done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  office.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}/?from=lemma@example.org`;
  office.close = () => new Promise((resolve) => { server.close(resolve); });
  return office;
}
