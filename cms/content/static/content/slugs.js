// Wagtail proposes an address from the title and drops the Vietnamese letters that it does not know: "người" becomes
// "ngi". Here the title reaches the proposal without its marks.
(() => {
  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D");
  const unmark = (event) => {
    const detail = event.detail;
    if (event.target.name === "slug" && detail && typeof detail.value === "string") detail.value = fold(detail.value);
  };
  ["w-sync:apply", "w-sync:check"].forEach((name) => document.addEventListener(name, unmark, true));
})();
