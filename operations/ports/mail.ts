export interface Mail {
  /** False when no SMTP_URL is set: the caller shows the link instead. */
  readonly configured: boolean;
  send(message: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>;
}
