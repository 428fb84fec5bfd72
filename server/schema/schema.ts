// One line a noun; each file adds its types and fields to the builder.
import { builder } from './builder.ts';

export const schema = builder.toSchema();
