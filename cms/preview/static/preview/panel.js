// The panel follows an edit that comes while it is being brought up to date.
//
// Wagtail 8.0.1 (client/src/controllers/PreviewController.ts; no upstream issue known): `setStale()` during an update
// is kept, nobody looks at it when the update ends, and from then on no edit changes it, so that the panel stands still.
(() => {
  document.addEventListener("w-preview:updated", ({ target }) => {
    window.wagtail.app.getControllerForElementAndIdentifier(target, "w-preview")?.autoUpdateStalePreview();
  });
})();
