/** Click to edit: in the admin's panel, elements say which field of the form they show; readers' pages say nothing. */

/** What a preview shows, and the form beside it edits. */
export type Subject = "page" | "poll" | "site";

/** The value of `data-contentpath` for a field's name or a block's id (docs/previews.md of the CMS), if a form is there. */
export type Edit = (path: string) => string | undefined;

export function editing({ edited }: App.Locals, subject: Subject = "page"): Edit {
  return (path) => (edited === subject ? path : undefined);
}
