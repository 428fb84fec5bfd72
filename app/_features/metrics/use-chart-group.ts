'use client';

import { useEffect, useRef, useState } from 'react';
import { ChartGroup } from '../../_charts/chart-group.ts';
import { zoomFrom, zoomText } from '../../_charts/chart-view.ts';
import { useAddress } from '../../_ui/use-address.ts';

/** The charts of a page as one: a crosshair and a zoom for all. The zoom is in the address, so that a colleague sees the same window. */
export function useChartGroup(): ChartGroup {
  const { params, set } = useAddress();
  const text = params.get('zoom');
  const [group] = useState(() => new ChartGroup(zoomFrom(text)));
  // What we wrote and have not yet read back: while several zooms are on their way, the address trails behind the chart.
  const written = useRef<string | null | undefined>(undefined);
  useEffect(() => group.subscribe(() => {
    const next = zoomText(group.zoom());
    if (next === (written.current === undefined ? zoomText(zoomFrom(new URLSearchParams(window.location.search).get('zoom'))) : written.current)) return;
    written.current = next;
    set({ zoom: next });
  }), [group, set]);
  useEffect(() => {
    if (written.current !== undefined) {
      if (written.current === text) written.current = undefined;
      return;
    }
    if (zoomText(zoomFrom(text)) !== zoomText(group.zoom())) group.zoomTo(zoomFrom(text));
  }, [group, text]);
  return group;
}
