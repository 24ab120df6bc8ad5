const ATTEMPTS = 3;
const VOTED = "poll-voted";

/** Votes in place: the server answers with the box as its reader sees it, and that is put where the box was. */
class PollBox extends HTMLElement {
  // The same for each attempt of one vote, so that it counts once however often it arrives.
  #key = crypto.randomUUID();

  connectedCallback(): void {
    this.setAttribute("aria-live", "polite");
    this.tabIndex = -1;
    this.addEventListener("submit", (event) => this.#submit(event));
    // The same poll may stand on a page twice.
    document.addEventListener(VOTED, (event) => {
      const { detail, target } = event as CustomEvent<string>;
      if (detail === this.dataset.poll && target !== this) void this.#load();
    });
    if (document.cookie.includes(`phieu-${this.dataset.poll}=`)) void this.#load();
  }

  #submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if ("vote" in form.dataset) {
      event.preventDefault();
      void this.#vote(form);
    } else if ("change" in form.dataset) {
      event.preventDefault();
      this.#key = crypto.randomUUID();
      void this.#load("&doi=1");
    }
  }

  async #vote(form: HTMLFormElement): Promise<void> {
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    const body = new URLSearchParams(fields);
    body.set("khoa", this.#key);
    body.set("kich-ban", "1");
    const button = form.querySelector("button")!;
    button.disabled = true;
    try {
      this.#show(await this.#sent(body));
      if (this.querySelector("[data-vote]")) return;
      this.#key = crypto.randomUUID();
      this.dispatchEvent(new CustomEvent(VOTED, { bubbles: true, detail: this.dataset.poll }));
    } catch {
      this.#complain(form);
    } finally {
      button.disabled = false;
    }
  }

  /** The answer to a vote; where the server asks for work first, the work is done and the vote sent again. */
  async #sent(body: URLSearchParams): Promise<DocumentFragment> {
    for (let attempt = 1; ; attempt++) {
      const answer = await read(this.dataset.src!, { method: "POST", body });
      const { challenge } = answer.querySelector<HTMLElement>("[data-challenge]")?.dataset ?? {};
      if (!challenge || attempt === ATTEMPTS) return answer;
      const { solve } = await import("./proof.ts");
      body.set("bang-chung", await solve(challenge));
    }
  }

  async #load(query = ""): Promise<void> {
    try {
      const wasInside = this.contains(document.activeElement);
      this.#show(await read(this.dataset.src! + query), wasInside);
    } catch {
      // What is shown to everybody stays.
    }
  }

  #show(answer: DocumentFragment, focus = true): void {
    this.replaceChildren(answer);
    if (focus) this.focus();
  }

  #complain(form: HTMLFormElement): void {
    this.querySelector(".error")?.remove();
    const error = document.createElement("p");
    error.className = "error";
    error.setAttribute("role", "alert");
    error.textContent = this.dataset.unreached!;
    form.before(error);
  }
}

async function read(address: string, init?: RequestInit): Promise<DocumentFragment> {
  const response = await fetch(address, init);
  if (!response.headers.get("content-type")?.startsWith("text/html") || response.status >= 500) {
    throw new Error(`${address} answered ${response.status}`);
  }
  const template = document.createElement("template");
  template.innerHTML = await response.text();
  return template.content;
}

customElements.define("poll-box", PollBox);
