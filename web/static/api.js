// The public API, without surprises: whatever happens, the answer is {ok, status, body}.

export const get = (path) => call("GET", path);
export const post = (path, body, headers) => call("POST", path, body, headers);

/** The last part of this page's address: the key that the link carried. */
export const linkToken = () => encodeURIComponent(decodeURIComponent(location.pathname.split("/").filter(Boolean).pop()));

export const isProblem = (answer, name) => (answer.body?.type ?? "").endsWith(`/problems/${name}`);

/** randomUUID is missing on plain http, where a demo in the office network runs. */
export const newKey = () =>
  crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function call(method, path, body, headers = {}) {
  const said = { Accept: "application/json, application/problem+json", ...headers };
  if (body) said["Content-Type"] = "application/json";
  try {
    const response = await fetch(`/api/v1${path}`, {
      method, headers: said, body: body && JSON.stringify(body), credentials: "omit", cache: "no-store",
    });
    const answer = await response.json().catch(() => ({}));
    return { ok: response.ok, status: response.status, body: answer };
  } catch {
    return { ok: false, status: 0, body: { detail: "We could not reach the server. Are you online? Please try again." } };
  }
}
