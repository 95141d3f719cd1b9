import { graphql } from '#web/graphql/generated/gql.ts';

// What tells one evaluation from another, wherever several are listed or one is named.
graphql(`
  fragment EvaluationNames on Evaluation {
    id
    createdAt
    protocol
    checkpoint {
      id
      kind
      epoch
    }
    run {
      id
      seed
      variant {
        id
        name
      }
    }
    datasetVersion {
      id
      number
      dataset {
        id
        name
      }
    }
  }
`);

export const evaluationDocument = graphql(`
  query EvaluationPage($id: ID!) {
    evaluation(id: $id) {
      ...EvaluationNames
      state
      done
      total
      reason
      finishedAt
      protocolHash
      imagesUrl
      cancelRequested
      createdBy {
        id
        name
      }
      metrics
      thresholds
      curves
      zipUrl
      run {
        project {
          id
        }
        recipe {
          id
          hash
          document
        }
      }
    }
  }
`);

export const evaluationChangedDocument = graphql(`
  subscription EvaluationChanged($id: ID!) {
    evaluationChanged(id: $id) {
      id
      state
      done
      total
      reason
      finishedAt
      imagesUrl
      cancelRequested
      metrics
      thresholds
      curves
      zipUrl
    }
  }
`);
