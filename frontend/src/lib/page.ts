import type { PortalPageQuery } from "../generated/graphql.ts";
import type { Answered } from "./graphql.ts";

export type Page = NonNullable<Answered<PortalPageQuery>["page"]>;

/** A page of one type. */
export type PageOf<Type extends Page["__typename"]> = Extract<Page, { __typename: Type }>;
