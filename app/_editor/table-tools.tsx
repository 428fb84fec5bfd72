'use client';

import { findParentNode, type Editor } from '@tiptap/core';
import { BubbleMenu } from '@tiptap/react/menus';
import { BetweenHorizontalEnd, BetweenHorizontalStart, BetweenVerticalEnd, BetweenVerticalStart, Heading, TableColumnsSplit, TableRowsSplit, Trash2 } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { backTo, Tool, type ToolsProps } from './text-tools.tsx';

const TOOLS = [
  { name: 'Row above', Icon: BetweenHorizontalStart, run: (editor: Editor) => editor.chain().focus().addRowBefore().run() },
  { name: 'Row below', Icon: BetweenHorizontalEnd, run: (editor: Editor) => editor.chain().focus().addRowAfter().run() },
  { name: 'Column before', Icon: BetweenVerticalStart, run: (editor: Editor) => editor.chain().focus().addColumnBefore().run() },
  { name: 'Column after', Icon: BetweenVerticalEnd, run: (editor: Editor) => editor.chain().focus().addColumnAfter().run() },
  { name: 'Head row on or off', Icon: Heading, run: (editor: Editor) => editor.chain().focus().toggleHeaderRow().run() },
  { name: 'Delete row', Icon: TableRowsSplit, run: (editor: Editor) => editor.chain().focus().deleteRow().run() },
  { name: 'Delete column', Icon: TableColumnsSplit, run: (editor: Editor) => editor.chain().focus().deleteColumn().run() },
  { name: 'Delete table', Icon: Trash2, run: (editor: Editor) => editor.chain().focus().deleteTable().run() },
] as const;

const PLACE = { placement: 'top-start', offset: 6, flip: true } as const;

/** Rows and columns of the table one is in. */
export function TableTools({ editor, boxes }: ToolsProps) {
  return (
    <BubbleMenu
      editor={editor} ref={(box) => boxes.takeTableTools(box)} pluginKey="table-tools" options={PLACE} updateDelay={80} className="tools-float"
      getReferencedVirtualElement={() => tableAt(editor)}
      shouldShow={({ state, view }) => editor.isEditable && editor.isActive('table') && (state.selection.empty || 'forEachCell' in state.selection) && (view.hasFocus() || (boxes.holdFocus()))}
    >
      <Toolbar.Root className="menu text-tools" aria-label="Table" onKeyDown={backTo(editor)}>
        {TOOLS.map(({ name, Icon, run }) => <Tool key={name} name={name} run={() => run(editor)}><Icon aria-hidden="true" /></Tool>)}
      </Toolbar.Root>
    </BubbleMenu>
  );
}

function tableAt(editor: Editor): { getBoundingClientRect: () => DOMRect } | null {
  const table = findParentNode((node) => node.type.name === 'table')(editor.state.selection);
  const dom = table === undefined ? null : editor.view.nodeDOM(table.pos);
  return dom instanceof HTMLElement ? { getBoundingClientRect: () => dom.getBoundingClientRect() } : null;
}
