import { graphql } from '#web/graphql/generated/gql.ts';

// All that tabs are drawn from; named in the documents below.
graphql(`
  fragment ComparedSetFields on ComparedSet {
    evaluations {
      id
      datasetName
      variantName
      recipe
      seed
      metrics
      curves
      images
      scores
      losses
      orientations
    }
    images {
      names
      labels
      ids
    }
  }
`);

graphql(`
  fragment ComparisonLine on Comparison {
    id
    name
    view
    evaluationIds
    updatedAt
    createdBy {
      id
      name
    }
  }
`);

export const comparisonsDocument = graphql(`
  query Comparisons($projectId: ID!, $first: Int!, $after: String) {
    project(id: $projectId) {
      id
      comparisons(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            ...ComparisonLine
          }
        }
      }
    }
  }
`);

export const comparisonDocument = graphql(`
  query Comparison($id: ID!) {
    comparison(id: $id) {
      ...ComparisonLine
      compared {
        ...ComparedSetFields
      }
    }
  }
`);

export const comparedEvaluationsDocument = graphql(`
  query ComparedEvaluations($input: ComparedSelection!) {
    comparedEvaluations(input: $input) {
      ...ComparedSetFields
    }
  }
`);

export const comparableDocument = graphql(`
  query Comparable($projectId: ID!) {
    project(id: $projectId) {
      id
      comparableEvaluations {
        id
        variantId
        variantName
        datasetId
        datasetName
        experimentId
        seed
      }
    }
  }
`);

export const comparableExperimentsDocument = graphql(`
  query ComparableExperiments($projectId: ID!, $after: String) {
    project(id: $projectId) {
      id
      experiments(first: 100, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            name
          }
        }
      }
    }
  }
`);

export const saveComparisonDocument = graphql(`
  mutation SaveComparison($input: SaveComparisonInput!) {
    saveComparison(input: $input) {
      __typename
      ... on SaveComparisonSuccess {
        comparison {
          ...ComparisonLine
        }
      }
      ...ProblemFields
    }
  }
`);

export const changeComparisonDocument = graphql(`
  mutation ChangeComparison($input: ChangeComparisonInput!) {
    changeComparison(input: $input) {
      __typename
      ... on SaveComparisonSuccess {
        comparison {
          ...ComparisonLine
        }
      }
      ...ProblemFields
    }
  }
`);

export const deleteComparisonDocument = graphql(`
  mutation DeleteComparison($id: ID!) {
    deleteComparison(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);

export const restoreComparisonDocument = graphql(`
  mutation RestoreComparison($id: ID!) {
    restoreComparison(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);
