// A time that the server keeps for one visitor while the form is filled in. Booking works without it.

const TEN_MINUTES = 600000;

export class Hold {
  token = null;
  #timer;

  /** `onLapse` hears that its time is over. */
  constructor(api, path, onLapse) {
    Object.assign(this, { api, path, onLapse });
  }

  /** Keeps this time instead of the one it has. Gives the answer, with the minutes that it is kept. */
  async take(wish) {
    const own = this.token ? { hold: this.token } : {};
    const answer = await this.api.post(`${this.path}/holds`, { ...wish, ...own });
    if (!answer.ok) {
      // Whatever became of the one it had, it is not for this time.
      this.release();
      return answer;
    }
    this.token = answer.body.hold;
    const stated = Date.parse(answer.body.expires_at) - Date.now();
    // The visitor's clock may be wrong: then it is ten minutes, as the server has it.
    const left = stated > 0 && stated < 2 * TEN_MINUTES ? stated : TEN_MINUTES;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.token = null;
      this.onLapse();
    }, left);
    return { ...answer, minutes: Math.max(1, Math.round(left / 60000)) };
  }

  /** It became a booking, or is not wanted any more. */
  forget() {
    clearTimeout(this.#timer);
    this.token = null;
  }

  release() {
    if (this.token) this.api.remove(`/public/holds/${encodeURIComponent(this.token)}`);
    this.forget();
  }
}
