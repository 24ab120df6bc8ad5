// Click to edit, on the preview's side: what the form has a field for can be clicked, and the field with the focus is
// marked. It comes with userbar.js, in the admin's panel alone. What it takes stands in docs/previews.md.
(() => {
  const { src } = document.currentScript;
  const cms = new URL(src).origin;
  const inPanel = new URLSearchParams(location.search).get("inPanel") === "true";
  if (!inPanel || window.parent === window) return;

  const PATH = "data-contentpath";
  const MARK = "data-contentpath-focused";
  const OPENS = "data-contentpath-opens";
  const send = (message) => window.parent.postMessage({ source: "cms-preview", ...message }, cms);
  const elements = () => [...document.querySelectorAll(`[${PATH}]`)];
  const pathOf = (element) => element.getAttribute(PATH);

  let told = "";
  const tell = () => {
    const paths = [...new Set(elements().map(pathOf).filter(Boolean))];
    if (paths.join() === told) return;
    told = paths.join();
    send({ type: "paths", paths });
  };

  const offer = ({ paths, hint }) => {
    const known = new Set(paths);
    elements().forEach((element) => {
      const opens = known.has(pathOf(element));
      element.toggleAttribute(OPENS, opens);
      if (!opens) return;
      if (element.tabIndex < 0) element.tabIndex = 0;
      element.setAttribute("aria-description", hint);
    });
  };

  const mark = ({ path, scroll }) => {
    const marked = elements().filter((element) => element.toggleAttribute(MARK, path !== null && pathOf(element) === path));
    if (scroll) marked[0]?.scrollIntoView({ block: "nearest" });
  };

  const open = (event, element) => {
    event.preventDefault();
    event.stopPropagation();
    send({ type: "open", path: pathOf(element) });
  };

  document.addEventListener(
    "click",
    (event) => {
      const element = event.target.closest(`[${OPENS}]`);
      // With a key held down a link leads where it leads; whoever selects text wants the text.
      if (!element || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (getSelection().isCollapsed) open(event, element);
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(`[${OPENS}]`)) open(event, event.target);
  });
  window.addEventListener("message", ({ data, origin, source }) => {
    if (origin !== cms || source !== window.parent || data?.source !== "cms-form") return;
    if (data.type === "fields") offer(data);
    if (data.type === "focus") mark(data);
  });

  const begin = () => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("edit.css", src);
    document.head.append(style);
    tell();
    // A frontend may draw its page, or a part of it, in the browser.
    new MutationObserver(tell).observe(document.body, { childList: true, subtree: true, attributeFilter: [PATH] });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
