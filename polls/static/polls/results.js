// Keeps the results of an open poll up to date, without the page being loaded anew.
const SECONDS = 5;

async function refresh() {
  const shown = document.querySelector("[data-poll-results]");
  if (!shown || document.hidden) return;
  const answer = await fetch(window.location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-poll-results]");
  // Where nothing has changed nothing is replaced, so that a screen reader says nothing and a selection stays.
  if (fresh && fresh.innerHTML !== shown.innerHTML) shown.innerHTML = fresh.innerHTML;
}

window.setInterval(() => refresh().catch(() => {}), SECONDS * 1000);
