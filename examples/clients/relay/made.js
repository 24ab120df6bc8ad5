// What the compiler makes of documents.js.
export { default as Article } from "./__generated__/documentsArticle.graphql";
export { default as List } from "./__generated__/documentsList.graphql";
export { default as ListPaginationQuery } from "./__generated__/documentsListPaginationQuery.graphql";
export { default as ListQuery } from "./__generated__/documentsListQuery.graphql";
export { default as Page } from "./__generated__/documentsPage.graphql";
export { default as PageQuery } from "./__generated__/documentsPageQuery.graphql";
export { default as PageRefetchQuery } from "./__generated__/documentsPageRefetchQuery.graphql";
export { default as Poll } from "./__generated__/documentsPoll.graphql";
export { default as PollQuery } from "./__generated__/documentsPollQuery.graphql";
export { default as PollsQuery } from "./__generated__/documentsPollsQuery.graphql";
export { default as TokenMutation } from "./__generated__/documentsTokenMutation.graphql";
export { default as VoteMutation } from "./__generated__/documentsVoteMutation.graphql";
