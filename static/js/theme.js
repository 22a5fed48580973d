// The three-state theme button: as the system, light, dark. The page's head has set the stored choice before first paint;
// here the button shows it and changes it. Without storage (a private window) the choice lasts for the page.
// Words: system, light, dark, and theme, what the three are states of.
{
  const words = document.currentScript.dataset;
  const KEY = "gwTheme";
  const STATES = ["system", "light", "dark"];
  const root = document.documentElement;
  const buttons = document.querySelectorAll("button.theme");

  const chosen = () => (STATES.includes(root.dataset.theme) ? root.dataset.theme : "system");

  const apply = (state) => {
    if (state === "light" || state === "dark") root.dataset.theme = state;
    else delete root.dataset.theme;
    for (const button of buttons) {
      const word = words[chosen()];
      button.textContent = word;
      button.setAttribute("aria-label", `${words.theme}：${word}`);
    }
  };

  const store = (state) => {
    try {
      if (state === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, state);
    } catch {
      // Storage is closed to this page.
    }
  };

  for (const button of buttons) {
    button.addEventListener("click", () => {
      const next = STATES[(STATES.indexOf(chosen()) + 1) % STATES.length];
      apply(next);
      store(next);
    });
  }
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) apply(event.newValue);
  });
  apply(chosen());
}
