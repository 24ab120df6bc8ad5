/** As many whole words of a text as are within a length, in characters; what is left out is told by "…". */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most + 1).replace(/[\s,;:.–-]*\s\S*$/, "")}…`;
}
