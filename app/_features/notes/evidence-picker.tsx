'use client';

import { Command } from 'cmdk';
import { FlaskConical } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Dialog } from '../../_ui/dialog.tsx';
import { EVIDENCE_WORDS, type EvidenceKind } from './evidence.ts';
import type { Find } from './mention-lists.tsx';
import type { MentionableRow } from './note-documents.ts';

interface EvidencePickerProps {
  readonly kind: EvidenceKind | null;
  readonly find: Find;
  readonly onChoose: (experiment: string) => void;
  readonly onClose: () => void;
}

/** Asks whose evidence is meant. */
export function EvidencePicker({ kind, find, onChoose, onClose }: EvidencePickerProps) {
  return (
    <Dialog open={kind !== null} onClose={onClose} title={kind === null ? '' : `${EVIDENCE_WORDS[kind]} of which experiment?`} about="It stays live until someone freezes it.">
      {kind !== null && <Experiments find={find} onChoose={onChoose} />}
    </Dialog>
  );
}

function Experiments({ find, onChoose }: Pick<EvidencePickerProps, 'find' | 'onChoose'>) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly MentionableRow[] | null>(null);
  useEffect(() => {
    let left = false;
    const timer = setTimeout(() => void find(text, ['EXPERIMENT']).then((rows) => { if (!left) setFound(rows); }), 90);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [text, find]);
  return (
    <Command shouldFilter={false} loop label="Experiments" className="picker">
      <Command.Input className="field" value={text} onValueChange={setText} placeholder="Key or name" autoFocus />
      <Command.List label="Experiments" className="picker-list">
        {(found ?? []).map(({ id, label, detail }) => (
          <Command.Item key={id} value={id} onSelect={() => onChoose(id)}><FlaskConical aria-hidden="true" /><span className="tr"><span className="id">{label}</span> {detail}</span></Command.Item>
        ))}
      </Command.List>
      <p className="hint" role="status">{found === null ? 'Looking…' : found.length === 0 ? 'No experiment of that name in what you may see.' : ''}</p>
    </Command>
  );
}
