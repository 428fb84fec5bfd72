import { count } from '../../_ui/numbers.ts';
import type { RunTableLines } from './use-run-lines.ts';
import type { RunView } from './run-view.ts';

/** How many runs there are, match, or are chosen, and in how many groups. */
export function RunsCounted({ table, chosen, view }: { readonly table: RunTableLines; readonly chosen: number; readonly view: RunView }) {
  return <span className="text-12 text-ink-3" role="status">{chosen > 0 ? `${count(chosen, 'run')} chosen` : `${runs(table, view)}${groups(table)}`}</span>;
}

function runs({ total }: RunTableLines, { filter }: RunView): string {
  if (total === undefined) return '';
  return `${count(total, 'run')}${filter === '' ? '' : total === 1 ? ' matches' : ' match'}`;
}

function groups({ groups: there, groupsShown }: RunTableLines): string {
  if (there === null) return '';
  return ` in ${count(there, 'group')}${there > groupsShown ? `, of which ${groupsShown} are shown` : ''}`;
}
