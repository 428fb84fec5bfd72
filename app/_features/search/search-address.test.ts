import { expect, it } from 'vitest';
import { searchAddressFrom, searchHref, toggled } from './search-address.ts';

it('says all of a view in the address, and reads it back', () => {
  const address = { text: 'lr = 1 & more', project: 'vision', asWords: true, chosen: new Map([['KIND', ['run', 'note']], ['WHEN', ['week']]] as const) };
  const href = searchHref(address);
  expect(href).toBe('/search?q=lr+%3D+1+%26+more&project=vision&as=words&kind=run%2Cnote&when=week');
  expect(searchAddressFrom(new URLSearchParams(href.split('?')[1]))).toEqual(address);
  expect(searchHref(searchAddressFrom(new URLSearchParams('')))).toBe('/search');
});

it('chooses a value, another one besides, and neither any more', () => {
  const one = toggled(new Map(), 'VERDICT', 'SUPPORTED');
  const two = toggled(one, 'VERDICT', 'REFUTED');
  expect([...two]).toEqual([['VERDICT', ['SUPPORTED', 'REFUTED']]]);
  expect([...toggled(toggled(two, 'VERDICT', 'REFUTED'), 'VERDICT', 'SUPPORTED')]).toEqual([]);
});
