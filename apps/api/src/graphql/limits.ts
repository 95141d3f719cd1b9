import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLError, type DocumentNode, visit } from 'graphql';

/** Most tokens of a document, over HTTP and WebSocket alike. */
export const mostTokens = 2000;

/** Limits before anything is executed; what an operation costs is limited by the schema's own complexity. */
export const limits = new ApolloArmor({
  maxDepth: { n: 14 },
  maxAliases: { n: 30 },
  maxDirectives: { n: 30 },
  // The parser itself counts them (`mostTokens`); the plugin would answer every mistake in writing as a failure of ours.
  maxTokens: { enabled: false },
  costLimit: { enabled: false },
}).protect();

/** Most brackets inside each other. The parser calls itself for each, and runs out of stack long before it runs out of tokens. */
const deepestNesting = 64;

/** Strings and comments, in which brackets mean nothing, and brackets. */
const brackets = /"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n\r])*"?|#[^\n\r]*|[[{(]|[\]})]/g;

/** Why a text is not parsed at all, or null. */
export function nestingProblem(text: string): string | null {
  let depth = 0;
  for (const [found] of text.matchAll(brackets)) {
    if (found === '[' || found === '{' || found === '(') depth++;
    else if (found === ']' || found === '}' || found === ')') depth--;
    if (depth > deepestNesting) return `The document has more than ${deepestNesting} brackets inside each other; nest less.`;
  }
  return null;
}

/** The schema describes what there is to attack: only who is signed in may ask for it. @throws GraphQLError */
export function refuseIntrospection(document: DocumentNode): void {
  visit(document, {
    Field({ name }) {
      if (name.value === '__schema' || name.value === '__type')
        throw new GraphQLError('Sign in to read the schema.', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
    },
  });
}
