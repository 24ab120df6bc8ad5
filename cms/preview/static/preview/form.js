// Click to edit, on the form's side: opens the field that was clicked in the preview, and tells the preview which has
// the focus. A path is a field's name, or the id that GraphQL gives a block or a row: docs/previews.md.
(() => {
  const { origins, hint } = JSON.parse(document.currentScript.dataset.preview);
  const trusted = new Set([location.origin, ...origins]);
  const MOST_PATHS = 1000;
  const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const CONTROLS = "[contenteditable=true], input:not([type=hidden]), select, textarea, button, a[href]";
  /** What stands about fields, and is none. */
  const FURNITURE = ".w-panel__header, [data-comment-add], .c-sf-add-button, .Draftail-Toolbar, .Draftail-BlockToolbar";

  /** Where each preview in the panel is, and what it shows, by its window. */
  const previews = new Map();
  let focused = null;

  const form = () => document.querySelector("form[data-edit-form]");
  const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const named = (root, name) => root.querySelector(`[data-contentpath="${CSS.escape(name)}"]`);

  /** As far down from here as the path leads. */
  const below = (element, parts) =>
    parts.reduce(({ at, lost }, part) => {
      const next = lost ? null : (named(at, part) ?? named(at, snake(part)));
      return next ? { at: next, lost } : { at, lost: true };
    }, { at: element, lost: false }).at;

  /** The row of an InlinePanel with the id of a draft's row: its key, or its place where it was never saved. */
  const rowOf = (list, parts) => {
    const rows = [...list.children].filter(({ id }) => id.startsWith("inline_child_"));
    const input = ({ id }, name) => document.getElementsByName(`${id.slice("inline_child_".length)}-${name}`)[0];
    const made = parts.join(".").match(/^draft\.(?:new\.)?\d+\.\w+\.(\d+)(?:\.(.+))?$/);
    const saved = parts.join(".").match(/^draft\.(\d+)(?:\.(.+))?$/);
    const row = made
      ? rows.filter((each) => !input(each, "DELETE")?.value)[made[1] - 1]
      : saved && rows.find((each) => input(each, "id")?.value === saved[1]);
    return row ? below(row, ((made ?? saved)[2] ?? "").split(".").filter(Boolean)) : list;
  };

  /** The element of the form that a path names; null where it has none. */
  const find = (path) => {
    const root = form();
    const parts = path.split(".");
    if (!root) return null;
    // A block's id is the only one of its kind in the form, wherever it stands.
    for (let place = parts.length - 1; place >= 0; place -= 1) {
      const block = UUID.test(parts[place]) && named(root, parts[place]);
      if (block) return below(block, parts.slice(place + 1));
    }
    const [name, ...rest] = parts[0] === "draft" ? parts.slice(parts[1] === "new" ? 3 : 2) : parts;
    if (!name) return null;
    const fields = root.querySelectorAll(`[data-contentpath="${CSS.escape(snake(name))}"]`);
    const field = [...fields].find((each) => !each.parentElement.closest("[data-contentpath], [data-contentpath-disabled]"));
    if (field) return below(field, rest);
    const list = document.getElementById(`id_${snake(name)}-FORMS`);
    return list && rowOf(list, rest);
  };

  const controls = (element) =>
    [...element.querySelectorAll(CONTROLS)].filter((each) => !each.disabled && !each.closest(FURNITURE));

  const open = (path) => {
    const element = find(path);
    if (!element) return;
    // By these events Wagtail opens the tab and the collapsed panels that something stands in.
    const inside = controls(element)[0] ?? element;
    inside.dispatchEvent(new CustomEvent("w-focus:focus", { bubbles: true }));
    inside.dispatchEvent(new Event("beforematch", { bubbles: true }));
    setTimeout(() => focusOn(element)); // tabs show their panel a moment later
  };

  const focusOn = (element) => {
    const control = controls(element).find((each) => each.getClientRects().length) ?? element;
    if (control === element) element.tabIndex = -1;
    control.focus({ preventScroll: true });
    control.scrollIntoView({ block: "center" });
    uncover(control);
  };

  /** On a narrow screen the panel lies over the form. */
  const uncover = (control) => {
    const panel = document.querySelector("[data-form-side]");
    const covers = panel && panel.getBoundingClientRect().left <= control.getBoundingClientRect().left;
    if (covers) document.querySelector("[data-side-panel-toggle=preview]")?.click();
  };

  /** The path, of those that a preview shows, whose field holds the focus most closely; null where none does. */
  const pathOfFocus = (paths) => {
    const around = paths.map((path) => ({ path, element: find(path) })).filter(({ element }) => element?.contains(focused));
    return around.find(({ element }) => !around.some((other) => other.element !== element && element.contains(other.element)))?.path ?? null;
  };

  const say = (preview, { origin }, message) => preview.postMessage({ source: "cms-form", ...message }, origin);
  const tellFocus = ({ scroll }) =>
    previews.forEach((known, preview) => say(preview, known, { type: "focus", path: pathOfFocus(known.paths), scroll }));

  const frames = () => [...document.querySelectorAll("[data-controller~=w-preview] iframe")];
  const keepShown = () => {
    const windows = frames().map(({ contentWindow }) => contentWindow);
    [...previews.keys()].forEach((preview) => windows.includes(preview) || previews.delete(preview));
  };

  window.addEventListener("message", ({ data, origin, source }) => {
    if (!trusted.has(origin) || data?.source !== "cms-preview") return;
    if (!frames().some(({ contentWindow }) => contentWindow === source)) return;
    if (data.type === "open") open(String(data.path));
    if (data.type !== "paths" || !Array.isArray(data.paths)) return;
    keepShown();
    const paths = data.paths.slice(0, MOST_PATHS).map(String).filter(find);
    previews.set(source, { origin, paths });
    say(source, { origin }, { type: "fields", paths, hint });
    tellFocus({ scroll: false });
  });

  document.addEventListener("focusin", ({ target }) => {
    // What is clicked in the preview takes the focus before the field gets it.
    if (target instanceof HTMLIFrameElement) return;
    focused = form()?.contains(target) ? target : null;
    keepShown();
    tellFocus({ scroll: true });
  });
})();
