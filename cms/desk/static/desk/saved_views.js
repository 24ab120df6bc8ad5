// Wagtail filters without loading the page again, and writes the filters into its address.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-saved-view]")) {
    event.target.elements.query.value = window.location.search.slice(1);
  }
});
