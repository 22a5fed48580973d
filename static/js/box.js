// On every page: the key / goes to the search box, unless something is being typed.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const boxes = [...document.querySelectorAll('form[role="search"] input')];
  const box = boxes.find((one) => one.checkVisibility?.() ?? one.offsetParent);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
