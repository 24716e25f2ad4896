// Elements are built, never parsed: what people typed stays text.

export const byId = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Shows a hidden section and takes the reader there. */
export function reveal(element) {
  element.hidden = false;
  element.focus();
}

/** Links only where a browser goes by http: an address from a profile could be anything. */
export function link(anchor, address) {
  const safe = /^https?:\/\//.test(address ?? "");
  if (safe) anchor.href = address;
  return safe;
}
