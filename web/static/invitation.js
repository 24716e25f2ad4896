// Joins a practice. The link alone does nothing: the button does.
import { isProblem, linkToken, post } from "./api.js";
import { byId, reveal } from "./dom.js";
import { filledIn, onSubmit, showProblem } from "./form.js";

const form = byId("invitation");

byId("reveal").addEventListener("change", (event) => {
  form.elements.password.type = event.target.checked ? "text" : "password";
});

onSubmit(form, async () => {
  const answer = await post("/auth/invitations/accept", { token: decodeURIComponent(linkToken()), ...filledIn(form, ["name", "password", "otp"]) });
  if (isProblem(answer, "otp-required")) byId("codes").hidden = false;
  if (!answer.ok) return showProblem(form, answer.body);
  byId("ask").remove();
  reveal(byId("done"));
});
form.hidden = false;
