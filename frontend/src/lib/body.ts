import type { BodyBlockFragment } from "../generated/graphql.ts";

export type Block = BodyBlockFragment;

/** A block of one type. */
export type BlockOf<Type extends Block["__typename"]> = Extract<Block, { __typename: Type }>;
