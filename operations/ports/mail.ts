export interface Mail {
  /** False when no SMTP_URL is set: the caller shows the link instead. */
  readonly configured: boolean;
  /** `id` becomes the Message-ID, so that one sent again is known for the same. */
  send(message: { readonly to: string; readonly subject: string; readonly text: string; readonly id?: string }): Promise<void>;
}
