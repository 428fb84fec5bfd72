import type { z } from 'zod';
import { badInput, type Refusal } from '../../domain/refusal.ts';

/** The value in the shape, or a refusal that names each field that is wrong; `place` says where the value stood. */
export function parsed<Shape extends z.ZodType>(shape: Shape, value: unknown, code: Refusal['code'], place = ''): z.output<Shape> {
  const result = shape.safeParse(value);
  if (!result.success) throw badInput(code, result.error.issues.map((issue) => [place, issue.path.join('.'), spoken(issue.message)].filter((part) => part !== '').join(': ')).join('; '));
  return result.data;
}

/** Whoever left a field out never wrote "undefined". */
const spoken = (message: string): string => message.replace(/^Invalid input: expected (\w+), received undefined$/, 'is missing; give a $1');
