// What the elements share: whose they are, their language, their look, and what they show while they wait or when it fails.
import { apiAt } from "./api.js";
import { make } from "./dom.js";
import { isZone, ownZone } from "./time.js";
import { languageTag, problemWords, wordsFor } from "./words.js";

// This file stands at {BASE_URL}/embed/{version}/element.js.
const BASE = new URL("../..", import.meta.url).href.replace(/\/$/, "");
const profiles = new Map();
/** What an answer would be, where it is our own script that cannot go on. */
const BROKEN = { ok: false, status: 500, body: {} };
let looks = null;

export const canShow = () => "adoptedStyleSheets" in Document.prototype && "replaceSync" in CSSStyleSheet.prototype;

export class FollowthroughElement extends HTMLElement {
  static observedAttributes = ["practice", "lang", "timezone", "consultation-type", "link"];
  /** That of the script, for elements that name none. */
  static practice = undefined;
  api = apiAt(BASE);
  base = BASE;
  /** The practice's zone, once its profile is here. */
  home = undefined;
  #begun = 0;

  connectedCallback() {
    this.start();
  }

  disconnectedCallback() {
    this.#begun += 1;
    this.stop();
  }

  attributeChangedCallback(_name, before, after) {
    if (this.isConnected && before !== after && this.#begun) this.start();
  }

  get practice() {
    return this.getAttribute("practice") ?? FollowthroughElement.practice ?? "";
  }

  get path() {
    return `/public/${encodeURIComponent(this.practice)}`;
  }

  get zone() {
    const wanted = this.getAttribute("timezone");
    return isZone(wanted) ? wanted : ownZone(this.home);
  }

  /** From the beginning: in the present language, for the present practice. */
  async start() {
    const begun = ++this.#begun;
    this.stop();
    const tag = languageTag(this);
    const [words, sheets] = await Promise.all([wordsFor(tag), look()]);
    if (begun !== this.#begun) return;
    this.words = words;
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = sheets;
    this.box = make("div", { class: "box", part: "box", lang: words.locale });
    this.shadowRoot.replaceChildren(this.box);
    this.#wait();
    if (!this.practice) console.warn("followthrough: neither the script nor the element names a practice", this);
    const problem = await this.load(() => begun === this.#begun).catch((error) => {
      console.error("followthrough:", error);
      return BROKEN;
    });
    if (problem && begun === this.#begun) this.#fail(problem);
  }

  /** The practice's profile, asked for once by all elements of the page. */
  async profile() {
    if (!profiles.has(this.practice)) profiles.set(this.practice, this.api.get(this.path));
    const answer = await profiles.get(this.practice);
    if (!answer.ok) profiles.delete(this.practice);
    this.home = answer.body.timezone;
    return answer;
  }

  /** A heading: `heading-level` says where it stands in the page's outline, 2 unless it says so. */
  title(...words) {
    const level = Math.min(6, Math.max(1, Number(this.getAttribute("heading-level")) || 2));
    return make(`h${level}`, { class: "title", part: "heading", tabindex: "-1" }, ...words);
  }

  /** Where the page came from, for the practice; what stands behind a ? or # may be private. */
  get source() {
    const { protocol, origin, pathname } = location;
    return protocol === "https:" ? { source_url: `${origin}${pathname}`.slice(0, 500) } : {};
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  #wait() {
    this.box.replaceChildren(make("p", { class: "quiet wait", role: "status" }, this.words.loading));
  }

  /** What went wrong, a way on, and below what the author of the page put in: mostly a link to the plain page. */
  #fail(answer) {
    if (!answer.status) {
      console.warn(`followthrough: no answer from ${BASE}. Is ${location.origin} among the practice's allowed_origins, and ${BASE} in connect-src?`);
    }
    const again = make("button", { type: "button", part: "button", onclick: () => { this.#wait(); this.start(); } }, this.words.again);
    this.box.replaceChildren(make("div", { class: "alert", role: "alert" }, make("p", {}, problemWords(this.words, answer))), make("p", {}, again), make("slot"));
  }

  stop() {}
}

/** The style sheets, fetched once for all elements: rules of the website's Content-Security-Policy on styles do not meet them. */
function look() {
  looks ??= Promise.all(["slots.css", "embed.css"].map(sheet)).catch((error) => {
    looks = null;
    throw error;
  });
  return looks;
}

async function sheet(name) {
  const response = await fetch(new URL(name, import.meta.url), { credentials: "omit" });
  if (!response.ok) throw new Error(`followthrough: ${name} answered ${response.status}`);
  const made = new CSSStyleSheet();
  made.replaceSync(await response.text());
  return made;
}
