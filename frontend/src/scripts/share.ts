/** Copies an article's link and says so; shares it by the device's own sheet where there is one. */

for (const tools of document.querySelectorAll<HTMLElement>("[data-share]")) {
  const { url = location.href, title = document.title } = tools.dataset;
  const status = tools.querySelector<HTMLElement>('[role="status"]');
  const copy = tools.querySelector<HTMLButtonElement>("[data-copy]");
  const native = tools.querySelector<HTMLButtonElement>("[data-native]");

  if (copy && status) {
    copy.addEventListener("click", async () => {
      // Emptied first: the same words twice would be said once.
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(url);
        status.textContent = copy.dataset["copied"] ?? "";
      } catch {
        status.textContent = `${copy.dataset["refused"]} ${url}`;
      }
    });
  }
  if (native && "share" in navigator) {
    native.classList.add("offered");
    native.addEventListener("click", () => void navigator.share({ title, url }).catch(() => {}));
  }
}
