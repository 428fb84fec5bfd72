// A process that prints as a training does, to the console of a run: node print-to-console.ts <url> <run> <first> <count>
export {};

const [url = '', run = '', first = '0', count = '0'] = process.argv.slice(2);
const BATCH = 10;

const coloured = (sequence: number): string => {
  if (sequence % 40 === 17) return `${[0, 50, 100].map((done) => `Epoch ${sequence}: ${done}%|${'#'.repeat(done / 10)}|`).join('\r')}`;
  if (sequence === 23) return '<img src=x onerror="document.title=\'injected\'"> \u001B[31mloss is \u001B[1mNaN\u001B[0m';
  return `step ${sequence} loss \u001B[32m${(1 / (1 + sequence)).toFixed(4)}\u001B[0m`;
};

for (let sequence = Number(first); sequence < Number(first) + Number(count); sequence += BATCH) {
  const lines = Array.from({ length: BATCH }, (_, at) => ({ sequence: sequence + at, stream: (sequence + at) % 7 === 3 ? 'stderr' : 'stdout', time: Date.now(), text: coloured(sequence + at) }));
  const answer = await fetch(`${url}/api/v1/runs/${run}/logs`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: lines.map((line) => JSON.stringify(line)).join('\n') });
  if (!answer.ok) throw new Error(await answer.text());
}
