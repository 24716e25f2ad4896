// The elements of a practice's website. Everything they need is named here, so that a browser fetches it at once.
import "./api.js";
import "./dom.js";
import "./fields.js";
import "./form.js";
import "./hold.js";
import "./slots.js";
import "./time.js";
import "./words.js";
import "./zones.js";
import { BookConsultation } from "./book_consultation.js";
import { Contact } from "./contact.js";
import { WordingCheck } from "./wording_check.js";
import { canShow, FollowthroughElement } from "./element.js";

/** The mailing list has no public door yet: the element is there, shows nothing, and promises nothing. */
class Subscribe extends HTMLElement {
  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    this.style.display = "none";
  }
}

const ELEMENTS = { "ft-book-consultation": BookConsultation, "ft-contact": Contact, "ft-subscribe": Subscribe, "ft-wording-check": WordingCheck };

/** Brings the page's elements to life; `practice` is for those that name none. A second script on the page changes nothing. */
export function start(practice) {
  FollowthroughElement.practice ??= practice;
  // An old browser goes on showing what the author put into them.
  if (!canShow()) return;
  for (const [name, element] of Object.entries(ELEMENTS)) if (!customElements.get(name)) customElements.define(name, element);
}
