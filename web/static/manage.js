// What a parent can do with her booking: see it, move it, cancel it. Opening the page only looks.
import { get, isProblem, linkToken, post } from "./api.js";
import { byId, link, reveal } from "./dom.js";
import { filledIn, onSubmit, showProblem } from "./form.js";
import { SlotPicker } from "./slots.js";
import { longDate, dateIn, momentWords, timeWords, zoneName } from "./time.js";

const HEADLINES = {
  held: ["We are holding your time", "We will confirm it by e-mail."],
  requested: ["Your time is requested", "We will confirm it by e-mail."],
  confirmed: ["Your consultation is booked", "We look forward to meeting you."],
  cancelled: ["Your consultation is cancelled", "Nothing more is needed from you. You are welcome to book again whenever it suits you."],
  completed: ["Your consultation has taken place", "Thank you for talking with us."],
  no_show: ["We missed each other", "You are welcome to book again."],
};
const CHANGES = ["state", "starts_at", "ends_at", "can_cancel", "can_reschedule"];
const path = `/public/bookings/${linkToken()}`;
const panels = { move: byId("moving"), cancel: byId("cancelling") };
let booking, picker;

byId("again").addEventListener("click", look);
byId("move").addEventListener("click", () => toggle("move", startMoving));
byId("cancel").addEventListener("click", () => toggle("cancel"));
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", closePanels);
onSubmit(panels.move, move);
onSubmit(panels.cancel, cancel);
look();

async function look() {
  byId("failed").hidden = true;
  const answer = await get(path);
  byId("status").textContent = "";
  if (answer.ok) {
    booking = answer.body;
    return show();
  }
  if (answer.status === 404 || answer.status === 410) return reveal(byId("gone"));
  byId("failure").textContent = answer.body.detail ?? "Please try again in a moment.";
  reveal(byId("failed"));
}

function show() {
  const { starts_at, ends_at, timezone, consultation_type: type, practice } = booking;
  const [headline, explanation] = HEADLINES[booking.state] ?? HEADLINES.confirmed;
  byId("booking").dataset.state = booking.state;
  byId("practice").textContent = practice.name;
  byId("headline").textContent = booking.first_name ? `${booking.first_name}, ${headline[0].toLowerCase()}${headline.slice(1)}` : headline;
  byId("explanation").textContent = explanation;
  byId("what").textContent = `${type.name}, ${type.minutes} minutes`;
  byId("when").textContent = `${longDate(dateIn(timezone, starts_at))}, ${timeWords(timezone, starts_at)} to ${timeWords(timezone, ends_at)}`;
  byId("zone").textContent = `${zoneName(timezone, starts_at)} (${timezone.replaceAll("_", " ")})`;
  byId("move").hidden = !booking.can_reschedule;
  byId("cancel").hidden = !booking.can_cancel;
  byId("ics").hidden = booking.state === "cancelled";
  byId("ics").href = `/api/v1${path}/invite.ics`;
  byId("website").hidden = !link(byId("website").firstChild, practice.website);
  byId("website").firstChild.textContent = `To the website of ${practice.name}`;
  byId("booking").hidden = false;
}

/** `words` is said aloud: the booking above has changed, and so has its headline. */
function changed(answer, words, state) {
  for (const name of CHANGES) if (name in answer) booking[name] = answer[name];
  if (state) Object.assign(booking, { state, can_cancel: false, can_reschedule: false });
  closePanels();
  show();
  byId("status").textContent = words;
  byId("booking").focus();
}

function toggle(name, start) {
  const open = panels[name].hidden;
  closePanels();
  byId("status").textContent = "";
  if (!open) return;
  panels[name].hidden = false;
  byId(name).setAttribute("aria-expanded", "true");
  panels[name].querySelector("h2").focus();
  start?.();
}

function closePanels() {
  for (const [name, panel] of Object.entries(panels)) {
    panel.hidden = true;
    byId(name).setAttribute("aria-expanded", "false");
  }
}

function startMoving() {
  picker ??= new SlotPicker(byId("slots"), { practice: booking.practice.slug, zone: booking.timezone, onPick: (slot, zone) => {
    byId("chosen").textContent = slot ? `New time: ${momentWords(zone, slot.starts_at)}` : "";
  } });
  picker.show(booking.consultation_type.slug);
}

async function move() {
  if (!picker.picked) return picker.remind();
  const answer = await post(`${path}/reschedule`, { starts_at: picker.picked.starts_at });
  if (answer.ok) return changed({ starts_at: picker.picked.starts_at, ends_at: picker.picked.ends_at, ...answer.body }, "Done: your consultation has a new time.");
  if (isProblem(answer, "slot-taken")) return picker.offer(answer.body.nearest ?? []);
  showProblem(panels.move, answer.body);
}

async function cancel() {
  const answer = await post(`${path}/cancel`, filledIn(panels.cancel, ["reason"]));
  if (answer.ok) return changed(answer.body, "Done: your consultation is cancelled.", "cancelled");
  showProblem(panels.cancel, answer.body);
}
