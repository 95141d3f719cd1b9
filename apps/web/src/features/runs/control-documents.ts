import { graphql } from '#web/graphql/generated/gql.ts';

export const cancelTrainingDocument = graphql(`
  mutation CancelTraining($id: ID!) {
    cancelTraining(id: $id) {
      __typename
      ... on CancelTrainingSuccess {
        trainingRun {
          ...RunLive
        }
      }
      ... on InvalidInput {
        message
      }
      ... on NotAllowed {
        message
      }
      ... on NotFound {
        message
      }
    }
  }
`);

export const retryTrainingDocument = graphql(`
  mutation RetryTraining($id: ID!) {
    retryTraining(id: $id) {
      __typename
      ... on StartTrainingSuccess {
        trainingRun {
          id
        }
      }
      ... on InvalidInput {
        message
        issues {
          path
          message
        }
      }
      ... on NotAllowed {
        message
      }
      ... on NotFound {
        message
      }
    }
  }
`);

export const pauseTrainingDocument = graphql(`
  mutation PauseTraining($id: ID!) {
    pauseTraining(id: $id) {
      __typename
      ... on ControlTrainingSuccess {
        trainingRun {
          ...RunLive
        }
      }
      ... on InvalidInput {
        message
      }
      ... on NotAllowed {
        message
      }
      ... on NotFound {
        message
      }
    }
  }
`);

export const resumeTrainingDocument = graphql(`
  mutation ResumeTraining($id: ID!) {
    resumeTraining(id: $id) {
      __typename
      ... on ControlTrainingSuccess {
        trainingRun {
          ...RunLive
        }
      }
      ... on InvalidInput {
        message
      }
      ... on NotAllowed {
        message
      }
      ... on NotFound {
        message
      }
    }
  }
`);

export const setTrainingPriorityDocument = graphql(`
  mutation SetTrainingPriority($id: ID!, $priority: Int!) {
    setTrainingPriority(id: $id, priority: $priority) {
      __typename
      ... on ControlTrainingSuccess {
        trainingRun {
          ...RunLive
        }
      }
      ... on InvalidInput {
        message
      }
      ... on NotAllowed {
        message
      }
      ... on NotFound {
        message
      }
    }
  }
`);

export const continueTrainingDocument = graphql(`
  mutation ContinueTraining($id: ID!) {
    continueTraining(id: $id) {
      __typename
      ... on StartTrainingSuccess {
        trainingRun {
          id
        }
      }
      ... on InvalidInput {
        message
      }
      ... on NotAllowed {
        message
      }
      ... on NotFound {
        message
      }
    }
  }
`);
