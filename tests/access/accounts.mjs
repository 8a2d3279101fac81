// A person with an account, as a browser without scripts makes one: an address, the code from the mailbox, cards by their PIN.

import assert from "node:assert/strict";

import { Client } from "../api/client.mjs";
import { decoded } from "../world/mailbox.mjs";

const PASSWORD = "Seven-lanterns by the frozen lake";
/** The PIN of every card of the demonstration. */
const PIN = "1234";

/** The value of a hidden field of a page. */
export function hidden(page, name) {
  const [, value] = new RegExp(`name="${name}" value="([^"]*)"`).exec(page) ?? [];
  assert.ok(value, `the page has no hidden field ${name}`);
  return decoded(value);
}

/** What a page says, for messages of failed tests. */
const words_of = ({ text }) => decoded(text.slice(Math.max(text.indexOf("<main"), 0))).replace(/\s+/g, " ").slice(0, 300);

/** The session cookie that an answer sets: `name=value`. */
function cookie_of(answer) {
  const { headers, status } = answer;
  const cookie = headers["set-cookie"]?.find((one) => one.includes("HttpOnly"))?.split(";")[0];
  assert.match(cookie ?? `no cookie: ${status} ${words_of(answer)}`, /^[\w-]*farline=.{20,}$/);
  return cookie;
}

/** Posts a form with headers; each time from another address, as limits count by address. */
export async function posted(world, path, fields, headers = {}) {
  const by = new Client(world.base);
  const answer = await by.send("POST", path, { headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: new URLSearchParams(fields).toString() });
  by.close();
  return answer;
}

export class Person {
  /** Registers an address and proves it. */
  static async register(world, email) {
    const person = new Person();
    Object.assign(person, { world, email });
    const asked = await posted(world, "/en/register", { who: email, password: PASSWORD });
    assert.equal(asked.status, 200, words_of(asked));
    const verified = await posted(world, "/en/verify", { challenge: hidden(asked.text, "challenge"), code: await person.code() });
    assert.equal(verified.status, 303, words_of(verified));
    await person.#came_in(verified);
    return person;
  }

  async #came_in(answer) {
    this.cookie = cookie_of(answer);
    const account = await this.get("/en/account");
    assert.equal(account.status, 200, "a person who came in is not signed in");
    this.csrf = hidden(account.text, "csrf");
    const by = new Client(this.world.base);
    const { status, json, text } = await by.post("/api/v1/sign-in", { email: this.email, password: PASSWORD });
    assert.equal(status, 200, text);
    this.bearer = json.token;
    by.close();
  }

  /** Signs in again, in the portal and in the API: after what ends sessions. */
  async sign_in() {
    await this.#came_in(await posted(this.world, "/en/sign-in", { who: this.email, password: PASSWORD, way: "password" }));
  }

  /** The newest code sent to an address; `after` is one that was read before. */
  async code(to = this.email, after) {
    return this.world.eventually(`code for ${to}`, async () => {
      const letters = (await this.world.mailbox()).filter((letter) => letter.to === to);
      const code = letters.map(({ body }) => /\b(\d{3}) ?(\d{3})\b/.exec(body)).find(Boolean)?.slice(1).join("");
      return code !== after && code;
    });
  }

  async get(path) {
    const by = new Client(this.world.base);
    const answer = await by.get(path, { cookie: this.cookie });
    by.close();
    return answer;
  }

  /** Posts a form of a page of this session. */
  form(path, fields) {
    return posted(this.world, path, { csrf: this.csrf, ...fields }, { cookie: this.cookie });
  }

  /** Begins to add a card; gives the address where its PIN is asked for. */
  async begin(number, nickname = "") {
    const begun = await this.form("/en/cards/add", { number, nickname, proof: "pin" });
    assert.equal(begun.status, 303, words_of(begun));
    return begun.headers.location;
  }

  /** Adds a card by its PIN; gives its id. */
  async add(number, nickname) {
    return this.prove(await this.begin(number, nickname));
  }

  /** Types the PIN; gives the card's id. */
  async prove(address) {
    const proven = await this.form(address, { pin: PIN });
    assert.equal(proven.status, 303, words_of(proven));
    assert.match(proven.headers.location, /^\/en\/cards\/[^/?]+$/);
    return proven.headers.location.split("/").at(-1);
  }

  /** Everything that the account holds, without what reading it changes, and the helpers of its cards. */
  async holdings() {
    const { status, json } = await this.get("/en/account/data.json");
    assert.equal(status, 200, "the holder is no longer signed in");
    const helpers = [];
    for (const { id } of json.lines) helpers.push((await this.get(`/en/cards/${id}/helpers`)).text);
    return { ...json, made_at: "", sessions: json.sessions.map((session) => ({ ...session, used_at: "" })), helpers };
  }
}

/** What somebody says who knows a foreign card's PIN. */
export const KNOWN_PIN = PIN;
