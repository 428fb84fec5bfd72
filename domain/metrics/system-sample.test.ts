import { expect, test } from 'vitest';
import { GAUGE_NAMES, pointsOfSamples, systemUnit } from './system-sample.ts';

const sample = { sequence: 3, time: 1_700_000_000_000, node: '' };

test('a sample becomes points under the names of MLflow\'s own monitor, in its units', () => {
  const gauges = { 'cpu.utilisation': 42.5, 'memory.used': 8e9, 'network.sent': 1_500_000, 'gpu.1.power': 250, 'gpu.0.memory': 4e9, 'gpu.0.utilisation': 99 };
  expect(pointsOfSamples([{ ...sample, gauges }]).map(({ key, value }) => [key, value])).toEqual([
    ['system/cpu_utilization_percentage', 42.5], ['system/system_memory_usage_megabytes', 8_000], ['system/network_transmit_megabytes', 1.5],
    ['system/gpu_1_power_usage_watts', 250], ['system/gpu_0_memory_usage_megabytes', 4_000], ['system/gpu_0_utilization_percentage', 99],
  ]);
});

test('its number is the step, and a node stands in the name as MLflow puts it there', () => {
  expect(pointsOfSamples([{ ...sample, node: 'node-1', gauges: { 'disk.available': 1e9 } }])).toEqual([{ key: 'system/node-1/disk_available_megabytes', value: 1_000, step: 3n, timestamp: 1_700_000_000_000n }]);
});

test.each(['cpu', 'gpu.x.power', 'gpu.0.fan', 'constructor', '__proto__', ''])('the gauge "%s" is refused, with those there are', (name) => {
  expect(() => pointsOfSamples([{ ...sample, gauges: Object.fromEntries([[name, 1]]) }])).toThrow(GAUGE_NAMES[0]);
});

test.each([['system/cpu_utilization_percentage', 50, '%'], ['system/gpu_0_power_usage_watts', 300, 'W'], ['system/disk_usage_megabytes', 999, 'MB'], ['system/n/system_memory_usage_megabytes', 64_000, 'GB']])('%s up to %d is shown in %s', (key, most, word) => {
  expect(systemUnit(key, most)?.word).toBe(word);
});

test('other metrics have no unit', () => {
  expect([systemUnit('latency_percentage', 1), systemUnit('system/custom', 1)]).toEqual([null, null]);
});

test.each(['..', 'a//b', 'a\nb', '<b>', 'x'.repeat(250)])('the node %j is refused: its metrics could not be asked for again', (node) => {
  expect(() => pointsOfSamples([{ ...sample, node, gauges: { 'disk.used': 1 } }])).toThrow(/metric's name/);
});
