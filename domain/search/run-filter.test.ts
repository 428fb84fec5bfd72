import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { formatRunFilter } from './format-run-filter.ts';
import { parseRunFilter } from './parse-run-filter.ts';
import { parseRunOrder } from './parse-run-order.ts';
import { DATASET_ATTRIBUTES, isNumeric, mayBeNumber, valuesOf, VARIABLE_KINDS, RUN_ATTRIBUTES, type RunField, type RunFilter, type TimeField } from './run-filter.ts';

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

  it('reads dates as whole days, times as moments, and times that move with the clock', () => {
    const start: TimeField = { kind: 'attribute', name: 'start_time' };
    const day = Date.parse('2026-11-01T00:00:00Z');
    const next = Date.parse('2026-11-02T00:00:00Z');
    expect(parseRunFilter('start_time > \'2026-11-01\'')).toEqual({ kind: 'compare', field: start, comparator: '>=', value: next });
    expect(parseRunFilter('start_time <= "2026-11-01"')).toEqual({ kind: 'compare', field: start, comparator: '<', value: next });
    expect(parseRunFilter('start_time >= \'2026-11-01\'')).toEqual({ kind: 'compare', field: start, comparator: '>=', value: day });
    expect(parseRunFilter('start_time = \'2026-11-01\'')).toEqual({ kind: 'and', parts: [{ kind: 'compare', field: start, comparator: '>=', value: day }, { kind: 'compare', field: start, comparator: '<', value: next }] });
    expect(parseRunFilter('start_time > \'2026-11-01T02:00+02:00\'')).toEqual({ kind: 'compare', field: start, comparator: '>', value: day });
    expect(parseRunFilter('start_time > \'2026-11-01 00:00\'')).toEqual({ kind: 'compare', field: start, comparator: '>', value: day });
    expect(parseRunFilter('start_time BETWEEN \'2026-11-01\' AND \'2026-11-01\'')).toEqual(parseRunFilter('start_time = \'2026-11-01\''));
    for (const text of ['start_time > now - 7d', 'start_time > now-7d', 'START_TIME > NOW -1w', 'created > now - 168h']) expect(parseRunFilter(text), text).toEqual({ kind: 'since', field: start, comparator: '>', minutesAgo: 10_080 });
    expect(parseRunFilter('end_time < now')).toMatchObject({ kind: 'since', minutesAgo: 0 });
    expect(formatRunFilter({ kind: 'since', field: start, comparator: '>', minutesAgo: 1_440 })).toBe('attributes.start_time > now - 1d');
  });

  it('knows the calendar: every moment since 1970 and before is the one that clocks mean', () => {
    fc.assert(fc.property(fc.date({ min: new Date('0100-01-01T00:00Z'), max: new Date('9999-12-31T23:59Z'), noInvalidDate: true }), (date) => {
      expect(parseRunFilter(`end_time >= '${date.toISOString()}'`)).toMatchObject({ value: date.getTime() });
    }));
    for (const day of ['2026-02-29', '2100-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-11-01T24:00', '2026-11-01T10:60', '2026-11-01T10:00+15:00']) expect(problemOf(() => parseRunFilter(`start_time > '${day}'`)), day).toContain('expected a date');
    expect(problemOf(() => parseRunFilter('start_time > \'2000-02-29\''))).toBe('nothing was refused');
  });

  it('reads ranges, both ends included; outside them still means that there is a value', () => {
    expect(parseRunFilter('metrics.acc BETWEEN 0.8 AND 0.9 AND seed = 3')).toEqual(parseRunFilter('(metrics.acc >= 0.8 AND metrics.acc <= 0.9) AND seed = 3'));
    expect(parseRunFilter('params.lr NOT BETWEEN 0.1 AND 1')).toEqual(parseRunFilter('params.lr < 0.1 OR params.lr > 1'));
  });

  it('reads what is said of experiments: owner, verdict, hypothesis, descent, what was changed', () => {
    expect(parseRunFilter('owner = \'Ada\' AND verdict = supported AND hypothesis.status != \'refuted\'')).toEqual({ kind: 'and', parts: [
      { kind: 'compare', field: { kind: 'attribute', name: 'owner' }, comparator: '=', value: 'Ada' },
      { kind: 'compare', field: { kind: 'attribute', name: 'verdict' }, comparator: '=', value: 'SUPPORTED' },
      { kind: 'compare', field: { kind: 'attribute', name: 'hypothesis_status' }, comparator: '!=', value: 'REFUTED' },
    ] });
    expect(parseRunFilter('dataset = \'digits\'')).toEqual(parseRunFilter('datasets.name = \'digits\''));
    expect(parseRunFilter('commit = \'3f2a1bc\'')).toEqual(parseRunFilter('commit ILIKE \'3f2a1bc%\''));
    expect(parseRunFilter('changed param lr AND changed code src/model.py OR NOT changed data')).toEqual({ kind: 'or', parts: [
      { kind: 'and', parts: [{ kind: 'changed', variable: 'CONFIG', name: 'lr' }, { kind: 'changed', variable: 'CODE', name: 'src/model.py' }] },
      { kind: 'not', part: { kind: 'changed', variable: 'DATA', name: null } },
    ] });
    expect(parseRunFilter('(ancestor of vis-12) OR descendants of "VIS-3"')).toEqual({ kind: 'or', parts: [{ kind: 'lineage', relation: 'ancestor', experiment: 'VIS-12' }, { kind: 'lineage', relation: 'descendant', experiment: 'VIS-3' }] });
  });

  it.each([
    ['metrics.acc', 'At position 12: expected =, !=, <, <=, >, >=, LIKE, ILIKE, IN, BETWEEN, NOT or IS, found the end.'],
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
    ['params.a NOT = \'x\'', 'At position 14: expected LIKE, ILIKE, IN or BETWEEN after NOT, found =.'],
    ['params.a IS \'x\'', 'At position 13: expected NULL or NOT NULL, found \'x\'.'],
    ['metrics.a > 1; DROP TABLE runs', 'At position 14: expected a field, a value or an operator, found ";".'],
    ['verdict = good', 'At position 11: expected SUPPORTED, REFUTED, EQUIVALENT or INCONCLUSIVE, found good.'],
    ['hypothesis.status IN (open)', 'At position 23: expected PROPOSED, TESTING, SUPPORTED, REFUTED, INCONCLUSIVE or ABANDONED, found open.'],
    ['start_time > \'2026-02-30\'', 'At position 14: expected a date such as \'2026-11-01\', a time such as \'2026-11-01T14:30\' (UTC unless it says otherwise), epoch milliseconds, or now - 7d, found \'2026-02-30\'.'],
    ['start_time > yesterday', 'At position 14: expected a date such as'],
    ['start_time > now - 7', 'At position 20: expected how long ago: minutes, hours, days or weeks such as 30m, 12h, 7d or 2w, found 7.'],
    ['start_time > now - soon', 'At position 20: expected how long ago'],
    ['metrics.a BETWEEN 1', 'At position 20: expected AND and the other end of the range, found the end.'],
    ['metrics.a BETWEEN 2 AND 1', 'At position 19: BETWEEN needs the smaller value first; 2 is larger than 1.'],
    ['params.a BETWEEN \'1\' AND \'2\'', 'At position 10: BETWEEN looks at numbers and times. Leave the quotes off to compare as numbers.'],
    ['seed > \'1\'', 'At position 6: leave the quotes off to compare a seed with >.'],
    ['changed lr', 'At position 9: expected param, code, data or environment, such as changed param lr, found lr.'],
    ['ancestor VIS-12', 'At position 10: expected of and an experiment, such as ancestor of VIS-12, found VIS-12.'],
    ['descendant of everything', 'At position 15: expected the key of an experiment, such as VIS-12, found everything.'],
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
    const choices = valuesOf(own);
    const literal: fc.Arbitrary<string | number> = choices ? fc.constantFrom(...choices) : isNumeric(own) ? number : mayBeNumber(own) ? fc.oneof(number, text) : text;
    const compare = fc.record({ kind: fc.constant('compare' as const), field: fc.constant(own), comparator: isNumeric(own) ? fc.constantFrom('=' as const, '<' as const, '>=' as const) : fc.constantFrom('=' as const, '!=' as const), value: literal });
    const within = fc.record({ kind: fc.constant('in' as const), field: fc.constant(own), values: fc.array(literal, { minLength: 1, maxLength: 3 }), negated: fc.boolean() });
    const absent = fc.record({ kind: fc.constant('null' as const), field: fc.constant(own), negated: fc.boolean() });
    const like = fc.record({ kind: fc.constant('like' as const), field: fc.constant(own), pattern: text, ignoreCase: fc.boolean(), negated: fc.boolean() });
    return isNumeric(own) ? fc.oneof(compare, within, absent) : fc.oneof(compare, within, absent, like);
  });
  const time: fc.Arbitrary<TimeField> = fc.constantFrom(...(['start_time', 'end_time', 'created_at'] as const).map((name): TimeField => ({ kind: 'attribute', name })));
  const sentence: fc.Arbitrary<RunFilter> = fc.oneof(
    fc.record({ kind: fc.constant('since' as const), field: time, comparator: fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const), minutesAgo: fc.integer({ min: 0, max: 999_999 }) }),
    fc.record({ kind: fc.constant('changed' as const), variable: fc.constantFrom(...VARIABLE_KINDS), name: fc.option(key) }),
    fc.record({ kind: fc.constant('lineage' as const), relation: fc.constantFrom('ancestor' as const, 'descendant' as const), experiment: fc.constantFrom('VIS-12', 'A1-1') }),
  );
  const { filter } = fc.letrec<{ filter: RunFilter }>((tie) => ({
    filter: fc.oneof({ maxDepth: 4 }, condition, sentence,
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), parts: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ kind: fc.constant('not' as const), part: tie('filter') })),
  }));

  it('gives back every filter from its own text', () => {
    fc.assert(fc.property(filter, (any) => {
      expect(parseRunFilter(formatRunFilter(any))).toEqual(any);
    }), { numRuns: 500 });
  });

  it('answers any text whatever with a filter or a refusal, never with a crash', () => {
    const pieces = fc.constantFrom('metrics.', 'params.a', '`', '\'', '"', '(', ')', '=', '!', '<', 'AND', 'OR', 'NOT', 'IN', 'IS', 'NULL', 'LIKE', 'BETWEEN', 'now', '7d', 'changed', 'param', 'ancestor', 'of', 'VIS-1', 'verdict', 'start_time', '1', '-', '.', 'e', ',', ' ', 'tags.x', '\\', '--', '/*', ';', '\n');
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
