// Sets a new password. The link alone does nothing: the button does.
import { linkToken, post } from "./api.js";
import { byId, reveal } from "./dom.js";
import { filledIn, onSubmit, showProblem } from "./form.js";

const form = byId("reset");

byId("reveal").addEventListener("change", (event) => {
  form.elements.password.type = event.target.checked ? "text" : "password";
});

onSubmit(form, async () => {
  const answer = await post("/auth/password/reset", { token: decodeURIComponent(linkToken()), ...filledIn(form, ["password"]) });
  if (!answer.ok) return showProblem(form, answer.body);
  byId("ask").remove();
  reveal(byId("done"));
});
form.hidden = false;
