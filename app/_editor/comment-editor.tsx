'use client';

import { Placeholder } from '@tiptap/extensions';
import { Markdown } from '@tiptap/markdown';
import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { Bold, Code, Italic, List, ListOrdered, Quote } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { safeHref } from '../../domain/richtext/safe-href.ts';
import { isTooMuch, TOO_MUCH } from './comment-room.ts';
import { mentionLists, type FindMentions } from './mention-list.ts';

export interface CommentEditorProps {
  readonly label: string;
  readonly placeholder: string;
  /** Markdown to start from; later changes of it are not taken up. */
  readonly initial?: string;
  readonly onChange: (markdown: string) => void;
  /** ⌘↵ or Ctrl ↵ */
  readonly onSend: () => void;
  /** Says a sentence to the person who writes. */
  readonly onProblem: (sentence: string) => void;
  /** What "@" and "#" find; without it nothing can be mentioned. Later changes of it are not taken up. */
  readonly findMentions?: FindMentions | undefined;
  /** Called once it can be written in. */
  readonly onReady: (editor: Editor) => void;
}

/** Formatted as one types, Markdown underneath: what is stored is plain text that any client can read. */
export function CommentEditor({ label, placeholder, initial = '', onChange, onSend, onProblem, findMentions, onReady }: CommentEditorProps) {
  const refused = (data: DataTransfer | null): boolean => {
    if (!isTooMuch(data)) return false;
    onProblem(TOO_MUCH);
    return true;
  };
  const editor = useEditor({
    // Next draws pages on the server first, where there is no document to edit.
    immediatelyRender: false,
    extensions: [StarterKit.configure({ heading: false, horizontalRule: false, link: { openOnClick: false, isAllowedUri: (address) => safeHref(address) === address } }), Placeholder.configure({ placeholder }), Markdown, ...(findMentions === undefined ? [] : mentionLists(findMentions))],
    content: initial,
    contentType: 'markdown',
    editorProps: {
      attributes: { class: 'md', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
      handlePaste: (_view, event) => refused(event.clipboardData),
      handleDrop: (_view, event) => refused(event.dataTransfer),
    },
    onUpdate: ({ editor: changed }) => onChange(changed.getMarkdown()),
  });
  useEffect(() => {
    if (editor === null) return undefined;
    const box = editor.view.dom;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      event.stopPropagation();
      onSend();
    };
    box.addEventListener('keydown', onKey, true);
    return () => box.removeEventListener('keydown', onKey, true);
  }, [editor, onSend]);
  const tellReady = useEffectEvent(onReady);
  useEffect(() => { if (editor !== null && !editor.isDestroyed) tellReady(editor); }, [editor]);
  return (
    <div className="composer">
      {editor !== null && <EditorTools editor={editor} />}
      <EditorContent editor={editor} />
    </div>
  );
}

const TOOLS = [
  { name: 'Bold', mark: 'bold', Icon: Bold, run: (editor: Editor) => editor.chain().focus().toggleBold().run() },
  { name: 'Italic', mark: 'italic', Icon: Italic, run: (editor: Editor) => editor.chain().focus().toggleItalic().run() },
  { name: 'Code', mark: 'code', Icon: Code, run: (editor: Editor) => editor.chain().focus().toggleCode().run() },
  { name: 'List', mark: 'bulletList', Icon: List, run: (editor: Editor) => editor.chain().focus().toggleBulletList().run() },
  { name: 'Numbered list', mark: 'orderedList', Icon: ListOrdered, run: (editor: Editor) => editor.chain().focus().toggleOrderedList().run() },
  { name: 'Quote', mark: 'blockquote', Icon: Quote, run: (editor: Editor) => editor.chain().focus().toggleBlockquote().run() },
] as const;

function EditorTools({ editor }: { readonly editor: Editor }) {
  return (
    <div className="tools" role="group" aria-label="Formatting">
      {TOOLS.map(({ name, mark, Icon, run }) => (
        <button key={name} type="button" className="btn bare sm icon" aria-label={name} title={name} aria-pressed={editor.isActive(mark)} onMouseDown={(event) => event.preventDefault()} onClick={() => run(editor)}><Icon aria-hidden="true" /></button>
      ))}
    </div>
  );
}
