import { expect, test } from 'vitest';
import { readHtmlTable } from './html-table.ts';

const FRAME = `<div>
<style scoped>.dataframe tbody tr th { vertical-align: top; }</style>
<table border="1" class="dataframe">
  <thead><tr style="text-align: right;"><th></th><th>lr</th><th>name</th></tr></thead>
  <tbody><tr><th>0</th><td>0.01</td><td>a &lt; b &amp; c</td></tr>
  <tr><th>1</th><td>0.10</td><td><script>window.ran = 1</script>words</td></tr></tbody>
</table><p>2 rows</p></div>`;

test('a data frame is its words, and nothing of the page is more than text', () => {
  expect(readHtmlTable(FRAME)?.cells).toEqual([['', 'lr', 'name'], ['0', '0.01', 'a < b & c'], ['1', '0.10', 'window.ran = 1words']]);
});

test.each(['', '<table><tr><td>1</td></tr></table>', '<table class="dataframe"><tr><th colspan="2">a</th></tr><tr><td>1</td><td>2</td></tr></table>', '<table class="dataframe"></table>', '<table class="dataframe"><tr><td>1'])('%j is none', (html) => expect(readHtmlTable(html)).toBeNull());

test('a number of no letter does no harm', () => expect(readHtmlTable('<table class="dataframe"><tr><td>&#999999;</td></tr></table>')?.cells).toHaveLength(1));
