import { SYSTEM_PREFIX } from '../../../domain/metrics/system-sample.ts';

/** One chart of what machines measured: like quantities of all GPUs and nodes together. */
export interface SystemPanel {
  readonly title: string;
  readonly lines: readonly { readonly key: string; readonly label: string }[];
}

export interface SystemGroup { readonly name: string; readonly panels: readonly SystemPanel[] }

const GROUPS = ['CPU and memory', 'GPU', 'Disk and network', 'Other'] as const;
type GroupName = (typeof GROUPS)[number];

/** What the machine is called that gave no name, once others have one. */
const UNNAMED_NODE = 'main';

/** By the end of the name, GPUs' number taken out. */
const PANELS: readonly (readonly [name: string, title: string, group: GroupName])[] = [
  ['cpu_utilization_percentage', 'CPU', 'CPU and memory'],
  ['system_memory_usage_megabytes', 'Memory', 'CPU and memory'],
  ['system_memory_usage_percentage', 'Memory, share', 'CPU and memory'],
  ['gpu_utilization_percentage', 'GPU use', 'GPU'],
  ['gpu_memory_usage_megabytes', 'GPU memory', 'GPU'],
  ['gpu_memory_usage_percentage', 'GPU memory, share', 'GPU'],
  ['gpu_power_usage_watts', 'GPU power', 'GPU'],
  ['gpu_power_usage_percentage', 'GPU power, share', 'GPU'],
  ['disk_usage_megabytes', 'Disk used', 'Disk and network'],
  ['disk_usage_percentage', 'Disk used, share', 'Disk and network'],
  ['disk_available_megabytes', 'Disk free', 'Disk and network'],
  ['network_receive_megabytes', 'Network received', 'Disk and network'],
  ['network_transmit_megabytes', 'Network sent', 'Disk and network'],
];

/** The charts of a run's system metrics: those that are known first, in the order one asks; what else lies below system/ last. */
export function systemGroups(keys: readonly string[]): SystemGroup[] {
  const found = new Map<string, { key: string; label: string }[]>();
  const own = keys.filter((each) => each.startsWith(SYSTEM_PREFIX)).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const unnamed = own.some((key) => key.slice(SYSTEM_PREFIX.length).includes('/')) ? [UNNAMED_NODE] : [];
  for (const key of own) {
    const parts = key.slice(SYSTEM_PREFIX.length).split('/');
    const measure = parts.pop() ?? '';
    const gpu = /^gpu_(\d+)_/.exec(measure)?.[1];
    const name = measure.replace(/^gpu_\d+_/, 'gpu_');
    const label = [...(parts.length > 0 ? parts : unnamed), gpu === undefined ? '' : `GPU ${gpu}`].filter(Boolean).join(' ');
    found.set(name, [...(found.get(name) ?? []), { key, label: label === '' ? name : label }]);
  }
  const known = new Set(PANELS.map(([name]) => name));
  const other = [...found.keys()].filter((name) => !known.has(name)).map((name) => [name, name, 'Other'] as const);
  const panels = [...PANELS, ...other].flatMap(([name, title, group]) => { const lines = found.get(name); return lines ? [{ group, panel: { title, lines } }] : []; });
  return GROUPS.map((name) => ({ name, panels: panels.filter(({ group }) => group === name).map(({ panel }) => panel) })).filter((group) => group.panels.length > 0);
}
