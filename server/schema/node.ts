import { builder } from './builder.ts';

/** Anything with an id; every noun a thread can talk about, and more. `Query.node` finds one by its id's kind. */
export const NodeInterface = builder.interfaceRef<{ readonly id: string }>('Node').implement({ fields: (t) => ({ id: t.exposeID('id') }) });
