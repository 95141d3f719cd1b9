import type { ObjectRef } from '@pothos/core';
import { builder, type SchemaTypes } from '../builder.ts';
import { InvalidInput, NotAllowed, NotFound, type FieldIssue } from '../problems.ts';

const FieldIssueType = builder.objectRef<FieldIssue>('FieldIssue').implement({
  description: 'What is wrong with one field of an input.',
  fields: (t) => ({
    path: t.exposeString('path', { description: "Dotted path of the field in the input; '' when it is the input as a whole." }),
    message: t.exposeString('message', { description: 'One sentence: what is wrong and what to do.' }),
  }),
});

const ProblemType = builder.interfaceRef<{ readonly message: string }>('Problem').implement({
  description: 'Why something was not done.',
  fields: (t) => ({ message: t.exposeString('message', { description: 'One sentence for a person: what is wrong and what to do.' }) }),
});

builder.objectType(InvalidInput, {
  name: 'InvalidInput',
  interfaces: [ProblemType],
  description: 'The input cannot be used; its message holds all issues.',
  fields: (t) => ({
    issues: t.field({ type: [FieldIssueType], description: 'One for every field at fault.', resolve: (error) => error.issues }),
  }),
});

builder.objectType(NotAllowed, {
  name: 'NotAllowed',
  interfaces: [ProblemType],
  description: 'The role of the person does not allow it; its message says who is allowed, and whom to ask.',
});

builder.objectType(NotFound, {
  name: 'NotFound',
  interfaces: [ProblemType],
  description: 'There is no such thing, or it belongs to a team that the person is no member of.',
});

/** The answer of a mutation: what was done, or why not. The resolver returns the success; a problem that the service throws becomes data. */
export function resultOf<Success extends object>(name: string, success: ObjectRef<SchemaTypes, Success, Success>, does: string) {
  return builder.errorUnion(name, {
    description: `What came of ${does}.`,
    types: [success, InvalidInput, NotAllowed, NotFound],
    resolveType: () => success.name,
  });
}
