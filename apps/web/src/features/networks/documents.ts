import { graphql } from '#web/graphql/generated/gql.ts';

// What a browser opens a checkpoint's networks from.
graphql(`
  fragment ModelFiles on Checkpoint {
    id
    files {
      name
      url
      sha256
    }
  }
`);

export const modelFilesDocument = graphql(`
  query EvaluatedModelFiles($evaluationId: ID!) {
    evaluation(id: $evaluationId) {
      id
      checkpoint {
        ...ModelFiles
      }
    }
  }
`);
