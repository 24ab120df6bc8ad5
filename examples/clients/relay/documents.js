// The compiler reads these; what it makes of them is in __generated__, and is what relay.mjs asks. A project with Babel asks the tags.
const { graphql } = require("relay-runtime");

module.exports = () => [
  graphql`
    query documentsListQuery {
      ...documentsList
    }
  `,
  graphql`
    fragment documentsList on Query
    @refetchable(queryName: "documentsListPaginationQuery")
    @argumentDefinitions(first: { type: "Int", defaultValue: 3 }, after: { type: "String" }) {
      articles(locale: "vi", first: $first, after: $after) @connection(key: "documents_articles") {
        edges {
          node {
            title
          }
        }
      }
    }
  `,
  graphql`
    query documentsPageQuery($urlPath: String!) {
      page(urlPath: $urlPath) {
        ... on Node {
          nodeId
        }
        ...documentsPage
        ...documentsArticle @alias(as: "article")
      }
    }
  `,
  graphql`
    fragment documentsPage on PageInterface @refetchable(queryName: "documentsPageRefetchQuery") {
      title
    }
  `,
  graphql`
    fragment documentsArticle on ArticlePage {
      summary
      body {
        ... on HeadingBlock {
          text
        }
      }
    }
  `,
  graphql`
    query documentsPollsQuery {
      polls(last: 1, filter: { state: OPEN }) {
        nodes {
          nodeId
          id
          options {
            id
          }
          ...documentsPoll
        }
      }
    }
  `,
  graphql`
    query documentsPollQuery($id: ID!) {
      poll(id: $id) {
        ...documentsPoll
      }
    }
  `,
  graphql`
    fragment documentsPoll on Poll @refetchable(queryName: "documentsPollRefetchQuery") {
      options {
        votes
      }
    }
  `,
  graphql`
    mutation documentsTokenMutation {
      issueVoterToken {
        voterToken
      }
    }
  `,
  graphql`
    mutation documentsVoteMutation($input: CastVoteInput!) {
      castVote(input: $input) {
        errors {
          code
        }
        poll {
          ...documentsPoll
        }
      }
    }
  `,
];
