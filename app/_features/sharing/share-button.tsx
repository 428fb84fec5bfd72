'use client';

import { Share } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { ShareDialog, type ShareSubject } from './share-dialog.tsx';

/** Opens the dialog that makes links to a thing; shown to those who may. */
export function ShareButton({ subject, small = false }: { readonly subject: ShareSubject; readonly small?: boolean }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button small={small} onClick={() => setAsking(true)}><Share aria-hidden="true" />Share</Button>
      <ShareDialog open={asking} onClose={() => setAsking(false)} subject={subject} />
    </>
  );
}
