import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { formatRunFilter } from './format-run-filter.ts';
import { parseRunFilter } from './parse-run-filter.ts';
import { parseRunOrder } from './parse-run-order.ts';
import { DATASET_ATTRIBUTES, isNumeric, RUN_ATTRIBUTES, type RunField, type RunFilter } from './run-filter.ts';

const metric = (key: string): RunField => ({ kind: 'metric', key });
const param = (key: string): RunField => ({ kind: 'param', key });
const problemOf = (parse: () => unknown): string => {
  try {
    parse();
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.family === 'bad-input') return refusal.message;
    throw refusal;
  }
  return 'nothing was refused';
};

describe('the run filter language', () => {
  it('reads what MLflow reads', () => {
    expect(parseRunFilter('metrics.rmse < 1 and params.model = "tree"')).toEqual({ kind: 'and', parts: [
      { kind: 'compare', field: metric('rmse'), comparator: '<', value: 1 },
      { kind: 'compare', field: param('model'), comparator: '=', value: 'tree' },
    ] });
    expect(parseRunFilter('metrics.`cross entropy` >= -1e-3')).toEqual({ kind: 'compare', field: metric('cross entropy'), comparator: '>=', value: -0.001 });
    expect(parseRunFilter('params."learning rate"=\'0.1\'')).toEqual({ kind: 'compare', field: param('learning rate'), comparator: '=', value: '0.1' });
    expect(parseRunFilter('tags.mlflow.parentRunId = "abc"')).toEqual({ kind: 'compare', field: { kind: 'tag', key: 'mlflow.parentRunId' }, comparator: '=', value: 'abc' });
    expect(parseRunFilter('attributes.status != "FAILED"')).toEqual({ kind: 'compare', field: { kind: 'attribute', name: 'status' }, comparator: '!=', value: 'FAILED' });
    expect(parseRunFilter('run_name ILIKE "%Mix%"')).toEqual({ kind: 'like', field: { kind: 'attribute', name: 'run_name' }, pattern: '%Mix%', ignoreCase: true, negated: false });
    expect(parseRunFilter('attribute.run_id IN (\'a\', "b")')).toEqual({ kind: 'in', field: { kind: 'attribute', name: 'run_id' }, values: ['a', 'b'], negated: false });
    expect(parseRunFilter('dataset.digest = "d1"')).toEqual({ kind: 'compare', field: { kind: 'dataset', name: 'digest' }, comparator: '=', value: 'd1' });
    expect(parseRunFilter('created > 1664067852747')).toEqual({ kind: 'compare', field: { kind: 'attribute', name: 'start_time' }, comparator: '>', value: 1_664_067_852_747 });
    expect(parseRunFilter('')).toBeNull();
    expect(parseRunFilter('  ')).toBeNull();
    expect(parseRunFilter(null)).toBeNull();
  });

  it('reads OR, NOT and parentheses: AND binds closer than OR, NOT closest', () => {
    const a: RunFilter = { kind: 'compare', field: metric('a'), comparator: '>', value: 1 };
    const b: RunFilter = { kind: 'like', field: param('b'), pattern: 'x%', ignoreCase: false, negated: true };
    const c: RunFilter = { kind: 'null', field: { kind: 'attribute', name: 'end_time' }, negated: false };
    expect(parseRunFilter('metrics.a>1 OR params.b NOT LIKE \'x%\' AND end_time IS NULL')).toEqual({ kind: 'or', parts: [a, { kind: 'and', parts: [b, c] }] });
    expect(parseRunFilter('(metrics.a>1 OR params.b NOT LIKE \'x%\') AND end_time is null')).toEqual({ kind: 'and', parts: [{ kind: 'or', parts: [a, b] }, c] });
    expect(parseRunFilter('not metrics.a > 1 and end_time IS NULL')).toEqual({ kind: 'and', parts: [{ kind: 'not', part: a }, c] });
    expect(parseRunFilter('NOT (NOT metrics.a > 1)')).toEqual({ kind: 'not', part: { kind: 'not', part: a } });
    expect(parseRunFilter('tags.x IS NOT NULL')).toEqual({ kind: 'null', field: { kind: 'tag', key: 'x' }, negated: true });
    expect(parseRunFilter('params.x NOT IN (1, \'two\')')).toEqual({ kind: 'in', field: param('x'), values: [1, 'two'], negated: true });
  });

  it('reads values that are not finite, params as numbers, and quotes inside texts', () => {
    expect(parseRunFilter('metrics.loss = NaN')).toMatchObject({ value: NaN });
    expect(parseRunFilter('metrics.loss < -Infinity')).toMatchObject({ value: -Infinity });
    expect(parseRunFilter('metrics.loss <> inf')).toMatchObject({ comparator: '!=', value: Infinity });
    expect(parseRunFilter('params.lr <= .5')).toMatchObject({ field: param('lr'), value: 0.5 });
    expect(parseRunFilter('params.q = \'it\'\'s\'')).toMatchObject({ value: 'it\'s' });
    expect(parseRunFilter('params.`a``b` = "say ""hi"""')).toMatchObject({ field: param('a`b'), value: 'say "hi"' });
    expect(parseRunFilter('excluded = true')).toMatchObject({ field: { kind: 'attribute', name: 'excluded' }, value: 'true' });
  });

  it.each([
    ['metrics.acc', 'At position 12: expected =, !=, <, <=, >, >=, LIKE, ILIKE, IN, NOT IN or IS, found the end.'],
    ['metrics.acc > ', 'At position 15: expected a number, found the end.'],
    ['metrics.acc > \'0.9\'', 'At position 15: expected a number, found \'0.9\'.'],
    ['metrics.acc LIKE \'x\'', 'At position 13: LIKE and ILIKE look at text; this field holds numbers.'],
    ['params.lr > \'0.1\'', 'At position 11: text compares with =, !=, LIKE, ILIKE and IN, not with >. Leave the quotes off to compare a param as a number.'],
    ['tags.a = 3', 'At position 10: expected a text in quotes, found 3.'],
    ['tags.a = b', 'At position 10: expected a text in quotes, found b.'],
    ['tags.a LIKE b', 'At position 13: expected a pattern in quotes, such as \'mix%\', found b.'],
    ['params.a = \'x', 'At position 12: the \' that opens here is never closed.'],
    ['metrics.a > 1 metrics.b > 2', 'At position 15: expected AND, OR or the end of the filter, found metrics.b.'],
    ['(metrics.a > 1', 'At position 15: expected AND, OR or ), found the end.'],
    ['metrics.a > 1)', 'At position 14: expected AND, OR or the end of the filter, found ).'],
    ['metrics.a > 1 AND', 'At position 18: expected a field such as metrics.accuracy, params.lr, tags.team, attributes.status or datasets.name, found the end.'],
    ['foo.a = 1', 'At position 1: expected a field such as metrics.accuracy, params.lr, tags.team, attributes.status or datasets.name, found foo.a.'],
    ['attributes.colour = \'x\'', 'At position 1: colour is no attribute of a run. Attributes are run_id, run_name'],
    ['datasets.owner = \'x\'', 'At position 1: a dataset has name, digest, context; owner is none of them.'],
    ['metrics. = 1', 'At position 9: expected a name after metrics.'],
    ['metrics.`` = 1', 'At position 9: expected a name after metrics. and found an empty one.'],
    ['params.a IN ()', 'At position 14: expected a text in quotes or a number, found ).'],
    ['params.a IN (\'x\' \'y\')', 'At position 18: expected a comma or ), found \'y\'.'],
    ['params.a NOT = \'x\'', 'At position 14: expected LIKE, ILIKE or IN after NOT, found =.'],
    ['params.a IS \'x\'', 'At position 13: expected NULL or NOT NULL, found \'x\'.'],
    ['metrics.a > 1; DROP TABLE runs', 'At position 14: expected a field, a value or an operator, found ";".'],
    ['params.a = \'x\0\'', 'At position 12: a text may not contain the NUL character.'],
  ])('says where %s is wrong, and what was expected', (text, problem) => {
    expect(problemOf(() => parseRunFilter(text))).toContain(problem);
  });

  it('refuses filters that are too deep, too wide or too long', () => {
    expect(problemOf(() => parseRunFilter(`${'('.repeat(5_000)}metrics.a > 1`))).toContain('nested 30 deep');
    expect(problemOf(() => parseRunFilter(`${'NOT '.repeat(2_000)}metrics.a > 1`))).toContain('nested 30 deep');
    expect(problemOf(() => parseRunFilter(Array.from({ length: 101 }, () => 'metrics.a > 1').join(' OR ')))).toContain('100 conditions');
    expect(problemOf(() => parseRunFilter(`params.a IN (${Array.from({ length: 1_001 }, () => '1').join(',')})`))).toContain('1000 values');
    expect(problemOf(() => parseRunFilter(`params.a = '${'x'.repeat(20_000)}'`))).toContain('20000 characters');
  });

  const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter((text) => !text.includes('\0'));
  const text = fc.string({ unit: 'binary', maxLength: 8 }).filter((each) => !each.includes('\0'));
  const field: fc.Arbitrary<RunField> = fc.oneof(
    fc.record({ kind: fc.constantFrom('metric' as const, 'param' as const, 'tag' as const), key }),
    fc.record({ kind: fc.constant('attribute' as const), name: fc.constantFrom(...RUN_ATTRIBUTES) }),
    fc.record({ kind: fc.constant('dataset' as const), name: fc.constantFrom(...DATASET_ATTRIBUTES) }),
  );
  const condition: fc.Arbitrary<RunFilter> = field.chain((own) => {
    const number = fc.double({ noNaN: own.kind !== 'metric' });
    const literal: fc.Arbitrary<string | number> = isNumeric(own) ? number : text;
    const compare = fc.record({ kind: fc.constant('compare' as const), field: fc.constant(own), comparator: isNumeric(own) ? fc.constantFrom('=' as const, '<' as const, '>=' as const) : fc.constantFrom('=' as const, '!=' as const), value: literal });
    const within = fc.record({ kind: fc.constant('in' as const), field: fc.constant(own), values: fc.array(literal, { minLength: 1, maxLength: 3 }), negated: fc.boolean() });
    const absent = fc.record({ kind: fc.constant('null' as const), field: fc.constant(own), negated: fc.boolean() });
    const like = fc.record({ kind: fc.constant('like' as const), field: fc.constant(own), pattern: text, ignoreCase: fc.boolean(), negated: fc.boolean() });
    return isNumeric(own) ? fc.oneof(compare, within, absent) : fc.oneof(compare, within, absent, like);
  });
  const { filter } = fc.letrec<{ filter: RunFilter }>((tie) => ({
    filter: fc.oneof({ maxDepth: 4 }, condition,
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), parts: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ kind: fc.constant('not' as const), part: tie('filter') })),
  }));

  it('gives back every filter from its own text', () => {
    fc.assert(fc.property(filter, (any) => {
      expect(parseRunFilter(formatRunFilter(any))).toEqual(any);
    }), { numRuns: 500 });
  });

  it('answers any text whatever with a filter or a refusal, never with a crash', () => {
    const pieces = fc.constantFrom('metrics.', 'params.a', '`', '\'', '"', '(', ')', '=', '!', '<', 'AND', 'OR', 'NOT', 'IN', 'IS', 'NULL', 'LIKE', '1', '-', '.', 'e', ',', ' ', 'tags.x', '\\', '--', '/*', ';', '\n');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces).map((all) => all.join('')), fc.array(pieces).map((all) => all.join(' '))), (any) => {
      // problemOf throws whatever is not a refusal.
      expect(problemOf(() => parseRunFilter(any))).toBeTypeOf('string');
      expect(problemOf(() => parseRunOrder([any]))).toBeTypeOf('string');
    }), { numRuns: 2_000 });
  });
});

describe('the order of runs', () => {
  it('reads what MLflow reads, and commas', () => {
    expect(parseRunOrder(['metrics.acc DESC', 'params.`a b` asc, start_time', ''])).toEqual([
      { field: metric('acc'), descending: true },
      { field: param('a b'), descending: false },
      { field: { kind: 'attribute', name: 'start_time' }, descending: false },
    ]);
  });

  it.each([
    ['metrics.acc DOWN', 'At position 13: expected ASC, DESC, a comma or the end, found DOWN.'],
    ['datasets.name', 'At position 1: runs cannot be ordered by their datasets.'],
    ['metrics.a,', 'At position 11: expected a field'],
    [Array.from({ length: 11 }, () => 'start_time').join(','), 'At position 1: an order may have 10 keys; this one has 11.'],
  ])('says where %s is wrong', (text, problem) => {
    expect(problemOf(() => parseRunOrder([text]))).toContain(problem);
  });
});
