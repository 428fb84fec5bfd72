import { readFileSync } from 'node:fs';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../server/schema/schema.ts';

/** One definition a line, so that a difference reads as what is missing and what is too much. */
const definitions = (text: string): string[] => {
  let within = '';
  return text.split('\n').flatMap((line) => {
    if (/^(type|input|enum|interface|union|scalar|directive|schema)\b/.test(line)) within = line.replace(/ \{$/, '');
    const plain = line.trim();
    return plain === '' || plain === '}' || plain.startsWith('"') ? [] : [line === within || line.startsWith(within) ? plain : `${within}: ${plain}`];
  });
};

test('the committed schema is the one the server speaks; `npm run schema` writes it', () => {
  const committed = printSchema(lexicographicSortSchema(buildSchema(readFileSync('contracts/schema.graphql', 'utf8'))));
  const spoken = printSchema(lexicographicSortSchema(schema));
  const [inFile, inServer] = [definitions(committed), definitions(spoken)];
  expect({ onlyInFile: inFile.filter((line) => !inServer.includes(line)), onlyInServer: inServer.filter((line) => !inFile.includes(line)) }).toEqual({ onlyInFile: [], onlyInServer: [] });
  expect(`${spoken}\n`).toBe(readFileSync('contracts/schema.graphql', 'utf8'));
});
