import { badInput } from '../refusal.ts';
import { requireMetricName } from './metric-name.ts';
import type { MetricPoint } from './series.ts';

/** What a machine measured of itself at one moment. */
export interface SystemSample {
  /** The machine's own count of its samples: the step of their points. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly time: number;
  /** Which machine of a run on several; empty where there is one. */
  readonly node: string;
  readonly gauges: Readonly<Record<string, number>>;
}

/** Metrics below this prefix are about the machine: they are drawn apart, and no verdict looks at them unless its hypothesis names one. */
export const SYSTEM_PREFIX = 'system/';

interface Gauge { readonly metric: string; /** Of the gauge, one of the metric's own unit. */ readonly per: number }

const MEGABYTE = 1e6;

/** Gauges by name, and the metric that MLflow's own monitor logs the same under. GPUs are numbered: gpu.0.power. */
const GAUGES: Readonly<Record<string, Gauge>> = {
  'cpu.utilisation': { metric: 'cpu_utilization_percentage', per: 1 },
  'memory.used': { metric: 'system_memory_usage_megabytes', per: MEGABYTE },
  'memory.utilisation': { metric: 'system_memory_usage_percentage', per: 1 },
  'disk.used': { metric: 'disk_usage_megabytes', per: MEGABYTE },
  'disk.available': { metric: 'disk_available_megabytes', per: MEGABYTE },
  'disk.utilisation': { metric: 'disk_usage_percentage', per: 1 },
  'network.received': { metric: 'network_receive_megabytes', per: MEGABYTE },
  'network.sent': { metric: 'network_transmit_megabytes', per: MEGABYTE },
};
const GPU_GAUGES: Readonly<Record<string, Gauge>> = {
  utilisation: { metric: 'utilization_percentage', per: 1 },
  memory: { metric: 'memory_usage_megabytes', per: MEGABYTE },
  'memory.utilisation': { metric: 'memory_usage_percentage', per: 1 },
  power: { metric: 'power_usage_watts', per: 1 },
  'power.utilisation': { metric: 'power_usage_percentage', per: 1 },
};

const LONGEST_METRIC = 'gpu_999_memory_usage_percentage';

export const GAUGE_NAMES: readonly string[] = [...Object.keys(GAUGES), ...Object.keys(GPU_GAUGES).map((name) => `gpu.N.${name}`)];

function gaugeOf(name: string): Gauge {
  const gpu = /^gpu\.(\d{1,3})\.(.+)$/.exec(name);
  const inGpu = gpu ? GPU_GAUGES[gpu[2] ?? ''] : undefined;
  if (inGpu) return { ...inGpu, metric: `gpu_${Number(gpu?.[1])}_${inGpu.metric}` };
  const found = Object.hasOwn(GAUGES, name) ? GAUGES[name] : undefined;
  if (!found) throw badInput('system/unknown-gauge', `There is no gauge "${name.slice(0, 60)}"; there are ${GAUGE_NAMES.join(', ')}.`);
  return found;
}

/** Samples as points of ordinary metrics, under the names MLflow gives them. The same sample makes the same points, so sending it again changes nothing. */
export function pointsOfSamples(samples: readonly SystemSample[]): MetricPoint[] {
  for (const node of new Set(samples.map((sample) => sample.node))) requireMetricName(`${SYSTEM_PREFIX}${node === '' ? '' : `${node}/`}${LONGEST_METRIC}`);
  return samples.flatMap(({ sequence, time, node, gauges }) => Object.entries(gauges).map(([name, value]): MetricPoint => {
    const { metric, per } = gaugeOf(name);
    return { key: `${SYSTEM_PREFIX}${node === '' ? '' : `${node}/`}${metric}`, value: value / per, step: BigInt(sequence), timestamp: BigInt(Math.round(time)) };
  }));
}

export interface SystemUnit { readonly word: string; /** What is shown of one of the metric's own unit. */ readonly factor: number }

/** The unit of a system metric by its name, as pages write it; null for other metrics. Megabytes by the thousand are gigabytes: `most` is the largest value shown. */
export function systemUnit(key: string, most: number): SystemUnit | null {
  if (!key.startsWith(SYSTEM_PREFIX)) return null;
  if (key.endsWith('_percentage')) return { word: '%', factor: 1 };
  if (key.endsWith('_watts')) return { word: 'W', factor: 1 };
  if (key.endsWith('_megabytes')) return most >= 1_000 ? { word: 'GB', factor: 1e-3 } : { word: 'MB', factor: 1 };
  return null;
}
