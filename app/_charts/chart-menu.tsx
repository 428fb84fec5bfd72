'use client';

import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { RefObject } from 'react';
import { toast } from 'sonner';
import type { ChartSeries } from './chart-series.ts';
import { chartSvg } from './chart-svg.ts';
import { chartTable, toCsv } from './chart-table.ts';
import { fileName, saveFile, svgToPng } from './export-file.ts';
import type { LineChartLayout } from './line-chart-layout.ts';
import { colourOf } from './theme-colours.ts';

export interface ChartMenuProps {
  readonly title: string;
  readonly xName: string;
  readonly series: readonly ChartSeries[];
  readonly layout: RefObject<LineChartLayout | null>;
  readonly tableShown: boolean;
  readonly onTable: (shown: boolean) => void;
}

/** Table, CSV, SVG and PNG behind one button. */
export function ChartMenu({ title, xName, series, layout, tableShown, onTable }: ChartMenuProps) {
  const svg = (): string | null => (layout.current === null ? null : chartSvg(layout.current, title, colourOf));
  const saveSvg = (): void => {
    const text = svg();
    if (text !== null) saveFile(fileName(title, 'svg'), new Blob([text], { type: 'image/svg+xml' }));
  };
  const savePng = (): void => {
    const text = svg();
    if (text === null) return;
    svgToPng(text).then((blob) => saveFile(fileName(title, 'png'), blob), () => toast.error('The picture could not be drawn. SVG and CSV still work.'));
  };
  const saveCsv = (): void => saveFile(fileName(title, 'csv'), new Blob([toCsv(chartTable(series, xName))], { type: 'text/csv' }));
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="btn bare sm icon" aria-label={`Table and files of ${title}`} title="Table and files"><Download aria-hidden="true" /></button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item className="menu-item" onSelect={() => onTable(!tableShown)}>{tableShown ? 'Hide the table' : 'Show as a table'}</DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={saveCsv}>Save CSV</DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={saveSvg}>Save SVG</DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={savePng}>Save PNG</DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
