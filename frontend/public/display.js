// The reader's own contrast and size of letters, before anything is drawn: loaded in the head, without delay.
try {
  for (const name of ["contrast", "size"]) {
    const chosen = localStorage.getItem(name);
    if (chosen) document.documentElement.dataset[name] = chosen;
  }
} catch {
  // The browser keeps nothing for this site.
}
