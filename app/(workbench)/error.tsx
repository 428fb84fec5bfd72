'use client';

import { Button } from '../_ui/button.tsx';
import { ErrorNote } from '../_ui/waiting.tsx';

export default function WorkbenchError({ error, reset }: { readonly error: Error & { digest?: string }; readonly reset: () => void }) {
  return (
    <ErrorNote title="This page failed to draw. That is our mistake, and nothing you did is lost.">
      <p>{error.digest ? `Reference ${error.digest}. ` : ''}Try again; if it happens twice, tell whoever runs this Lemma.</p>
      <div className="mt-2"><Button onClick={reset}>Try again</Button></div>
    </ErrorNote>
  );
}
