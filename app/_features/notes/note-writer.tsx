'use client';

import type { Editor } from '@tiptap/core';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { toast } from 'sonner';
import { useClient } from 'urql';
import { NoteEditor } from '../../_editor/note-editor.tsx';
import type { NoteConnection } from '../../_editor/note-connection.ts';
import type { Passages } from '../../_editor/passages.ts';
import { uploadTo } from '../../_editor/stored-file.ts';
import { useViewer } from '../../_shell/viewer.tsx';
import type { EvidenceKind } from './evidence.ts';
import { evidenceItems, insertEvidence } from './evidence-items.tsx';
import { EvidenceNode } from './evidence-node.ts';
import { EvidencePicker } from './evidence-picker.tsx';
import { MentionCards } from './mention-cards.tsx';
import { findWith, mentionLists } from './mention-lists.tsx';
import { MentionNode } from './mention-node.ts';
import { openMention } from './open-mention.ts';
import { readMarkdown } from './read-markdown.ts';
import { nearestExperiment } from './note-address.ts';
import type { NoteDetail } from './note-documents.ts';

interface NoteWriterProps {
  readonly note: NoteDetail;
  readonly connection: NoteConnection;
  readonly passages: Passages;
  readonly editable: boolean;
  /** Whether someone is waiting to write on. */
  readonly takesKeyboard: boolean;
}

/** The text of a note with everything of Lemma that can stand in one. Loaded only where a note is open. */
export function NoteWriter({ note, connection, passages, editable, takesKeyboard }: NoteWriterProps) {
  const client = useClient();
  const router = useRouter();
  const [editor, setEditor] = useState<Editor | null>(null);
  const [picking, setPicking] = useState<EvidenceKind | null>(null);
  useEffect(() => { if (takesKeyboard) editor?.commands.focus('start'); }, [editor, takesKeyboard]);
  const find = useMemo(() => findWith(client, note.project.slug, note.id), [client, note.project.slug, note.id]);
  const { person } = useViewer().viewer ?? {};
  useEffect(() => {
    // The server writes over it who it really is; it is said here so that one's own colour is known.
    if (person) connection.awareness.setLocalStateField('user', { id: person.id, name: person.name });
  }, [connection, person]);
  // Read once by the editor: a note stays about what it is about.
  const [slash] = useState(() => {
    const near = nearestExperiment(note.subject);
    return evidenceItems((into, kind) => { if (near === null) setPicking(kind); else insertEvidence(into, kind, near.id); });
  });
  return (
    <>
      <NoteEditor
        doc={connection.doc} awareness={connection.awareness} editable={editable}
        label={`Text of ${note.title}`} placeholder="Write, or press / for charts, verdicts, tables and more"
        extensions={[MentionNode.configure({ open: (mention) => void openMention(client, mention).then((address) => { if (address !== null) router.push(address); }) }), EvidenceNode, ...mentionLists(find)]}
        slash={slash}
        upload={uploadTo(`/api/v1/notes/${note.id}/files`)}
        readMarkdown={readMarkdown}
        passages={passages} mayComment={note.viewerCan.comment}
        say={(sentence) => toast(sentence)}
        onReady={setEditor}
      />
      {editor !== null && <MentionCards editor={editor} />}
      <EvidencePicker
        kind={picking} find={find} onClose={() => setPicking(null)}
        onChoose={(experiment) => {
          if (editor !== null && picking !== null) insertEvidence(editor, picking, experiment);
          setPicking(null);
        }}
      />
    </>
  );
}
