import type { CapturedHardware } from './capture.ts';

/** What of a machine can change a result, by the name it is told under. No package is called so: PyPI's names are in lower case. */
export const HARDWARE_NAMES = ['GPU', 'GPU driver', 'CUDA', 'CPU'] as const;
export type HardwareName = (typeof HARDWARE_NAMES)[number];

export const isHardware = (name: string): boolean => (HARDWARE_NAMES as readonly string[]).includes(name);

type Seen = Pick<CapturedHardware, 'cpu' | 'gpus' | 'cuda' | 'driver'>;

/** "2 × NVIDIA H200", "none" on a machine of which the processor alone was seen, null where nothing was. */
function gpuText({ gpus, cpu }: Seen): string | null {
  if (gpus.length === 0) return cpu === null ? null : 'none';
  return [...Map.groupBy(gpus, ({ name }) => name)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, same]) => (same.length === 1 ? name : `${same.length} × ${name}`)).join(', ');
}

const itemsOf = (seen: Seen): Readonly<Record<HardwareName, string | null>> => ({ GPU: gpuText(seen), 'GPU driver': seen.driver, CUDA: seen.cuda, CPU: seen.cpu });

/** In what two machines differ that both were seen on. What one side did not see is not known to differ. */
export function hardwareDifferences(before: Seen | null, after: Seen | null): { readonly name: HardwareName; readonly from: string; readonly to: string }[] {
  if (before === null || after === null) return [];
  const [was, is] = [itemsOf(before), itemsOf(after)];
  return HARDWARE_NAMES.flatMap((name) => {
    const [from, to] = [was[name], is[name]];
    return from === null || to === null || from === to ? [] : [{ name, from, to }];
  });
}
