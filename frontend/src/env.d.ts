declare namespace App {
  interface Locals {
    /** What the page's policy allows beside the portal's own: components add origins of pictures, and a preview's CMS. */
    allowed: { pictures: Set<string>; preview: boolean };
  }
}
