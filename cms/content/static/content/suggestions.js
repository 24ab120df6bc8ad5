// Under an empty field: a button that writes into it what the first paragraph of the text says, in whole sentences.
(() => {
  const texts = document.currentScript.dataset;
  const SENTENCES = /^.*[.!?…]["”’)]?(?=\s|$)/s;

  function firstParagraph(name) {
    const blocks = document.querySelectorAll(`[data-contentpath="${name}"] .public-DraftEditor-content [data-block]`);
    const written = [...blocks].map((block) => block.innerText.replace(/\s+/g, " ").trim());
    return (written.find((text) => text) || "").normalize("NFC");
  }

  function shortened(text, most) {
    if (text.length <= most) return text;
    const cut = text.slice(0, most);
    return cut.match(SENTENCES)?.[0] || `${cut.slice(0, most - 1).replace(/\s+\S*$/, "")}…`;
  }

  function suggest(panel) {
    const field = panel.querySelector("textarea, input:not([type=hidden])");
    if (!field) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = texts.label;
    (field.closest(".w-field__input") || field).after(button);
    const update = () => { button.hidden = Boolean(field.value.trim()); };
    button.addEventListener("click", () => {
      field.value = shortened(firstParagraph(panel.dataset.suggestedFrom), Number(panel.dataset.suggestedCharacters));
      ["input", "change"].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));
      field.focus();
    });
    field.addEventListener("input", update);
    update();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-suggested-from]").forEach(suggest);
  });
})();
