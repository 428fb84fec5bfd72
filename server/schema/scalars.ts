import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { builder } from './builder.ts';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function moment(value: unknown): Date {
  const date = typeof value === 'string' && MOMENT.test(value) ? new Date(value) : null;
  if (!date || Number.isNaN(date.getTime())) throw new GraphQLError('A DateTime is an ISO 8601 moment with its offset, such as 2026-11-22T10:00:00Z.', { extensions: { code: 'BAD_USER_INPUT', reason: 'scalar/date-time' } });
  return date;
}

function jsonFrom(node: ValueNode, variables: Readonly<Record<string, unknown>> | null | undefined): unknown {
  switch (node.kind) {
    case Kind.NULL: return null;
    case Kind.INT: case Kind.FLOAT: return Number(node.value);
    case Kind.STRING: case Kind.BOOLEAN: case Kind.ENUM: return node.value;
    case Kind.LIST: return node.values.map((each) => jsonFrom(each, variables));
    case Kind.OBJECT: return Object.fromEntries(node.fields.map((field) => [field.name.value, jsonFrom(field.value, variables)]));
    case Kind.VARIABLE: return variables?.[node.name.value];
  }
}

builder.addScalarType('DateTime', new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An ISO 8601 moment in UTC with milliseconds.',
  serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
  parseValue: moment,
  parseLiteral: (node) => moment(node.kind === Kind.STRING ? node.value : null),
}));

builder.addScalarType('JSON', new GraphQLScalarType({ name: 'JSON', description: 'Any JSON value.', parseValue: (value) => value, parseLiteral: jsonFrom }));
