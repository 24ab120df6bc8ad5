/** What is there of a list. The CMS answers null for a block that is broken. */
export function present<Item>(list: readonly (Item | null)[]): Item[] {
  return list.filter((item): item is Item => item !== null);
}
