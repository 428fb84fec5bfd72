import { describe, expect, it } from 'vitest';
import { listFolder } from './list-folder.ts';

const files = ['z.txt', 'a.txt', 'model/MLmodel', 'model/data/weights.bin', 'model/data/more/x', 'modelling.md'].map((path) => ({ path }));
const names = (folder: string): string[] => listFolder(files, folder).map(({ path, file }) => (file ? path : `${path}/`));

describe('a folder of artifacts', () => {
  it('lists folders first, then files, each once', () => {
    expect(names('')).toEqual(['model/', 'a.txt', 'modelling.md', 'z.txt']);
    expect(names('model')).toEqual(['model/data/', 'model/MLmodel']);
    expect(names('model/data')).toEqual(['model/data/more/', 'model/data/weights.bin']);
  });

  it('is empty where there is nothing, or a file', () => {
    expect(names('nowhere')).toEqual([]);
    expect(names('a.txt')).toEqual([]);
  });
});
