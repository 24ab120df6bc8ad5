// Puts Wagtail's userbar into a preview at a frontend: <script async src=".../static/preview/userbar.js"></script>.
// It keeps the panel's scroll position, checks the page, and brings click to edit. What is needed stands in docs/previews.md.
(() => {
  const { src } = document.currentScript;
  const cms = new URL(src).origin;
  const asked = new URLSearchParams(location.search);
  const address = new URL("/userbar/", cms);
  ["contentType", "token"].forEach((name) => address.searchParams.set(name, asked.get(name) || ""));
  if (asked.get("inPanel") === "true") address.searchParams.set("in_preview_panel", "true");

  const addScript = (source) => {
    const script = document.createElement("script");
    script.async = false;
    script.src = source;
    document.body.append(script);
  };

  const add = (html) => {
    const found = new DOMParser().parseFromString(html, "text/html");
    // Scripts that are parsed with a document which is not shown do not run; these are made anew, in their order.
    const sources = Array.from(found.querySelectorAll("script[src]"), (script) => script.getAttribute("src"));
    document.body.append(...found.querySelectorAll("#wagtail-userbar-template, wagtail-userbar"));
    sources.forEach(addScript);
  };

  const begin = () => {
    if (asked.get("inPanel") === "true") addScript(new URL("edit.js", src));
    fetch(address, { credentials: "omit", cache: "no-store" })
      .then((response) => (response.status === 200 ? response.text() : ""))
      .then((html) => html && add(html));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
