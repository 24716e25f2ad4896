// The public API, without surprises: whatever happens, the answer is {ok, status, body, wait}; status 0 is a server that
// cannot be reached, `wait` the seconds that it asks for.

const PATIENCE = 20000;

/** The API of the server at `base`: that of this page, unless it is another's. */
export function apiAt(base = "") {
  const call = async (method, path, body, { headers = {}, ...more } = {}) => {
    const said = { Accept: "application/json, application/problem+json", ...headers };
    if (body) said["Content-Type"] = "application/json";
    try {
      const response = await fetch(`${base}/api/v1${path}`, {
        method, headers: said, body: body && JSON.stringify(body), credentials: "omit", cache: "no-store",
        signal: AbortSignal.timeout?.(PATIENCE), ...more,
      });
      const answer = await response.json().catch(() => ({}));
      return { ok: response.ok, status: response.status, body: answer, wait: Number(response.headers.get("Retry-After")) || 0 };
    } catch {
      return { ok: false, status: 0, body: { detail: "We could not reach the server. Are you online? Please try again." }, wait: 0 };
    }
  };
  return {
    get: (path) => call("GET", path),
    post: (path, body, headers) => call("POST", path, body, { headers }),
    /** Goes out even when the page is being left. */
    remove: (path) => call("DELETE", path, undefined, { keepalive: true }),
  };
}

export const { get, post } = apiAt();

/** The last part of this page's address: the key that the link carried. */
export const linkToken = () => encodeURIComponent(decodeURIComponent(location.pathname.split("/").filter(Boolean).pop()));

export const isProblem = (answer, name) => (answer.body?.type ?? "").endsWith(`/problems/${name}`);

/** Whether the server refuses what stands at this place of the request. */
export const isWrongAt = (answer, place) => (answer.body?.errors ?? []).some(({ pointer }) => pointer === place);

/** Whether the server has decided: a wish that it may not have got is sent again under the same key. */
const isSettled = (answer) => answer.status >= 200 && answer.status < 500 && !isProblem(answer, "idempotency-in-progress");

/** randomUUID is missing on plain http, where a demo in the office network runs. */
export const newKey = () =>
  crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Sends one wish once: the same words go out under the same key until the server has answered, however often the button is
 * pressed. `extra` belongs to the attempt, not to the wish: a hold may lapse between two presses.
 */
export function once(post) {
  let attempt = null;
  return async (path, wish, extra = {}) => {
    const said = JSON.stringify(wish);
    if (attempt?.said !== said) attempt = { said, body: { ...wish, ...extra }, headers: { "Idempotency-Key": newKey() } };
    const { body, headers } = attempt;
    let answer = await post(path, body, headers);
    for (let again = 0; again < 3 && isProblem(answer, "idempotency-in-progress"); again++) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      answer = await post(path, body, headers);
    }
    if (isSettled(answer)) attempt = null;
    return answer;
  };
}
