import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandText, nameText } from './command-text.ts';

test('plain words stand as they are, others in quotes', () => {
  expect(commandText(['python', 'train.py', '--lr=0.1', '--name', 'it is', "don't", '', '$(rm -rf /)'])).toBe("python train.py --lr=0.1 --name 'it is' 'don'\\''t' '' '$(rm -rf /)'");
});

test('what a terminal would obey, or what turns the reading around, is written out', () => {
  expect(commandText(['a\u001b[31mred', 'one\ntwo', 'abc\u202Etxt.exe'])).toBe("$'a\\u001b[31mred' $'one\\ntwo' $'abc\\u202etxt.exe'");
});

test('a shell reads the same words again', () => {
  const words = ['python', '-c', "print('a')\nprint(\"b\\n\")", '`date`', 'ünï', '*', '\u001b[0m', "it's", '\\'];
  const said = execFileSync('bash', ['-c', `printf '%s\\0' ${commandText(words)}`], { encoding: 'utf8' });
  expect(said.split('\0').slice(0, -1)).toEqual(words);
});

test('a name that pretends another ending is seen for what it is', () => {
  expect(nameText('data/big\u202Egpj.bin')).toBe('data/big\\u202egpj.bin');
  expect(nameText('über/straße \\ (1).py')).toBe('über/straße \\ (1).py');
});
