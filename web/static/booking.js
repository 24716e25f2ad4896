// Books a consultation: kind, time, person. One press of the button is one booking, even when the line drops.
import { get, isProblem, newKey, post } from "./api.js";
import { byId, link, make, reveal } from "./dom.js";
import { filledIn, onSubmit, showProblem } from "./form.js";
import { SlotPicker } from "./slots.js";
import { momentWords } from "./time.js";

const form = byId("booking");
const practice = `/public/${encodeURIComponent(form.dataset.practice)}`;
const picker = new SlotPicker(byId("slots"), { practice: form.dataset.practice, onPick: showChoice });
let types = [];
let attempt = null;

onSubmit(form, book);
form.hidden = false;
showTypes();

async function showTypes() {
  const answer = await get(`${practice}/consultation-types`);
  types = answer.body.items ?? [];
  byId("types-status").textContent = answer.ok
    ? (types.length ? "" : "There is nothing to book at the moment. Please come back soon.")
    : answer.body.detail ?? "This could not be loaded. Please reload the page.";
  byId("slots").hidden = !types.length;
  byId("types").replaceChildren(...types.map(typeChoice));
  if (types.length) picker.show(types[0].slug);
}

function typeChoice(type, position) {
  const price = type.price_cents ? `$${(type.price_cents / 100).toFixed(2)}` : "free";
  return make("label", { class: "type" },
    make("input", { type: "radio", name: "type", value: type.slug, checked: position === 0, onchange: () => picker.show(type.slug) }),
    make("span", { class: "type-name" }, type.name),
    make("span", { class: "quiet" }, `${type.minutes} minutes, ${price}`),
    make("span", { class: "type-words" }, type.description ?? ""));
}

function showChoice(slot, zone) {
  byId("chosen").textContent = slot ? `Your time: ${momentWords(zone, slot.starts_at)}` : "";
}

async function book() {
  if (!picker.picked) return picker.remind();
  const wish = {
    consultation_type: picker.consultationType, starts_at: picker.picked.starts_at, timezone: picker.zone,
    ...filledIn(form, ["name", "email", "phone", "message"]),
  };
  const answer = await post(`${practice}/bookings`, wish, { "Idempotency-Key": keyFor(wish) });
  if (isSettled(answer)) attempt = null;
  if (answer.ok) return thank(answer.body);
  if (isProblem(answer, "slot-taken")) return picker.offer(answer.body.nearest ?? []);
  showProblem(form, answer.body);
}

/** The same wish keeps its key until the server has answered it: pressing again after a lost answer books once. */
function keyFor(wish) {
  const said = JSON.stringify(wish);
  if (attempt?.said !== said) attempt = { said, key: newKey() };
  return attempt.key;
}

const isSettled = (answer) => answer.status >= 200 && answer.status < 500 && !isProblem(answer, "idempotency-in-progress");

function thank(booking) {
  const waits = booking.state === "requested" || booking.state === "held";
  byId("thanks-headline").textContent = waits ? "Thank you, we have your wish" : "It is booked. We look forward to meeting you.";
  byId("thanks-when").textContent = momentWords(booking.timezone ?? picker.zone, booking.starts_at);
  byId("thanks-words").textContent = waits
    ? "We hold this time for you and confirm it by e-mail."
    : "An e-mail with an invitation for your calendar is on its way to you.";
  byId("manage").hidden = !link(byId("manage"), booking.manage_url);
  form.hidden = true;
  reveal(byId("thanks"));
}
