import { graphql } from '#web/graphql/generated/gql.ts';

// What every answer of a mutation selects of the reason why nothing was done; `sentenceOf` and `issuesOf` read it.
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
