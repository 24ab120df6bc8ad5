declare namespace App {
  interface Locals {
    /** What the page's policy allows beside the portal's own: components add origins of pictures, and a preview's CMS. */
    allowed: { pictures: Set<string>; preview: boolean };
    /** What the form beside a preview edits: click to edit (`lib/editing.ts`). */
    edited?: import("./lib/editing.ts").Subject;
  }
}
