'use client';

import { useState } from 'react';
import { Dialog } from '../_ui/dialog.tsx';
import { Tick } from '../_ui/field.tsx';
import { useModKey } from '../_ui/kbd.tsx';
import { setSingleKeys, singleKeysOn } from '../_ui/use-keys.ts';

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['Mod K', 'Search or run a command (also /)'],
  ['N', 'New hypothesis'],
  ['G H', 'Go home'],
  ['G I', 'Inbox'],
  ['G S', 'What have we tried?'],
  ['G O', 'Overview of this project'],
  ['G P', 'People'],
  ['G T', 'Tokens'],
  ['R', 'Review this experiment, or ask for a review'],
  ['Y', 'Say that what was done before is a replication'],
  ['E', 'Earlier decisions on this experiment'],
  ['U', 'The next unread comment, in a discussion'],
  ['N P', 'The next and the previous change, where code is compared'],
  ['/', 'Find a chart, where there are charts'],
  ['T', 'Light or dark'],
  ['?', 'These keys'],
];

export function KeysDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const mod = useModKey();
  const [single, setSingle] = useState(singleKeysOn);
  return (
    <Dialog open={open} onClose={onClose} title="Keys" about="Everything can be reached without a mouse.">
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2">
        {KEYS.map(([keys, what]) => <div key={keys} className="contents"><dt>{keys.split(' ').map((key) => <kbd key={key} className="mr-1">{key === 'Mod' ? mod : key}</kbd>)}</dt><dd>{what}</dd></div>)}
      </dl>
      <Tick label="Single keys do something" hint={`Turn this off if you speak to your computer or press keys by accident. ${mod} K stays.`} checked={single} onChange={(event) => { setSingle(event.target.checked); setSingleKeys(event.target.checked); }} />
    </Dialog>
  );
}
