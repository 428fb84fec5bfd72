import { expect, test } from 'vitest';
import { endOf, isTextFile } from './text-file.ts';

test.each(['train.py', 'conf/Base.YAML', 'uncommitted.patch', 'model/MLmodel', 'Dockerfile', 'a.b/c.toml'])('%s is text', (path) => expect(isTextFile(path)).toBe(true));
test.each(['plots/loss.png', 'weights.bin', 'model.pkl', 'py', '.gitignore', 'a.py/weights'])('%s is not known as text', (path) => expect(isTextFile(path)).toBe(false));
test('the end of a name', () => expect([endOf('a/b.tar.GZ'), endOf('a.b/c'), endOf('.env')]).toEqual(['gz', null, null]));
