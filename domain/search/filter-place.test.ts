import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completionsOfLanguage, nameCompletion, namesWanted, valueCompletion, valuesWanted } from './complete-filter.ts';
import { filterPlaceAt } from './filter-place.ts';

/** The cursor is where the bar stands. */
function placeIn(text: string): ReturnType<typeof filterPlaceAt> {
  const cursor = text.indexOf('|');
  return filterPlaceAt(text.replace('|', ''), cursor);
}
const offeredIn = (text: string): readonly string[] => { const place = placeIn(text); return place ? completionsOfLanguage(place).map(({ insert }) => insert) : []; };
const replacedIn = (text: string): string | null => { const place = placeIn(text); return place ? text.replace('|', '').slice(place.from, place.to) : null; };

describe('where one types in a filter', () => {
  it.each([
    ['|', 'condition', ''], ['  |', 'condition', ''], ['ver|', 'condition', 'ver'], ['NOT (ver|', 'condition', 'ver'], ['status = \'FAILED\' AND s|eed', 'condition', 's'], ['hypothesis.st|', 'condition', 'hypothesis.st'],
    ['metrics.|', 'condition', ''], ['metrics.val_a|cc > 1', 'condition', 'val_a'], ['params.`learning r|', 'condition', 'learning r'], ['datasets.di|', 'condition', 'di'],
    ['params.lr |', 'comparison', ''], ['params.lr N|', 'comparison', 'N'], ['params.lr NOT |', 'comparison', ''], ['params."a b" |', 'comparison', ''],
    ['params.lr =|', 'value', ''], ['params.lr = 0.|', 'value', '0.'], ['owner = \'A|', 'value', 'A'], ['owner = "Ada L|" AND seed = 1', 'value', 'Ada L'], ['verdict != su|', 'value', 'su'],
    ['verdict IN (|', 'value', ''], ['verdict IN (supported, re|', 'value', 're'], ['seed BETWEEN |', 'value', ''], ['seed BETWEEN 1 AND |', 'value', ''], ['start_time > |', 'value', ''],
    ['changed |', 'variable', ''], ['changed param l|', 'variable-name', 'l'], ['ancestor |', 'word', ''], ['ancestor of VI|', 'experiment', 'VI'],
    ['owner IS |', 'word', ''], ['seed BETWEEN 1 |', 'word', ''], ['verdict IN (supported|', 'value', 'supported'], ['owner IN (\'a\'|', 'word', ''], ['seed = 1 |', 'word', ''], ['seed = 1 a|', 'word', 'a'], ['(seed = 1) |', 'word', ''], ['start_time > now - 7d |', 'word', ''],
  ])('%s', (text, wanted, typed) => {
    expect(placeIn(text)).toMatchObject({ wanted: { kind: wanted }, typed });
  });

  it.each(['batch norm|', 'params.aug LIKE \'mi|', 'seed = 1 seed |', 'owner = \'Ada\'|', 'a ? |', ') |', 'start_time > now - |'])('says nothing of %s', (text) => {
    expect(placeIn(text)).toBeNull();
  });

  it('replaces what is there of the piece, before and behind the cursor, and nothing of its neighbours', () => {
    expect(replacedIn('seed = 1 AND metrics.val|_acc > 1')).toBe('metrics.val_acc');
    expect(replacedIn('params.`learning r|ate` = 1')).toBe('params.`learning rate`');
    expect(replacedIn('owner = \'Ad|a\' AND seed = 1')).toBe('\'Ada\'');
    expect(replacedIn('owner = \'Ad|')).toBe('\'Ad');
    expect(replacedIn('owner = |')).toBe('');
  });

  it('offers what the language has there', () => {
    expect(offeredIn('|').slice(0, 4)).toEqual(['metrics.', 'params.', 'tags.', 'verdict ']);
    expect(offeredIn('st|')).toEqual(['status ', 'start_time ']);
    expect(offeredIn('attributes.se|')).toEqual(['seed ']);
    expect(offeredIn('metrics.acc |')).toEqual(['> ', '>= ', '< ', '<= ', 'BETWEEN ', '= ', '!= ', 'IN (', 'IS NULL ', 'IS NOT NULL ']);
    expect(offeredIn('owner NOT |')).toEqual(['IN (', 'LIKE ', 'ILIKE ']);
    expect(offeredIn('verdict = s|')).toEqual(['supported ']);
    expect(offeredIn('verdict IN (r|')).toEqual(['refuted']);
    expect(offeredIn('excluded = |')).toEqual(['true ', 'false ']);
    expect(offeredIn('end_time < n|')).toEqual(['now - 1d ', 'now - 7d ', 'now - 30d ']);
    expect(offeredIn('seed = 1 o|')).toEqual(['OR ']);
  });

  it('asks for names and values where runs have them', () => {
    const at = (text: string) => { const place = placeIn(text); return place && { names: namesWanted(place), values: valuesWanted(place) }; };
    expect(at('|')).toEqual({ names: [], values: null });
    expect(at('lr|')).toEqual({ names: ['metric', 'param', 'tag'], values: null });
    expect(at('tags.|')).toEqual({ names: ['tag'], values: null });
    expect(at('changed param |')).toEqual({ names: ['param'], values: null });
    expect(at('params.lr = |')).toEqual({ names: [], values: { kind: 'param', key: 'lr' } });
    expect(at('descendant of |')).toEqual({ names: [], values: { kind: 'attribute', name: 'experiment' } });
    for (const text of ['metrics.acc > |', 'verdict = |', 'start_time > |', 'excluded = |']) expect(at(text), text).toEqual({ names: [], values: null });
  });

  it('writes names and values so that they are read again', () => {
    const name = (text: string, key: string) => { const place = placeIn(text); return place && nameCompletion(place, 'param', key).insert; };
    const value = (text: string, of: string) => { const place = placeIn(text); return place && (valueCompletion(place, { value: of, runs: 1 })?.insert ?? null); };
    expect([name('l|', 'lr'), name('params.|', 'learning `rate`'), name('changed param |', 'and'), name('changed param |', 'lr')]).toEqual(['params.lr ', 'params.`learning ``rate``` ', '`and` ', 'lr ']);
    expect([value('params.lr = |', '0.1'), value('params.lr < |', '0.1'), value('params.lr < |', 'auto'), value('owner = |', 'O\'Hara'), value('tags.n = |', '3'), value('seed IN (|', '3'), value('ancestor of |', 'VIS-1')])
      .toEqual(['0.1 ', '0.1 ', null, '\'O\'\'Hara\' ', '\'3\' ', '3', 'VIS-1 ']);
  });

  it('never fails, and never replaces what lies outside of the text', () => {
    const piece = fc.constantFrom('params.', 'lr', ' ', '=', '(', ')', '\'', '"', '`', 'AND', 'NOT', 'IN', 'BETWEEN', 'changed', 'ancestor', 'of', '1', 'now', '-', '7d', '?', '😀', '<>', ',', 'IS', 'verdict');
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(), (pieces, at) => {
      const text = pieces.join('');
      const cursor = at % (text.length + 1);
      const place = filterPlaceAt(text, cursor);
      const { from, to } = place ?? { from: cursor, to: cursor };
      expect(from <= cursor && cursor <= to && to <= text.length).toBe(true);
      expect(place === null ? [] : completionsOfLanguage(place)).toBeInstanceOf(Array);
    }));
    expect([filterPlaceAt('seed', 5), filterPlaceAt('seed', -1), filterPlaceAt('seed', 0.5), filterPlaceAt('x'.repeat(20_001), 1)]).toEqual([null, null, null, null]);
  });
});
