// Gives a name to the inputs that Wagtail's scripts draw beside a form's fields and leave without one: the text of a rich
// text editor, the tags, and the files of "add many". Screen readers say it.
(() => {
  const UNNAMED = [".public-DraftEditor-content", ".tagit-new input", ".replace-file-input input[type=file]"]
    .map((each) => `${each}:not([aria-label])`)
    .join();

  function labelOf(drawn) {
    const field = drawn.closest("[data-draftail-editor-wrapper], .tagit")?.previousElementSibling;
    // In a block the label stands before the field and does not say for which.
    return document.querySelector(`label[for="${field?.id}"]`) ?? drawn.closest("[data-field-wrapper]")?.previousElementSibling;
  }

  function nameOf(drawn) {
    const label = drawn.closest(".replace-file-input") ?? labelOf(drawn);
    // The asterisk of a required field is no part of its name.
    return label?.textContent.replace("*", "").trim();
  }

  function nameAll() {
    for (const drawn of document.querySelectorAll(UNNAMED)) drawn.setAttribute("aria-label", nameOf(drawn) || "");
  }

  new MutationObserver(nameAll).observe(document, { childList: true, subtree: true });
})();
