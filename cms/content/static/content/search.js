// Wagtail asks for a list again when its search has changed: at each letter, and once more when the field is left. That
// last one finds nothing new, and takes away what was ticked in the list by the press that left the field.
document.addEventListener(
  "change",
  (event) => {
    if (event.target.matches("[data-search-form] [name=q]")) event.stopPropagation();
  },
  true,
);
