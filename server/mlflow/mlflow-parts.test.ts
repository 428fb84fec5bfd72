import { expect, test } from 'vitest';
import { isLike, meets } from './condition.ts';
import { parseFilter, parseOrder } from './filter.ts';
import { doubleJson, int64Json, parseJson } from './json.ts';
import { checkParam, checkTag, requireMetricName } from './limits.ts';
import { sample } from './metrics.ts';
import { offsetFrom, tokenFor } from './page-token.ts';
import { floatText, jsonText, normalPath } from './python-text.ts';
import { findRoute } from './routes.ts';

test('JSON of every client is read exactly', () => {
  expect(parseJson('{"a":1,"b":[0.1234567890123456,"12345678901234567890"]}')).toEqual({ a: 1, b: [0.1234567890123456, '12345678901234567890'] });
  expect(parseJson('{"step":9007199254740993,"neg":-9223372036854775808}')).toEqual({ step: 9007199254740993n, neg: -9223372036854775808n });
  expect(parseJson('{"a":NaN,"b":-Infinity,"c":"NaN \\" Infinity","d":9007199254740993}')).toEqual({ a: 'NaN', b: '-Infinity', c: 'NaN " Infinity', d: 9007199254740993n });
  expect(() => parseJson('{"a":')).toThrow(SyntaxError);
  expect(JSON.stringify([int64Json(9007199254740993n), int64Json(5n), doubleJson(Number.NaN), doubleJson(-Infinity), doubleJson(0.5)])).toBe('[9007199254740993,5,"NaN","-Infinity",0.5]');
});

test.each([[1, '1.0'], [0.5, '0.5'], [1e16, '1e+16'], [1.25e17, '1.25e+17'], [0.00001, '1e-05'], [0.0001, '0.0001'], [-0, '-0.0'], [Number.NaN, 'nan'], [-Infinity, '-inf']])('%d is written as Python\'s repr: %s', (value, text) => {
  expect(floatText(value)).toBe(text);
});

test.each([['a', 'a'], ['', '.'], ['a/../b', 'b'], ['../a', '../a'], ['a//b/.', 'a/b'], ['/../a', '/a'], ['//a', '//a'], ['///a', '/a'], ['a/..', '.'], ['../../a', '../../a']])('posixpath.normpath(%j) is %j', (path, normal) => {
  expect(normalPath(path)).toBe(normal);
});

test('values in messages are ASCII, as json.dumps writes them', () => {
  expect(jsonText('ü🎲\n')).toBe('"\\u00fc\\ud83c\\udfb2\\n"');
});

test('long values are cut at MLflow\'s limits, counted in characters', () => {
  expect(Array.from(checkParam('k', '🎲'.repeat(6001)))).toHaveLength(6000);
  expect(checkTag('k', 'x'.repeat(8001))).toHaveLength(8000);
  expect(checkParam('k', '🎲'.repeat(6000))).toHaveLength(12_000);
});

test.each(['loss', 'a b', 'a/b.c-d:e_f', 'ünïcode', '視覚', '.x', '_x'])('%s may name a metric', (name) => {
  expect(() => { requireMetricName(name); }).not.toThrow();
});
test.each(['a$', 'a\tb', '../a', './a', '/a', 'a/', 'a//b', '.', '..', '...', 'x'.repeat(251)])('%j may not', (name) => {
  expect(() => { requireMetricName(name); }).toThrow(/Names may|exceeds the maximum length/);
});

test('LIKE is SQL\'s, in linear time', () => {
  expect([isLike('vision/cutmix', 'vision/%'), isLike('abc', 'a_c'), isLike('abc', 'a_'), isLike('', '%'), isLike('a.c', 'a%c'), isLike('abc', '%b%')]).toEqual([true, true, false, true, true, true]);
  expect(isLike('a'.repeat(20_000), `${'%a'.repeat(40)}%b`)).toBe(false);
});

const RULES = { attributes: ['name', 'creation_time'], numeric: ['creation_time'], entities: ['tag'] };
test('filters of experiments and models', () => {
  expect(parseFilter(`name LIKE 'a%' AND tags."my key" = 'x' AND attribute.creation_time >= 5`, RULES)).toEqual([
    { entity: 'attribute', key: 'name', comparator: 'LIKE', value: 'a%' }, { entity: 'tag', key: 'my key', comparator: '=', value: 'x' }, { entity: 'attribute', key: 'creation_time', comparator: '>=', value: 5 },
  ]);
  for (const bad of ['nonsense', "name = 'a' OR name = 'b'", "flavour = 'x'", "creation_time LIKE 'x'", 'name =', "param.a = 'x'", 'name IN ()', "name = 'a' AND"]) expect(() => parseFilter(bad, RULES), bad).toThrow(/./);
  const [missing] = parseFilter('tags.a IS NULL', RULES);
  expect(missing && [meets(undefined, missing), meets('x', missing)]).toEqual([true, false]);
  const [other] = parseFilter("tags.a != 'x'", RULES);
  expect(other && [meets(undefined, other), meets('y', other)], 'as in SQL, nothing is not unequal').toEqual([false, true]);
  expect(() => parseOrder(['name', 'name DESC'], ['name'])).toThrow('duplicate');
});

test('a sample keeps the first of each bucket and the last point', () => {
  const indexes = Array.from({ length: 10 }, (_, index) => index);
  expect(sample(indexes, 20)).toEqual(indexes);
  expect(sample(indexes, 4)).toEqual([0, 3, 6, 9]);
  expect(sample(indexes, 3)).toEqual([0, 4, 9]);
  expect(sample(indexes, 1)).toEqual([9]);
});

test('page tokens are MLflow\'s, and garbage is refused', () => {
  expect(offsetFrom(tokenFor(7))).toBe(7);
  for (const bad of ['!!!', Buffer.from('{"offset": -1}').toString('base64'), Buffer.from('null').toString('base64')]) expect(() => offsetFrom(bad), bad).toThrow('Invalid page token');
});

test('paths find their request, placeholders decoded once', () => {
  expect(findRoute('mlflow/logged-models/m-1/tags/a%2Fb')?.path).toEqual({ model_id: 'm-1', tag_key: 'a/b' });
  expect(findRoute('mlflow-artifacts/artifacts/1/%252e')?.path).toEqual({ address: '1/%2e' });
  expect([...findRoute('mlflow/logged-models/search')?.handlers.keys() ?? []]).toEqual(['POST']);
  expect(findRoute('mlflow/logged-models/{model_id}')?.path).toEqual({ model_id: '{model_id}' });
  expect(findRoute('mlflow/nothing')).toBeNull();
});
