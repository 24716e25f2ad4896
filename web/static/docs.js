// Narrows the documentation to the operations that hold the typed words. Without it the page is whole.

const box = document.getElementById("filter");
const status = document.getElementById("filter-status");
box.closest("[hidden]").hidden = false;
box.addEventListener("input", narrow);

function narrow() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (element) => words.every((word) => element.dataset.find.includes(word));
  let shown = 0;
  for (const element of document.querySelectorAll("[data-find]")) {
    element.hidden = !fits(element);
    if (!element.hidden && element.matches("article")) shown += 1;
  }
  for (const group of document.querySelectorAll("[data-group]")) {
    group.hidden = !group.querySelector("[data-find]:not([hidden])");
    if (group.matches("details")) group.open = words.length > 0;
  }
  status.textContent = words.length ? `${shown} ${shown === 1 ? "operation" : "operations"}` : "";
}
