/** Buttons for contrast and size of letters; what is chosen stays in this browser alone (public/display.js). */

export {};

const SIZES = ["", "large", "largest"];
const root = document.documentElement;

function choose(name: "contrast" | "size", value: string): void {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // It holds for this page, then.
  }
  show();
}

function show(): void {
  const size = SIZES.indexOf(root.dataset.size ?? "");
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-display]")) {
    const { display } = button.dataset;
    if (display === "contrast") button.setAttribute("aria-pressed", String(root.dataset.contrast === "high"));
    else
      button.setAttribute("aria-disabled", String(size === (display === "smaller" ? 0 : SIZES.length - 1)));
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>("[data-display]") : null;
  if (!button) return;
  if (button.dataset.display === "contrast") {
    choose("contrast", root.dataset.contrast === "high" ? "" : "high");
    return;
  }
  const size = SIZES.indexOf(root.dataset.size ?? "") + (button.dataset.display === "larger" ? 1 : -1);
  choose("size", SIZES[Math.max(0, Math.min(SIZES.length - 1, size))]!);
});
show();
