import type { PortalPageQuery } from "../generated/graphql.ts";

export type Page = NonNullable<PortalPageQuery["page"]>;

/** A page of one type. */
export type PageOf<Type extends Page["__typename"]> = Extract<Page, { __typename: Type }>;
