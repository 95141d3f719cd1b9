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
      ...ProblemFields
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
      ...ProblemFields
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
      ...ProblemFields
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
      ...ProblemFields
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
      ...ProblemFields
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
      ...ProblemFields
    }
  }
`);
