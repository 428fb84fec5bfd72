import { describe, expect, test } from 'vitest';
import { canonicalConfig, canonicalKey, canonicalValue } from './canonical-config.ts';

const config = (params: Record<string, string>, defaults: Record<string, string> = {}) => Object.fromEntries(canonicalConfig(new Map(Object.entries(params)), { defaults: new Map(Object.entries(defaults)), leftOut: ['seed'] }));

describe('a value in one way of writing', () => {
  test.each([['1e-3', '0.001'], ['1.0e-03', '0.001'], ['.5', '0.5'], ['1_000', '1000'], ['-0.0', '0'], ['True', 'true'], ['FALSE', 'false'], ['None', 'null'], ['', 'null'], [' adam ', 'adam'], ['NaN', 'nan'], ['-Infinity', '-inf']])('%s is %s', (written, meant) => {
    expect(canonicalValue(written)).toBe(meant);
  });

  test.each(['007', '2024-01-31', '1.2.3', 'yes', '0x10', 'resnet50', '1e'])('%s is a text', (text) => expect(canonicalValue(text)).toBe(text));
  test('digits beyond a double are an id', () => expect(canonicalValue('123456789012345678901')).toBe('123456789012345678901'));
  test('a count and a share are told apart where a library does', () => {
    expect(canonicalValue('1', 'max_features')).not.toBe(canonicalValue('1.0', 'max_features'));
    expect(canonicalValue('1', 'lr')).toBe(canonicalValue('1.0', 'lr'));
  });
});

test.each([['--batch-size', 'batch_size'], ['data/crop', 'data.crop'], ['clf__C', 'clf.C'], ['__hidden', '__hidden']])('the key %s is %s', (written, meant) => expect(canonicalKey(written)).toBe(meant));

describe('a configuration', () => {
  test('JSON and Python say the same, whatever the order', () => {
    const flat = { 'opt.betas.0': '0.9', 'opt.betas.1': '0.999', 'opt.name': 'adam', 'opt.amsgrad': 'false', 'opt.eps': 'null' };
    expect(config({ opt: '{"name": "adam", "betas": [0.9, 0.999], "amsgrad": false, "eps": null}' })).toEqual(flat);
    expect(config({ opt: "{'eps': None, 'amsgrad': False, 'betas': (0.90, 0.999,), 'name': 'adam'}" })).toEqual(flat);
  });
  test('what is no literal to its end stays a text', () => {
    expect(config({ a: '{broken', b: '[1, 2', c: '{"a": 1} and more', d: "'it's'" })).toEqual({ a: '{broken', b: '[1, 2', c: '{"a": 1} and more', d: "'it's'" });
    expect(config({ deep: '['.repeat(5000) })).toEqual({ deep: '['.repeat(5000) });
  });
  test('a default made explicit changes nothing', () => expect(config({ lr: '0.1', momentum: '0.90' }, { momentum: '0.9' })).toEqual(config({ lr: '0.1' }, { momentum: '0.9' })));
  test('the seed is no part of it', () => expect(config({ lr: '1', seed: '3' })).toEqual({ lr: '1' }));
  test('one name written two ways keeps both values', () => expect(config({ 'batch-size': '2', batch_size: '4' })).toEqual({ batch_size: '2, 4' }));
});
