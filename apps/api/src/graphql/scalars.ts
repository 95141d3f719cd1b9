import { GraphQLError } from 'graphql';
import { builder } from '../builder.ts';

builder.scalarType('DateTime', {
  description: 'A moment as ISO 8601 text in UTC: `2026-03-01T12:00:00.000Z`.',
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError('A DateTime is not a Date.');
  },
  parseValue: (value) => {
    const date = new Date(typeof value === 'string' ? value : Number.NaN);
    if (Number.isNaN(date.getTime())) throw new GraphQLError('Write a moment as ISO 8601 text, for example 2026-03-01T12:00:00Z.');
    return date;
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value; its form is said where it is used.',
  serialize: (value) => value,
  parseValue: (value) => value,
});
