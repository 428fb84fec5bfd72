import { builder } from './builder.ts';

/** A name and its value, as they were logged. */
export interface Param { readonly key: string; readonly value: string }

export const ParamRef = builder.objectRef<Param>('Param').implement({ fields: (t) => ({ key: t.exposeString('key'), value: t.exposeString('value') }) });

/** Params as a variant's row keeps them. */
export function paramsFrom(json: unknown): readonly Param[] {
  if (!Array.isArray(json)) return [];
  return json.filter((each): each is Param => typeof each === 'object' && each !== null && typeof (each as Param).key === 'string' && typeof (each as Param).value === 'string');
}
