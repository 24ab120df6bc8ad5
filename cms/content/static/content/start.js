// Starts the widgets and panels that Wagtail starts by a script in the page, which our Content-Security-Policy forbids:
// `templates/wagtailadmin/` and `choosers.py` name what to call, and with what.
(() => {
  // Only these: text that somebody smuggles into a page is not to call what it likes.
  const STARTERS = /^(InlinePanel|MultipleChooserPanel|init(Date|Time|DateTime)Chooser|createTaskChooser|[A-Z]\w*Chooser|Chooser)$/;

  class Start extends window.StimulusModule.Controller {
    static values = { name: String, arguments: Array };

    connect() {
      if (!STARTERS.test(this.nameValue)) return;
      const starter = window[this.nameValue];
      this.element.remove();
      if (starter.prototype) new starter(...this.argumentsValue);
      else starter(...this.argumentsValue);
    }
  }

  window.wagtail.app.register("start", Start);
})();
