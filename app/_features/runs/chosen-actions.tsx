import { Button } from '../../_ui/button.tsx';
import { actionWords } from './chosen-runs.ts';

interface ChosenActionsProps {
  readonly size: number;
  readonly counting: number;
  readonly excluded: number;
  readonly mayEdit: boolean;
  readonly onCompare: () => void;
  readonly onExclude: () => void;
  readonly onInclude: () => void;
  readonly onClear: () => void;
}

/** What can be done with the runs that are chosen. */
export function ChosenActions({ size, counting, excluded, mayEdit, onCompare, onExclude, onInclude, onClear }: ChosenActionsProps) {
  return (
    <>
      <Button small look="primary" disabled={size < 2} onClick={onCompare} hint="C">Compare</Button>
      {mayEdit && counting > 0 && <Button small onClick={onExclude}>{actionWords('Exclude', counting, excluded)}…</Button>}
      {mayEdit && excluded > 0 && <Button small onClick={onInclude}>{actionWords('Include', excluded, counting)} again</Button>}
      <Button small look="bare" onClick={onClear}>Clear</Button>
    </>
  );
}
