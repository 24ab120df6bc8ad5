// What is pasted or dropped into a text goes to the server, which answers with blocks: text for the paragraph that it was
// pasted into, and headings, tables and pictures after it. A range of cells goes into the grid of a table.
(() => {
  const texts = document.currentScript.dataset;
  // Wagtail's editor brings it, and comes later than this script.
  const draft = () => window.DraftJS;
  const MOST_COLUMNS = 50;
  const MOST_ROWS = 500;

  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

  // Where an event happened: the body, and its block.
  function placeOf(target) {
    let element = target instanceof Element ? target : target?.parentElement;
    const field = element?.closest("[data-draftail-editor-wrapper]")?.parentElement.querySelector("input[type=hidden]");
    while (element && !element.rootBlock) element = element.parentElement;
    const body = element?.rootBlock;
    if (!body?.blockDef?.childBlockDefsByName?.paragraph) return null;
    const child = body.children.find((each) => each.element.contains(target));
    return { body, child, field };
  }

  const picturesOf = (data) => [...data.files].filter((file) => file.type.startsWith("image/"));
  // Of this editor itself: it reads its own text without loss.
  const isOurs = (html) => html.includes("data-draftjs-conductor-fragment");

  function note(place, text, undo) {
    document.querySelectorAll("[data-paste-note]").forEach((each) => each.remove());
    if (!text) return;
    const shown = document.createElement("div");
    shown.className = "help-block help-info";
    shown.dataset.pasteNote = "";
    shown.setAttribute("role", "status");
    place.body.element.before(shown);
    if (place.child?.element.isConnected) place.child.element.before(shown);
    shown.innerHTML = '<svg class="icon icon-help icon" aria-hidden="true"><use href="#icon-help"></use></svg>';
    shown.append(document.createElement("p"));
    shown.lastChild.textContent = text;
    if (!undo) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = texts.undo;
    button.addEventListener("click", () => { undo(); shown.remove(); });
    shown.append(button);
  }

  async function convert({ html, rtf, pictures }) {
    const form = new FormData();
    form.append("html", new Blob([html]), "paste.html");
    if (rtf) form.append("rtf", new Blob([rtf]), "paste.rtf");
    pictures.forEach((picture) => form.append("picture", picture));
    const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
    const response = await fetch(texts.url, { method: "POST", body: form, headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN } });
    const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    if (!response.ok) throw new Error(answer.message || texts.failed);
    return answer;
  }

  const push = (state, content) => draft().EditorState.push(state, content, "insert-fragment");
  const hasText = (state) => state.getCurrentContent().getBlocksAsArray().some((block) => block.getText().trim() || block.getType() === "atomic");

  function insertText(state, json) {
    const fragment = draft().convertFromRaw(JSON.parse(json)).getBlockMap();
    const content = draft().Modifier.replaceWithFragment(state.getCurrentContent(), state.getSelection(), fragment);
    return draft().EditorState.forceSelection(push(state, content), content.getSelectionAfter());
  }

  function withoutEmptyEnd(state) {
    const blocks = state.getCurrentContent().getBlocksAsArray();
    if (blocks.length < 2 || blocks.at(-1).getText()) return state;
    return push(state, draft().ContentState.createFromBlockArray(blocks.slice(0, -1)));
  }

  function withoutSelected(state) {
    if (state.getSelection().isCollapsed()) return state;
    const content = draft().Modifier.removeRange(state.getCurrentContent(), state.getSelection(), "backward");
    return draft().EditorState.acceptSelection(push(state, content), content.getSelectionAfter());
  }

  // The text goes to where the cursor is; what is no text stands after it, and what stood after the cursor last.
  function insertIntoText({ body, child, field }, blocks) {
    const editor = field.draftailEditor;
    const state = withoutSelected(editor.getEditorState());
    const text = blocks[0]?.type === "paragraph" ? blocks.shift().value.text : null;
    if (!blocks.length) {
      if (text) editor.onChange(insertText(state, text));
      return 0;
    }
    const { stateBefore, stateAfter } = window.draftail.splitState(state);
    const before = text
      ? insertText(draft().EditorState.moveSelectionToEnd(stateBefore), text)
      : withoutEmptyEnd(stateBefore);
    if (hasText(stateAfter)) {
      blocks.push({ type: child.type, id: crypto.randomUUID(), value: { ...child.block.getState(), text: stateAfter } });
    }
    editor.onChange(before);
    insertAfter(body, child, blocks);
    if (!hasText(before)) body.deleteBlock(child.index);
    return blocks.length;
  }

  function insertAfter(body, child, blocks) {
    const first = child ? child.index + 1 : body.children.length;
    blocks.forEach((block, offset) => body.insert(block, first + offset));
    body.children[first + blocks.length - 1]?.focus({ soft: true });
  }

  async function take(event, place, { html = "", rtf = "", plain = "", pictures }) {
    event.preventDefault();
    event.stopImmediatePropagation();
    note(place, texts.working);
    try {
      const { blocks, message } = await convert({ html, rtf, pictures });
      if (place.child && !place.child.element.isConnected) return;
      const before = place.body.getState();
      const isText = place.field && place.child?.type === "paragraph" && event.type === "paste";
      const made = isText ? insertIntoText(place, [...blocks]) : blocks.length;
      if (!isText) insertAfter(place.body, place.child, blocks);
      const told = [made ? say(texts.pasted, { count: made }) : "", message].filter(Boolean).join(" ");
      note(place, told, () => { place.body.setState(before); changed(place.body.element); });
    } catch (error) {
      if (plain && place.field) {
        const editor = place.field.draftailEditor;
        const state = editor.getEditorState();
        editor.onChange(push(state, draft().Modifier.replaceText(state.getCurrentContent(), state.getSelection(), plain)));
      }
      note(place, error instanceof TypeError ? texts.failed : error.message);
    }
    changed(place.body.element);
  }

  const changed = (element) => element.dispatchEvent(new Event("change", { bubbles: true }));

  // Cells as Excel writes them: tabs between, and quotation marks around what has lines of its own.
  function cellsOf(plain) {
    const lines = [[]];
    const text = plain.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    for (const [, cell, end] of text.matchAll(/("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)(\t|\n|$)/g)) {
      const value = /^".*"$/s.test(cell) ? cell.slice(1, -1).replace(/""/g, '"') : cell;
      lines.at(-1).push(value.replace(/\s+/g, " ").trim());
      if (end === "\n") lines.push([]);
      if (!end) break;
    }
    return lines.slice(0, MOST_ROWS).map((line) => line.slice(0, MOST_COLUMNS));
  }

  // 1.234,5 and 1234.5 alike; null where it is no number.
  function numberOf(text) {
    const bare = text.replace(/[\s\u00a0]/g, "");
    const isOurs = /,/.test(bare) || /^-?\d{1,3}(\.\d{3})+$/.test(bare);
    const value = isOurs ? bare.replace(/\./g, "").replace(",", ".") : bare;
    return /^-?\d+(\.\d+)?$/.test(value) ? value : null;
  }

  function gridOf(child, target) {
    return Object.values(child.block.childBlocks || {}).find((each) => each.columns && each.container[0].contains(target));
  }

  // The first cell that the range is for; row -1 is that of the headings.
  function cornerOf(grid, target) {
    if (!grid.columns.length) return { row: -1, column: 0 };
    const heading = grid.columns.findIndex((column) => column.headingInput === target);
    if (heading >= 0) return { row: -1, column: heading };
    const within = (block) => block.element?.contains(target);
    const row = grid.rows.findIndex((each) => each.blocks.some(within));
    return row < 0 ? null : { row, column: grid.rows[row].blocks.findIndex(within) };
  }

  function fill(grid, corner, cells) {
    const text = grid.childBlockDefsByName.text || Object.values(grid.childBlockDefsByName)[0];
    const width = Math.max(...cells.map((line) => line.length));
    while (grid.columns.length < Math.min(corner.column + width, MOST_COLUMNS)) grid.insertColumn(grid.columns.length, text);
    while (grid.rows.length < Math.min(corner.row + cells.length, MOST_ROWS)) grid.insertRow(grid.rows.length);
    let left = 0;
    cells.forEach((line, down) => line.forEach((cell, right) => {
      const row = corner.row + down;
      const column = grid.columns[corner.column + right];
      const block = row < 0 ? null : grid.rows[row]?.blocks[corner.column + right];
      const value = column?.blockDef.name === "number" && block && cell ? numberOf(cell) : cell;
      if (!column || (row >= 0 && !block) || value === null) left += 1;
      else if (block) block.setState(value);
      else column.headingInput.value = value;
    }));
    return left;
  }

  function pasteCells(event, place) {
    const plain = event.clipboardData.getData("text/plain");
    const isRange = plain.includes("\t") || /<table\b/i.test(event.clipboardData.getData("text/html"));
    const grid = place.child && gridOf(place.child, event.target);
    const corner = grid && isRange && cornerOf(grid, event.target);
    if (!corner) return;
    const cells = cellsOf(plain);
    if (cells.length === 1 && cells[0].length === 1) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const before = grid.getState();
    const left = fill(grid, corner, cells);
    const told = [say(texts.cells, { rows: cells.length, columns: Math.max(...cells.map((line) => line.length)) })];
    if (left) told.push(say(texts.left, { count: left }));
    note(place, told.join(" "), () => { grid.setState(before); changed(place.body.element); });
    changed(place.body.element);
  }

  document.addEventListener("paste", (event) => {
    const place = placeOf(event.target);
    if (!place || !event.clipboardData) return;
    if (event.target.closest?.(".typed-table-block")) {
      pasteCells(event, place);
      return;
    }
    const data = event.clipboardData;
    const html = data.getData("text/html");
    const pictures = picturesOf(data);
    if (!place.field || isOurs(html) || !(html || pictures.length)) return;
    take(event, place, { html, rtf: data.getData("text/rtf"), plain: data.getData("text/plain"), pictures });
  }, true);

  // A file that is dropped stands after the block on which it fell.
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files") && placeOf(event.target)) event.preventDefault();
  }, true);
  document.addEventListener("drop", (event) => {
    const place = event.dataTransfer?.files.length && placeOf(event.target);
    if (!place) return;
    const pictures = picturesOf(event.dataTransfer);
    if (pictures.length) take(event, place, { pictures });
  }, true);
})();
