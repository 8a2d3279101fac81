// Two agents on one card: of two renewals at once one is made, unless the second is confirmed as a further period. By HTTP,
// 1,000 times (FARLINE_RACES for another number).
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { startWorld } from "../world/world.mjs";
import { Client } from "./client.mjs";

const RACES = Number(process.env.FARLINE_RACES) || 1_000;
const CARDS = ["+14165550100", "+14165550101", "+14165550102", "+14165550103"];
const PLAN = "maplewave-5gb";
const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** A member of the staff, played as the demonstration lets them, with a call about each card. */
class Agent {
  static async at(world, as) {
    const agent = new Agent();
    Object.assign(agent, { client: new Client(world.base), csrf: "", cookie: "", calls: new Map() });
    const came = await agent.post("/en/desk/sign-in/demonstration", { as });
    assert.equal(came.status, 303, came.text);
    agent.cookie = came.headers["set-cookie"].find((one) => one.startsWith("farline-desk=")).split(";")[0];
    return agent;
  }

  get(path) {
    return this.client.get(path, { cookie: this.cookie });
  }

  post(path, fields) {
    const body = new URLSearchParams({ ...fields, csrf: this.csrf }).toString();
    return this.client.send("POST", path, { headers: { ...FORM, cookie: this.cookie }, body });
  }

  hidden(page, name) {
    return new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? assert.fail(`no ${name}`);
  }

  /** Takes a call about a card, and verifies the caller by PIN. */
  async take(number) {
    const found = await this.get(`/en/desk?caller=${encodeURIComponent(number)}`);
    assert.equal(found.status, 200, found.text);
    this.csrf = this.hidden(found, "csrf");
    const taken = await this.post("/en/desk/calls", { line: this.hidden(found, "line"), caller: number });
    const address = taken.headers.location;
    const verified = await this.post(`${address}/verify`, { way: "pin", pin: "1234" });
    assert.equal(verified.status, 303, verified.text);
    this.calls.set(number, address);
  }

  /** Looks at the card and has a plan priced: from here on, a press of a button orders. */
  async ready(number) {
    const address = this.calls.get(number);
    const seen = this.hidden(await this.get(address), "seen");
    const priced = await this.post(`${address}/plan`, { plan: PLAN, seen });
    assert.equal(priced.status, 303, priced.text);
    const check = priced.headers.location.split("?")[0];
    return (more = {}) => this.post(check, { pay: "qr", phone: number, email: "", read: "en", key: randomUUID(), seen, ...more });
  }

  cancel(number, order) {
    return this.post(`${this.calls.get(number)}/orders/${order}/cancel`, {});
  }
}

const order_of = (answer) => /\/orders\/(ord_[0-9A-Z]+)$/.exec(answer.headers.location ?? "")?.[1];

let world;
let agents;
before(async () => {
  world = await startWorld();
  agents = [await Agent.at(world, "agent"), await Agent.at(world, "owner")];
  for (const agent of agents) for (const number of CARDS) await agent.take(number);
});
after(() => world.stop());

test("of two at once one renews, however often it is tried", async () => {
  const won = [0, 0];
  for (let race = 0; race < RACES; race += CARDS.length) {
    await Promise.all(
      CARDS.map(async (number) => {
        const orders = await Promise.all(agents.map((agent) => agent.ready(number)));
        const answers = await Promise.all(orders.map((order) => order()));
        const made = answers.map(order_of);
        assert.equal(made.filter(Boolean).length, 1, answers.map(({ status, text }) => `${status} ${text.slice(0, 200)}`).join("\n"));
        const winner = made.findIndex(Boolean);
        assert.equal(answers[1 - winner].status, 409);
        won[winner] += 1;
        const ended = await agents[winner].cancel(number, made[winner]);
        assert.equal(ended.status, 303, ended.text);
      }),
    );
  }
  assert.ok(won[0] > 0 && won[1] > 0, `each of the two comes first at times: ${won}`);
});

test("a further period that is confirmed is made, and a form sent twice makes one order", async () => {
  const [number] = CARDS;
  const [first, second] = await Promise.all(agents.map((agent) => agent.ready(number)));
  const key = randomUUID();
  const twice = await Promise.all([first({ key }), first({ key })]);
  const again = await first({ key });
  const made = new Set([...twice, again].map(order_of).filter(Boolean));
  assert.equal(made.size, 1, "one order");
  assert.equal((await second()).status, 409);
  const further = await second({ another: "yes" });
  assert.ok(order_of(further), further.text);
  assert.ok(!made.has(order_of(further)));
});

test("the other agent is named on the card while both are on it", async () => {
  const [agent, owner] = agents;
  const page = await agent.get(agent.calls.get(CARDS[1]));
  const name = /is on this card too, since/.exec(page.text);
  assert.ok(name, page.text);
  await owner.post(`${owner.calls.get(CARDS[1])}/end`, {});
  assert.doesNotMatch((await agent.get(agent.calls.get(CARDS[1]))).text, /is on this card too/);
});

test("nothing is sold in somebody else's call, or to a caller who is not verified", async () => {
  const [agent, owner] = agents;
  const stolen = await owner.get(agent.calls.get(CARDS[2]));
  assert.equal(stolen.status, 404);
  const found = await owner.get(`/en/desk?caller=${encodeURIComponent("+14165550104")}`);
  const taken = await owner.post("/en/desk/calls", { line: owner.hidden(found, "line"), caller: "" });
  const address = taken.headers.location;
  const page = await owner.get(address);
  assert.doesNotMatch(page.text, /class="buckets|class="days|button class="tile/, "nothing private");
  for (const [path, fields] of [["plan", { plan: PLAN, seen: "~0" }], ["notes", { note: "hello" }], ["document", { document: "E1234567" }]]) {
    const refused = await owner.post(`${address}/${path}`, fields);
    assert.equal(refused.status, 403, `${path}: ${refused.text}`);
  }
  for (let tries = 0; tries < 5; tries += 1) {
    assert.equal((await owner.post(`${address}/verify`, { way: "pin", pin: "0000" })).status, 422, "said again, with the fault");
  }
  const locked = await owner.post(`${address}/verify`, { way: "pin", pin: "1234" });
  assert.notEqual(locked.status, 303, "the right one is too late after five wrong ones");
});

test("in Quebec nothing is charged at the desk before written terms were sent, in French first", async () => {
  const number = "+15145550102";
  const [agent] = agents;
  await agent.take(number);
  const order = await agent.ready(number);
  const refused = await order({ pay: "credit" });
  assert.equal(refused.status, 409, refused.text);
  assert.match(refused.text, /value="terms"/, "the terms can be sent");
  assert.doesNotMatch(refused.text, /value="credit"|name="terms"/);
  assert.equal((await order({ pay: "credit", terms: "cal_1~quo_1~sms.AAAA" })).status, 409, "a token of nobody");
  const sent = await order({ pay: "terms" });
  assert.equal(sent.status, 303, sent.text);
  const terms = new URL(sent.headers.location, world.base).searchParams.get("terms");
  const letter = (await world.mailbox()).find(({ to, body }) => to === number && /taxes comprises/.test(body));
  assert.ok(letter, "they are at the card");
  const page = await agent.get(sent.headers.location);
  assert.match(page.text, /The terms were sent by text message/);
  assert.doesNotMatch(page.text, /value="terms"/);
  // The terms of one price are not those of another.
  const other = await agent.ready(number);
  const wanting = /value="terms"/;
  assert.match((await other({ pay: "credit", terms })).text, wanting);
  // With them it is about money alone: this card's credit is not enough.
  const asked = await order({ pay: "credit", terms });
  assert.doesNotMatch(asked.text, wanting);
  assert.match(asked.text, /The price is higher than what is left/);
});

test("a bank card's number is refused in a note and kept nowhere", async () => {
  const [agent] = agents;
  const address = agent.calls.get(CARDS[3]);
  const refused = await agent.post(`${address}/notes`, { note: "card 4242 4242 4242 4242 exp 12/39" });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /id="note-error"/);
  assert.doesNotMatch(refused.text, /4242 4242/, "it is not repeated either");
  const kept = await agent.post(`${address}/notes`, { note: "回电 tomorrow", due: "2030-01-02T09:30" });
  assert.equal(kept.status, 303, kept.text);
  assert.match((await agent.get(address)).text, /回电 tomorrow/);
  assert.match((await agent.get("/en/desk/follow-ups")).text, /回电 tomorrow/);
});
