import { graphql } from '#web/graphql/generated/gql.ts';

export const evaluationDocument = graphql(`
  query EvaluationPage($id: ID!) {
    evaluation(id: $id) {
      id
      state
      done
      total
      reason
      createdAt
      finishedAt
      protocol
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
      checkpoint {
        id
        kind
        epoch
      }
      run {
        id
        seed
        project {
          id
        }
        variant {
          id
          name
        }
        recipe {
          id
          hash
          document
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
