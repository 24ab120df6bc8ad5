// "Saved" stands in the header only when what stands in the form is stored.
//
// Wagtail 8.0.1 (client/src/controllers/UnsavedController.ts and AutosaveController.ts; no upstream issue known):
// - After an autosave, `clear()` takes the form as it stands then for what was stored, not the form that was sent:
//   what was typed meanwhile is never saved, and the indicator says "Saved".
// - The form is first looked at after two seconds; what was typed before counts as no edit. A form that comes back
//   with errors (`force`) is never looked at again.
// - The indicator goes on saying "Saved" while the next edit waits for its autosave.
// - A submit does not wait for an autosave under way: of a new page it would make a second one.
(() => {
  const { app } = window.wagtail;
  const controllerOf = (identifier) =>
    app.router.modules.find((module) => module.identifier === identifier).definition.controllerConstructor;

  // What is typed before the controllers are connected counts too.
  const typedEarly = new WeakSet();
  document.addEventListener("input", ({ target }) => { if (target.form) typedEarly.add(target.form); }, true);

  app.register("w-unsaved", class extends controllerOf("w-unsaved") {
    connect() {
      this.editsAreSent = false;
      this.listeners = new AbortController();
      const listen = (name, listener, options) =>
        this.element.addEventListener(name, listener, { ...options, signal: this.listeners.signal });
      // The form as it is before the first touch is what edits are measured by.
      ["pointerdown", "keydown", "beforeinput"].forEach((name) =>
        listen(name, () => this.initialFormData ?? this.setInitialFormData(), { capture: true }));
      ["input", "change"].forEach((name) => listen(name, () => this.noteEdit(), { capture: true }));
      listen("w-autosave:save", () => {
        this.sentFormData = this.formData;
        this.editsAreSent = true;
      }, { capture: true });
      if (typedEarly.has(this.element)) this.countAllAsEdited();
      super.connect();
    }

    disconnect() {
      this.listeners.abort();
      super.disconnect();
    }

    noteEdit() {
      this.editsAreSent = false;
      this.dispatch("edit", { cancelable: false });
    }

    countAllAsEdited() {
      this.initialFormData = "unknown";
    }

    setInitialFormData() {
      // Wagtail's own timer comes after the first touch, or after what was typed early.
      if (this.initialFormData === undefined) super.setInitialFormData();
    }

    hasChanges() {
      const changed = super.hasChanges();
      if (changed) this.noteEdit();
      return changed;
    }

    checkIntervalValueChanged(interval) {
      const forced = this.forceValue;
      if (forced) {
        this.countAllAsEdited();
        this.forceValue = false;
        this.hasEditsValue = true;
      }
      super.checkIntervalValueChanged(interval);
      this.forceValue = forced;
    }

    // After an autosave: what was sent is stored, with what the server has filled in (the ids of new rows).
    clear(event) {
      const stored = new URLSearchParams(this.sentFormData);
      Object.entries(event.detail.response.field_updates ?? {}).forEach(([name, value]) => {
        if (stored.has(name)) stored.set(name, value);
      });
      const current = this.formData;
      this.initialFormData = stored.toString();
      this.previousFormData = current;
      this.forceValue = false;
      this.hasEditsValue = this.initialFormData !== current;
      if (this.hasEditsValue) {
        this.editsAreSent = false;
        // The autosave under way ends after this event, and then saves again; no second time for the same edit.
        this.notify.cancel();
        this.dispatch("add", { cancelable: true, detail: { type: "edits" } });
      } else {
        this.hasCommentsValue = false;
      }
    }
  });

  app.register("w-autosave", class extends controllerOf("w-autosave") {
    connect() {
      this.listeners = new AbortController();
      const { signal } = this.listeners;
      if (this.element instanceof HTMLFormElement) {
        this.element.addEventListener("submit", (event) => this.endBefore(event), { capture: true, signal });
        window.addEventListener("submit", (event) => { this.isEnding = !event.defaultPrevented; }, { signal });
      } else {
        document.addEventListener("w-unsaved:edit", () => this.stopSayingSaved(), { signal });
      }
    }

    disconnect() {
      this.listeners.abort();
    }

    async save(event) {
      if (!this.isEnding) await super.save(event);
    }

    // A submit ends autosave: it waits for the one under way, and none comes after.
    async endBefore(event) {
      const isWaiting = this.isEnding;
      this.isEnding = true;
      this.clearRetries();
      if (!this.submitPromise) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isWaiting) return;
      await this.submitPromise;
      const { submitter } = event;
      // The button shows progress by then, and a disabled one would not be sent.
      const wasDisabled = submitter?.disabled;
      if (submitter) submitter.disabled = false;
      this.element.requestSubmit(submitter);
      if (submitter) submitter.disabled = wasDisabled;
    }

    updateIndicator(event) {
      const unsaved = this.application.getControllerForElementAndIdentifier(event.target, "w-unsaved");
      if (event.type === "w-autosave:success" && !unsaved.editsAreSent) this.stateValue = "idle";
      else super.updateIndicator(event);
    }

    stopSayingSaved() {
      if (this.stateValue !== "saved") return;
      this.stateValue = "idle";
      this.element.setAttribute("data-w-tooltip-content-value", "");
    }
  });
})();
