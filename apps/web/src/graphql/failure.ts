import { CombinedGraphQLErrors } from '@apollo/client';
import { graphql } from './generated/gql.ts';

// What every answer of a mutation selects of the reason why nothing was done.
graphql(`
  fragment ProblemFields on Problem {
    message
    ... on InvalidInput {
      issues {
        path
        message
      }
    }
  }
`);

interface Issue {
  readonly path: string;
  readonly message: string;
}

/**
 * One sentence for a person: from a result that is not a success (`{message}`), from GraphQL errors, or from a request that did not arrive.
 */
export function sentenceOf(failure: unknown): string {
  if (CombinedGraphQLErrors.is(failure)) return failure.errors[0]?.message ?? 'The server refused without a reason.';
  if (failure instanceof Error) {
    if ('statusCode' in failure && failure.statusCode === 502) return 'The API does not answer; it may be starting. Try again in a moment.';
    return failure.message === 'Failed to fetch' ? 'The server cannot be reached. Check the connection and try again.' : failure.message;
  }
  if (typeof failure === 'object' && failure !== null && 'message' in failure && typeof failure.message === 'string')
    return failure.message;
  return 'The server gave no answer. Try again in a moment.';
}

/** The sentences of an InvalidInput by field path; '' holds what belongs to no field. Other results are empty. */
export function issuesOf(result: unknown): Readonly<Record<string, string>> {
  if (typeof result !== 'object' || result === null || !('issues' in result) || !Array.isArray(result.issues)) return {};
  const found: Record<string, string> = {};
  for (const issue of result.issues as Issue[]) found[issue.path] ??= issue.message;
  return found;
}
