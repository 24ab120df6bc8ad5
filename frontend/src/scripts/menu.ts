/** On narrow screens the menu opens by a button; submenus close by Escape and by a click elsewhere. */

export {};

const opener = document.querySelector<HTMLButtonElement>("[data-menu-opener]");
opener?.addEventListener("click", () => {
  opener.setAttribute("aria-expanded", String(opener.getAttribute("aria-expanded") !== "true"));
});

const submenus = document.querySelectorAll<HTMLDetailsElement>('details[name="submenu"]');
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const submenu of submenus) {
    if (!submenu.open) continue;
    submenu.open = false;
    submenu.querySelector("summary")?.focus();
  }
});
document.addEventListener("click", ({ target }) => {
  for (const submenu of submenus) {
    if (target instanceof Node && !submenu.contains(target)) submenu.open = false;
  }
});
