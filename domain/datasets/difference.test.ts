import { describe, expect, test } from 'vitest';
import { columnsOf, withSketch } from './columns.ts';
import { datasetDifference, type ComparedVersion } from './difference.ts';

const schemaOf = (columns: Readonly<Record<string, string>>): string => JSON.stringify({ mlflow_colspec: Object.entries(columns).map(([name, type]) => ({ name, type, required: true })) });
const SKETCH = { count: 9, missing: 1, min: 0, max: 9, mean: 4.5, quantiles: [0, 2, 4, 6, 9] };
const version = (more: Partial<ComparedVersion> = {}): ComparedVersion => ({ digest: 'd1', meaning: null, schema: null, profile: null, rows: null, bytes: null, ...more });

describe('the difference of two versions', () => {
  test('names the columns that came, went or have another type, before those that are the same', () => {
    const { columns, rows, bytes, content } = datasetDifference(
      version({ schema: schemaOf({ id: 'integer', age: 'integer', city: 'text' }), rows: 10, bytes: 100 }),
      version({ digest: 'd2', schema: schemaOf({ id: 'integer', age: 'number', height: 'number' }), rows: 8, bytes: 140 }),
    );
    expect(columns?.map(({ name, change, from, to }) => [change, name, from?.type, to?.type])).toEqual([
      ['ADDED', 'height', undefined, 'number'], ['REMOVED', 'city', 'text', undefined], ['RETYPED', 'age', 'integer', 'number'], ['SAME', 'id', 'integer', 'integer'],
    ]);
    expect([rows, bytes, content]).toEqual([-2, 40, 'OTHER']);
  });

  test('says where only the writing differs, and does not take two unknown meanings for one', () => {
    expect(datasetDifference(version({ meaning: 'm' }), version({ digest: 'd2', meaning: 'm' })).content).toBe('SAME_ROWS');
    expect(datasetDifference(version(), version({ digest: 'd2' })).content).toBe('OTHER');
    expect(datasetDifference(version(), version()).content).toBe('SAME_BYTES');
  });

  test('knows nothing of columns or rows that one of them did not record', () => {
    expect(datasetDifference(version({ schema: schemaOf({ a: 'text' }), rows: 3 }), version({ digest: 'd2' }))).toMatchObject({ columns: null, rows: null });
  });

  test('takes the first of two columns of one name', () => {
    const twice = JSON.stringify({ mlflow_colspec: [{ name: 'a', type: 'text' }, { name: 'a', type: 'number' }] });
    expect(datasetDifference(version({ schema: twice }), version({ schema: schemaOf({ a: 'text' }) })).columns).toMatchObject([{ name: 'a', change: 'SAME' }]);
  });
});

describe('columns', () => {
  test('have the sketch that the client made of them', () => {
    expect(columnsOf({ schema: schemaOf({ a: 'number', b: 'text' }), profile: JSON.stringify({ num_rows: 10, sketch: { a: SKETCH } }) })).toEqual([{ name: 'a', type: 'number', sketch: SKETCH }, { name: 'b', type: 'text', sketch: null }]);
  });

  test.each([
    ['no JSON', 'no JSON'], ['a list', '[]'], ['numbers that are texts', JSON.stringify({ sketch: { a: { ...SKETCH, min: '0' } } })], ['too few quantiles', JSON.stringify({ sketch: { a: { ...SKETCH, quantiles: [1] } } })],
    ['quantiles out of order', JSON.stringify({ sketch: { a: { ...SKETCH, quantiles: [0, 6, 4, 2, 9] } } })], ['a number that is none', '{"sketch":{"a":{"count":1e999}}}'],
  ])('have no sketch where the profile holds %s', (_, profile) => {
    expect(columnsOf({ schema: schemaOf({ a: 'number' }), profile })).toEqual([{ name: 'a', type: 'number', sketch: null }]);
  });

  test.each(['', 'null', '7', '{"mlflow_colspec":{}}', '{"mlflow_tensorspec":{"features":"[]"}}'])('are not known of the schema %s', (schema) => { expect(columnsOf({ schema, profile: null })).toBeNull(); });

  test('named like what every object has are columns like others', () => {
    const { columns } = datasetDifference(version({ schema: schemaOf({ constructor: 'text' }) }), version({ digest: 'd2', schema: JSON.stringify({ mlflow_colspec: [{ name: '__proto__', type: 'text' }, null, 5, {}] }) }));
    expect(columns?.map(({ name, change }) => [name, change])).toEqual([['__proto__', 'ADDED'], ['constructor', 'REMOVED']]);
  });
});

test('a version that an older client recorded learns its sketch, and keeps what was said of it', () => {
  const given = JSON.stringify({ num_rows: 9, sketch: { a: SKETCH } });
  expect(withSketch(null, given)).toBe(given);
  expect(JSON.parse(withSketch('{"num_rows":10,"mine":1}', given) ?? '')).toEqual({ num_rows: 10, mine: 1, sketch: { a: SKETCH } });
  for (const stored of ['not json', '{"sketch":{}}']) expect(withSketch(stored, given)).toBe(stored);
  expect(withSketch('{"num_rows":10}', '{"num_rows":9}')).toBe('{"num_rows":10}');
});
