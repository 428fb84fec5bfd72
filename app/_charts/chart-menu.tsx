'use client';

import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import type { ChartSeries } from './chart-series.ts';
import { chartSvg } from './chart-svg.ts';
import { chartTable, toCsv } from './chart-table.ts';
import { fileName, saveFile, svgToPng } from './export-file.ts';
import { layoutLineChart, type LineChartView } from './line-chart-layout.ts';
import { colourOf } from './theme-colours.ts';

export interface ChartMenuProps {
  readonly title: string;
  readonly xName: string;
  readonly series: readonly ChartSeries[];
  /** As the chart is drawn on the page; files are drawn alike, at a size for reading. */
  readonly view: LineChartView;
  readonly tableShown: boolean;
  readonly onTable: (shown: boolean) => void;
  /** Makes the CSV file of more than is drawn; without it the file holds what is. */
  readonly everyPoint?: (() => Promise<Blob>) | undefined;
  /** What else can be done with this chart, above the files. */
  readonly children?: ReactNode;
}

const FILE_SIZE = { width: 720, height: 320 };

/** Table, CSV, SVG and PNG behind one button. */
export function ChartMenu({ title, xName, series, view, tableShown, onTable, everyPoint, children }: ChartMenuProps) {
  const svg = (): string => chartSvg(layoutLineChart(series, FILE_SIZE, view), title, colourOf, series);
  const savePng = (): void => {
    svgToPng(svg()).then((blob) => saveFile(fileName(title, 'png'), blob), () => toast.error('The picture could not be drawn. SVG and CSV still work.'));
  };
  const saveCsv = (): void => {
    const drawn = async (): Promise<Blob> => new Blob([toCsv(chartTable(series, xName))], { type: 'text/csv' });
    (everyPoint ?? drawn)().then((blob) => saveFile(fileName(title, 'csv'), blob), (problem: unknown) => toast.error(problem instanceof Error ? problem.message : 'The points could not be read.'));
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="btn bare sm icon" aria-label={`Table and files of ${title}`} title="More"><Ellipsis aria-hidden="true" /></button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {children}
          <DropdownMenu.Item className="menu-item" onSelect={() => onTable(!tableShown)}>{tableShown ? 'Hide the table' : 'Show as a table'}</DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={saveCsv}>Save CSV</DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => saveFile(fileName(title, 'svg'), new Blob([svg()], { type: 'image/svg+xml' }))}>Save SVG</DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={savePng}>Save PNG</DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
