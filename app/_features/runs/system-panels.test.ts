import { expect, test } from 'vitest';
import { systemGroups } from './system-panels.ts';

test('GPUs and nodes of one quantity share a chart', () => {
  const keys = ['loss', 'system/gpu_1_power_usage_watts', 'system/gpu_0_power_usage_watts', 'system/cpu_utilization_percentage'];
  expect(systemGroups(keys)).toEqual([
    { name: 'CPU and memory', panels: [{ title: 'CPU', lines: [{ key: 'system/cpu_utilization_percentage', label: 'cpu_utilization_percentage' }] }] },
    { name: 'GPU', panels: [{ title: 'GPU power', lines: [{ key: 'system/gpu_0_power_usage_watts', label: 'GPU 0' }, { key: 'system/gpu_1_power_usage_watts', label: 'GPU 1' }] }] },
  ]);
  expect(systemGroups(['system/node-2/gpu_0_utilization_percentage', 'system/node-10/gpu_0_utilization_percentage'])[0]?.panels[0]?.lines.map(({ label }) => label)).toEqual(['node-2 GPU 0', 'node-10 GPU 0']);
});

test('a machine without a name is called main beside those that have one', () => {
  const labels = (...keys: string[]) => systemGroups(keys.map((key) => `system/${key}`))[0]?.panels[0]?.lines.map(({ label }) => label);
  expect(labels('cpu_utilization_percentage', 'n2/cpu_utilization_percentage')).toEqual(['main', 'n2']);
  expect(labels('gpu_0_power_usage_watts', 'n2/gpu_0_power_usage_watts')).toEqual(['main GPU 0', 'n2 GPU 0']);
});

test('what is not known is shown too, last', () => {
  expect(systemGroups(['system/fan_speed', 'system/disk_usage_percentage']).map(({ name }) => name)).toEqual(['Disk and network', 'Other']);
  expect(systemGroups(['loss'])).toEqual([]);
});
