import type { z } from 'zod';
import { subjectOf, type Message } from '../../contracts/messages/define-message.ts';

export type Outcome = { readonly done: true } | { readonly retryInMs: number; readonly because: string } | { readonly parkBecause: string };

export interface Handler {
  readonly subject: string;
  run(data: Uint8Array): Promise<Outcome>;
}

/** Ties a message definition to the code that serves it. A body that does not parse is parked, never retried: it will not parse tomorrow either. */
export function handle<Schema extends z.ZodType>(message: Message<string, Schema>, serve: (body: z.output<Schema>) => Promise<Outcome>): Handler {
  return {
    subject: subjectOf(message),
    async run(data) {
      let body: unknown;
      try {
        body = JSON.parse(new TextDecoder().decode(data));
      } catch (error) {
        return { parkBecause: `not JSON: ${String(error)}` };
      }
      const parsed = message.schema.safeParse(body);
      if (!parsed.success) return { parkBecause: parsed.error.message };
      return serve(parsed.data);
    },
  };
}
