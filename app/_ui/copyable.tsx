'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';

/** Lines to copy, in a well, with the button that copies them. */
export function Copyable({ text, label, secret = false }: { readonly text: string; readonly label: string; readonly secret?: boolean }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Without a secure origin there is no clipboard; the text can still be selected by hand.
    navigator.clipboard?.writeText(text).then(() => { setCopied(true); setTimeout(() => setCopied(false), 2_000); }, () => undefined);
  };
  return (
    <div className="copy">
      <pre tabIndex={0} aria-label={label} {...(secret ? { 'data-secret': '' } : {})}>{text}</pre>
      <Button look="bare" small icon aria-label={copied ? 'Copied' : `Copy ${label}`} onClick={copy}>{copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}</Button>
      <span className="vh" role="status">{copied ? 'Copied' : ''}</span>
    </div>
  );
}
