import type { z } from 'zod';

/** A message on NATS: the subject's stem, its version and the shape of its body. */
export interface Message<Name extends string, Schema extends z.ZodType> {
  readonly name: Name;
  readonly version: number;
  readonly schema: Schema;
}

export const defineMessage = <Name extends string, Schema extends z.ZodType>(message: Message<Name, Schema>): Message<Name, Schema> => message;

/** The full NATS subject: "event.change.v1". */
export const subjectOf = (message: { readonly name: string; readonly version: number }): string => `${message.name}.v${message.version}`;

export type AnyMessage = Message<string, z.ZodType>;
export type BodyOf<M extends AnyMessage> = z.input<M['schema']>;
