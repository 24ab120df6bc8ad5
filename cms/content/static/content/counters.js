// Beside fields that search engines and lists cut: how many characters there are, of how many are read. Above a text:
// its words, and the minutes that reading takes. The count is the field's description, which a screen reader says when
// the field is entered; only the moment when it becomes too much is announced.
(() => {
  const texts = document.currentScript.dataset;
  // Vietnamese writes each syllable as a word; readers take in about so many a minute.
  const WORDS_PER_MINUTE = 220;
  const PAUSE = 500;
  const WORD = /[\p{L}\p{N}]+(?:[-'’.,/][\p{L}\p{N}]+)*/gu;

  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const number = (value) => value.toLocaleString(document.documentElement.lang || "vi");

  function line(id) {
    const shown = document.createElement("p");
    shown.className = "help";
    shown.id = id;
    return shown;
  }

  function countCharacters(panel) {
    const field = panel.querySelector("textarea, input:not([type=hidden])");
    if (!field || !field.id) return;
    const most = Number(panel.dataset.countedCharacters);
    const shown = line(`${field.id}-count`);
    const told = document.createElement("span");
    told.className = "w-sr-only";
    told.setAttribute("role", "status");
    (field.closest(".w-field__input") || field).after(shown, told);
    const described = field.getAttribute("aria-describedby");
    field.setAttribute("aria-describedby", [described, shown.id].filter(Boolean).join(" "));

    let wasOver = false;
    const update = (event) => {
      const count = [...field.value.normalize("NFC")].length;
      const isOver = count > most;
      shown.textContent = say(isOver ? texts.over : texts.within, { count: number(count), most: number(most) });
      shown.classList.toggle("w-font-bold", isOver);
      if (event && isOver !== wasOver) told.textContent = isOver ? shown.textContent : "";
      wasOver = isOver;
    };
    field.addEventListener("input", update);
    field.addEventListener("change", update);
    update();
  }

  function countWords(panel, index) {
    const content = panel.querySelector(".w-panel__content") || panel;
    const shown = line(`words-${index}`);
    content.prepend(shown);
    const update = () => {
      const fields = [...content.querySelectorAll("textarea, input[type=text]")].filter(
        (field) => !field.closest(".Draftail-Editor") && field.offsetParent,
      );
      const written = [...content.querySelectorAll("[data-contents]")].map((text) => text.innerText);
      const words = [...written, ...fields.map((field) => field.value)].join("\n").match(WORD) || [];
      const minutes = Math.max(1, Math.round(words.length / WORDS_PER_MINUTE));
      const told = words.length
        ? say(texts.words, { count: number(words.length), minutes: number(minutes) })
        : texts.empty;
      if (shown.textContent !== told) shown.textContent = told;
    };
    let timer;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(update, PAUSE);
    };
    content.addEventListener("input", later);
    // Blocks come and go, and Draftail writes without events of its own.
    new MutationObserver((changes) => {
      if (changes.some((change) => !shown.contains(change.target))) later();
    }).observe(content, { childList: true, characterData: true, subtree: true });
    later();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-counted-characters]").forEach(countCharacters);
    document.querySelectorAll("[data-counted-words]").forEach(countWords);
  });
})();
