'use client';

import { isTextSelection, type Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { Bold, Code, Heading1, Heading2, Italic, Link2, MessageSquarePlus, Quote, Strikethrough, Underline } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { useState } from 'react';
import { Button } from '../_ui/button.tsx';
import type { EditorBoxes } from './editor-boxes.ts';
import { linkFrom } from './safe-address.ts';

const TOOLS = [
  { name: 'Bold', keys: 'Mod B', mark: 'bold', Icon: Bold, run: (editor: Editor) => editor.chain().focus().toggleBold().run() },
  { name: 'Italic', keys: 'Mod I', mark: 'italic', Icon: Italic, run: (editor: Editor) => editor.chain().focus().toggleItalic().run() },
  { name: 'Underline', keys: 'Mod U', mark: 'underline', Icon: Underline, run: (editor: Editor) => editor.chain().focus().toggleUnderline().run() },
  { name: 'Strike', keys: 'Mod Shift S', mark: 'strike', Icon: Strikethrough, run: (editor: Editor) => editor.chain().focus().toggleStrike().run() },
  { name: 'Code', keys: 'Mod E', mark: 'code', Icon: Code, run: (editor: Editor) => editor.chain().focus().toggleCode().run() },
] as const;
const BLOCKS = [
  { name: 'Heading', active: (editor: Editor) => editor.isActive('heading', { level: 1 }), Icon: Heading1, run: (editor: Editor) => editor.chain().focus().toggleHeading({ level: 1 }).run() },
  { name: 'Smaller heading', active: (editor: Editor) => editor.isActive('heading', { level: 2 }), Icon: Heading2, run: (editor: Editor) => editor.chain().focus().toggleHeading({ level: 2 }).run() },
  { name: 'Quote', active: (editor: Editor) => editor.isActive('blockquote'), Icon: Quote, run: (editor: Editor) => editor.chain().focus().toggleBlockquote().run() },
] as const;

export interface ToolsProps {
  readonly editor: Editor;
  readonly boxes: EditorBoxes;
}

interface CommentProps {
  /** Says something on the words that are chosen; undefined for who may not. */
  readonly onComment: (() => void) | undefined;
}

interface TextToolsProps extends ToolsProps, CommentProps {
  readonly linking: boolean;
  readonly onLinking: (linking: boolean) => void;
}

const PLACE = { placement: 'top', offset: 8, flip: true } as const;

/** What can be done with the words that are chosen. */
export function TextTools({ editor, boxes, linking, onLinking, onComment }: TextToolsProps) {
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) => [...TOOLS.filter(({ mark }) => now.isActive(mark)), ...BLOCKS.filter((block) => block.active(now)), ...(now.isActive('link') ? [{ name: 'Link' }] : [])].map(({ name }) => name).join(' '),
  });
  const isActive = (name: string): boolean => active.split(' ').join(' ').includes(name);
  return (
    <BubbleMenu
      editor={editor} ref={(box) => boxes.takeTextTools(box)} pluginKey="text-tools" options={PLACE} updateDelay={80} className="tools-float"
      shouldShow={({ state, view, from, to }) => editor.isEditable && (linking || (isTextSelection(state.selection) && from !== to && state.doc.textBetween(from, to, ' ').trim() !== '' && !editor.isActive('codeBlock') && view.hasFocus()) || (boxes.holdFocus()))}
    >
      {linking
        ? <LinkField editor={editor} onDone={() => onLinking(false)} />
        : (
          <Toolbar.Root className="menu text-tools" aria-label="Formatting" onKeyDown={backTo(editor)}>
            {TOOLS.map(({ name, Icon, run }) => <Tool key={name} name={name} pressed={isActive(name)} run={() => run(editor)}><Icon aria-hidden="true" /></Tool>)}
            <Tool name="Link" pressed={isActive('Link')} run={() => onLinking(true)}><Link2 aria-hidden="true" /></Tool>
            <Toolbar.Separator className="tools-rule" />
            {BLOCKS.map(({ name, Icon, run }) => <Tool key={name} name={name} pressed={isActive(name)} run={() => run(editor)}><Icon aria-hidden="true" /></Tool>)}
            {onComment !== undefined && <><Toolbar.Separator className="tools-rule" /><Tool name="Comment" run={onComment}><MessageSquarePlus aria-hidden="true" /></Tool></>}
          </Toolbar.Root>
        )}
    </BubbleMenu>
  );
}

/** The one thing that a reader can do with chosen words. */
export function ReaderTools({ editor, onComment }: Pick<ToolsProps, 'editor'> & { readonly onComment: () => void }) {
  return (
    <BubbleMenu editor={editor} pluginKey="reader-tools" options={PLACE} updateDelay={80} className="tools-float" shouldShow={({ state, from, to }) => isTextSelection(state.selection) && state.doc.textBetween(from, to, ' ').trim() !== ''}>
      <Toolbar.Root className="menu text-tools" aria-label="Chosen words"><Toolbar.Button className="btn bare sm" onMouseDown={(event) => event.preventDefault()} onClick={onComment}><MessageSquarePlus aria-hidden="true" /> Comment</Toolbar.Button></Toolbar.Root>
    </BubbleMenu>
  );
}

/** Escape in the tools gives the keyboard back to the text. */
export const backTo = (editor: Editor) => (event: React.KeyboardEvent): void => {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.stopPropagation();
  // At once: tiptap's own command waits for a frame, and the next key would go to the button.
  editor.view.focus();
};

export function Tool({ name, pressed, run, children }: { readonly name: string; readonly pressed?: boolean; readonly run: () => void; readonly children: React.ReactNode }) {
  return (
    <Toolbar.Button className="btn bare sm icon" aria-label={name} title={name} {...(pressed === undefined ? {} : { 'aria-pressed': pressed })} onMouseDown={(event) => event.preventDefault()} onClick={run}>
      {children}
    </Toolbar.Button>
  );
}

function LinkField({ editor, onDone }: { readonly editor: Editor; readonly onDone: () => void }) {
  const before = String(editor.getAttributes('link')['href'] ?? '');
  const [typed, setTyped] = useState(before);
  const [wrong, setWrong] = useState(false);
  const leave = (): void => {
    onDone();
    editor.commands.focus();
  };
  const keep = (): void => {
    const href = linkFrom(typed);
    if (typed.trim() !== '' && href === null) { setWrong(true); return; }
    const chain = editor.chain().focus().extendMarkRange('link');
    if (href === null) chain.unsetLink().run();
    else chain.setLink({ href }).run();
    onDone();
  };
  return (
    <form className="menu link-field" onSubmit={(event) => { event.preventDefault(); keep(); }} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for with a key */}
      <input className="field" aria-label="Where the link leads" placeholder="Page, mail address or path" value={typed} autoFocus aria-invalid={wrong} onChange={(event) => { setTyped(event.target.value); setWrong(false); }} />
      <Button small type="submit" look="primary">{before === '' || typed.trim() !== '' ? 'Link' : 'Take away'}</Button>
      {wrong && <p className="bad text-12" role="alert">A link leads to a page, a mail address or a path that begins with /.</p>}
    </form>
  );
}
