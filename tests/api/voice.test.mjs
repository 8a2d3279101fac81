// The telephone, driven as a carrier drives it: every branch of the robot in its four tongues, every word of a text message,
// calls that drop, webhooks that come twice, two calls at once, forged signatures.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Person } from "../access/accounts.mjs";
import { startWorld } from "../world/world.mjs";
import { Client, delivered, placed } from "./client.mjs";
import { Carrier, PLACES, SENTENCES, TONGUES } from "./telephone.mjs";

const PIN = "1234";
const KEPT_THEN_DECLINED = "4000 0000 0000 0341";
const KEPT_THEN_PENDING = "4000 0090 0000 1100";
const STRANGER = "+1 250 555 0142";

let world, carrier;
before(async () => {
  world = await startWorld();
  carrier = new Carrier(world);
});
after(() => world?.stop());

let people = 0;
/** A card whose holder renewed it once and kept the method. */
async function kept(line, { card, plan = "maplewave-5gb" } = {}) {
  const email = `holder.${++people}@example.org`;
  const holder = await Person.register(world, email);
  await holder.add(line);
  const by = new Client(world.base).with(holder.bearer);
  const pay = by.pay.bind(by);
  by.pay = (url) => pay(url, card);
  const order = await placed(by, { line, plan, order: { save_method: true, contact: { email } } });
  assert.equal((await by.pay(order.pay_url)).status, 303);
  await world.eventually("delivered order", async () => (await by.see(order)).json?.state === "delivered" || (await world.advance(60)));
  return { line, email, holder, by };
}

/** The orders that a card's holder paid. */
const bought = async ({ holder }) => (await holder.holdings()).orders.map(({ order, spoken_consent }) => ({ state: order.state.state, channel: order.channel, spoken_consent }));

/** Lets time pass until all of them are delivered, and looks that there are so many. */
async function settled(one, count) {
  await world.eventually("delivery", async () => (await bought(one)).every(({ state }) => state === "delivered") || (await world.advance(60)));
  assert.equal((await bought(one)).length, count);
}

/** A call that came to the menu of the card it comes from. */
async function menu(line, key) {
  const call = await carrier.call(line);
  await call.keys(key, "1", PIN);
  assert.equal(call.place, "menu", call.said.join(" "));
  return call;
}

const tongues = Object.keys(TONGUES).map((tongue, place) => [tongue, String(place + 1)]);

test("in every tongue: the card is found, its PIN checked, what is left said, and the last plan renewed", async () => {
  const one = await kept("+1 416 555 0100");
  const consents = [];
  for (const [tongue, key] of tongues) {
    const before = (await bought(one)).length;
    const call = await carrier.call(one.line);
    call.says("language", "language", "language", "language");
    await call.press(key);
    call.says("own-card");
    assert.match(call.said[0], /0 0/);
    await call.press("1");
    call.says("type-pin");
    await call.press("8642");
    call.says("wrong-pin", "type-pin");
    assert.doesNotMatch(call.xml, /8642/, "a PIN is not said again");
    await call.press(PIN);
    call.says("left", "until-active");
    await call.press("9");
    call.says("no-such-key");
    await call.press("1");
    call.says("offer", "offer-until", "agree");
    assert.match(call.said[0], { mandarin: /28加元25分/, cantonese: /28加元25仙/, english: /28 dollars and 25 cents/, french: /28 dollars et 25 cents/ }[tongue]);
    assert.equal((await bought(one)).length, before, "nothing is ordered before the yes");
    await call.press("2");
    call.says("nothing-ordered");
    await call.keys("1", "1");
    call.says("delivered-until");
    const [order] = (await bought(one)).filter(({ spoken_consent }) => !consents.includes(spoken_consent?.order) && spoken_consent);
    assert.equal((await bought(one)).length, before + 1);
    assert.equal(order.channel, "voice");
    assert.equal(order.spoken_consent.yes, "1");
    assert.match(order.spoken_consent.words, /5.G[Bo].*28.*1.*2/s, "the words that came before the yes");
    consents.push(order.spoken_consent.order);
    await call.press("3");
    call.says("left", "until-active");
    await call.press("0");
    call.says("connecting");
    assert.match(call.xml, /<Dial action="[^"]*\/webhooks\/voice\/dialed"[^>]*><Number>\+18005550143<\/Number><\/Dial>/);
    await call.send("/webhooks/voice/dialed", { DialCallStatus: "no-answer" });
    call.says("nobody");
    await call.send("/webhooks/voice/dialed", { DialCallStatus: "completed" });
    assert.match(call.xml, /<Response><Hangup\/><\/Response>/);
  }
});

test("in every tongue: another card by its number, numbers that are not ours, keys that do nothing, silence", async () => {
  for (const [, key] of tongues) {
    let call = await carrier.call(STRANGER);
    await call.press(key);
    call.says("type-number");
    await call.press("4165559999");
    call.says("unknown-number", "type-number");
    await call.press("4165559998");
    call.says("unknown-number", "connecting");

    call = await carrier.call("+1 416 555 0101");
    await call.keys(key, "2", "8919980000000002003", PIN);
    assert.equal(call.place, "menu");
    await call.press("2");
    call.says("link-no-number");
    await call.wait();
    await call.wait();
    call.says("goodbye");
    assert.equal(call.place, "over");

    call = await carrier.call("+1 416 555 0101");
    await call.keys(key, "7");
    call.says("no-such-key", "own-card");
    await call.press("7");
    call.says("no-such-key", "connecting");
  }
  const call = await carrier.call("anonymous");
  await call.press("9");
  call.says("no-such-key", "language", "language", "language", "language");
  await call.wait();
  call.says("goodbye");
});

test("in every tongue: cards in every state of their lives", async () => {
  const states = { "+1 416 555 0103": "grace", "+1 416 555 0106": "suspended", "+1 416 555 0118": "inactive", "+1 416 555 0112": "closed" };
  for (const [, key] of tongues) {
    for (const [line, state] of Object.entries(states)) {
      const call = await menu(line, key);
      assert.equal(call.keys_heard.at(-2), `robot-until-${state}`, call.said.join(" "));
    }
  }
  assert.ok([...carrier.heard].some((said) => said.endsWith("robot-left-nothing")), "some card has nothing left");
});

test("in every tongue: a link by text message, where there is no plan, no method, or too many unpaid orders", async () => {
  const guest = new Client(world.base);
  await delivered(world, guest, { line: "+1 416 555 0104", plan: "maplewave-5gb", order: { contact: { email: "guest@example.org" } } });
  for (const [, key] of tongues) {
    let call = await menu("+1 416 555 0101", key);
    await call.press("1");
    call.says("no-plan");
    await call.press("2");
    call.says("link-sent");
    call = await menu("+1 416 555 0104", key);
    await call.press("1");
    call.says("no-method");
    await call.press("2");
    call.says("link-sent");
  }
  const links = (await world.mailbox()).filter(({ to, medium }) => medium === "text" && to === "+14165550104").flatMap(({ links }) => links);
  assert.ok(links.some((link) => /\/orders\//.test(link)), links.join());
  const page = await fetch(links.find((link) => /\/orders\//.test(link)));
  assert.equal(page.status, 200);
  for (const [, key] of tongues) {
    const call = await menu("+1 416 555 0104", key);
    await call.press("2");
    while (call.keys_heard.includes("robot-link-sent")) await call.press("2");
    call.says("link-too-many");
  }
});

test("in every tongue: a bank that says no, and then too many attempts", async () => {
  const one = await kept("+1 416 555 0105", { card: KEPT_THEN_DECLINED });
  for (const [, key] of tongues) {
    const call = await menu(one.line, key);
    await call.keys("1", "1");
    call.says("declined");
  }
  for (const [, key] of tongues) {
    const call = await menu(one.line, key);
    await call.keys("1", "1");
    if (call.keys_heard.includes("robot-declined")) await call.keys("1", "1");
    call.says("too-many");
  }
});

test("in every tongue: a charge whose outcome nobody knows is said to be unknown, and is charged once", async () => {
  const one = await kept("+1 416 555 0107", { card: KEPT_THEN_PENDING });
  for (const [, key] of tongues) {
    const before = await bought(one);
    const call = await menu(one.line, key);
    await call.keys("1", "1");
    call.says("charge-unknown");
    await settled(one, before.length + 1);
  }
});

test("in every tongue: a network that does not answer is said to be unknown, and nothing is ordered on top", async () => {
  const one = await kept("+1 416 555 0183", { plan: (await (await fetch(world.at("/api/v1/lines/+14165550183/plans"))).json()).plans[0].id });
  for (const [, key] of tongues) {
    const call = await menu(one.line, key);
    await call.keys("1", "1");
    call.says("on-its-way");
    await call.press("1");
    call.says("in-progress");
    await call.press("2");
    call.says("link-not-now");
    await world.eventually("unknown", async () => {
      await call.press("3");
      return call.keys_heard.includes("robot-unknown");
    });
    await settled(one, (await bought(one)).length);
  }
});

test("in every tongue: in Quebec the written terms come first, in French before another language", async () => {
  const one = await kept("+1 514 555 0102");
  for (const [, key] of tongues) {
    const call = await menu(one.line, key);
    const before = (await world.mailbox()).length;
    await call.press("1");
    call.says("terms-email", "offer", "offer-until", "agree");
    const [letter] = (await world.mailbox()).filter(({ to }) => to === one.email);
    assert.ok((await world.mailbox()).length > before);
    assert.match(letter.body, /taxes comprises/);
    await call.press("2");
  }
  const call = await menu(one.line, "3");
  await call.keys("1", "1");
  call.says("delivered-until");
  for (const [, key] of tongues) {
    const call = await menu(one.line, key);
    await call.press("1");
    call.says("terms-not-sent", "connecting");
  }
});

test("in every tongue: a price that has grown old is not charged", async () => {
  const one = await kept("+1 416 555 0108");
  for (const [, key] of tongues) {
    const call = await menu(one.line, key);
    await call.press("1");
    await world.advance(16 * 60);
    await call.press("1");
    call.says("not-ordered");
  }
  assert.equal((await bought(one)).length, 1);
});

test("in every tongue: a PIN is tried five times a day, whoever calls, and then not looked at", async () => {
  const line = "+1 416 555 0110";
  const first = await carrier.call(line);
  await first.keys("3", "1", "1111", "2222", "3333");
  first.says("wrong-pin", "connecting");
  const second = await carrier.call(STRANGER);
  await second.keys("3", "4165550110", "4444", "5555");
  second.says("wrong-pin", "type-pin");
  await second.press(PIN);
  second.says("pin-locked", "connecting");
  for (const [, key] of tongues) {
    const call = await carrier.call(line);
    await call.keys(key, "1", PIN);
    call.says("pin-locked", "connecting");
  }
  const portal = await Person.register(world, "locked.out@example.org");
  const answer = await portal.form(await portal.begin(line), { pin: PIN });
  assert.equal(answer.status, 429, "the portal counts the same tries");
});

test("a call that drops anywhere leaves nothing, and one agreed to is charged once", async () => {
  const one = await kept("+1 416 555 0111");
  const way = ["3", "1", PIN, "1"];
  for (let length = 0; length <= way.length; length++) {
    const call = await carrier.call(one.line);
    await call.keys(...way.slice(0, length));
    const over = await carrier.post("/webhooks/voice/status", { ...call.fields, CallStatus: "completed" });
    assert.equal(over.status, 204);
    if (call.action) {
      await call.send(call.action, { Digits: "1" });
      call.says("goodbye");
    }
  }
  assert.equal((await bought(one)).length, 1, "nothing was ordered by calls that dropped");
  const call = await carrier.call(one.line);
  await call.keys(...way);
  const agreeing = call.action;
  await carrier.post(agreeing, { ...call.fields, Digits: "1" });
  await carrier.post("/webhooks/voice/status", { ...call.fields, CallStatus: "completed" });
  assert.equal((await bought(one)).length, 2, "what was agreed to is done");
  // The whole call once more, as somebody who recorded it would send it.
  const again = await carrier.call(one.line, call.id);
  again.says("goodbye");
  await carrier.post(agreeing, { ...call.fields, Digits: "1" });
  assert.equal((await bought(one)).length, 2, "a recorded call does nothing");
});

test("a webhook that comes twice, or sixteen times at once, has one effect and one answer", async () => {
  const one = await kept("+1 416 555 0113");
  const call = await carrier.call(one.line);
  for (const keys of ["3", "1", PIN, "1"]) {
    const { action } = call;
    await call.press(keys);
    const first = call.xml;
    const repeated = await carrier.post(action, { ...call.fields, Digits: keys });
    assert.equal(repeated.text, first);
    const other = await carrier.post(action, { ...call.fields, Digits: "2" });
    assert.equal(other.text, first, "another key does not change what was answered");
  }
  const storm = await Promise.all(Array.from({ length: 16 }, () => carrier.post(call.action, { ...call.fields, Digits: "1" })));
  assert.ok(storm.every(({ status }) => status === 200));
  assert.ok(storm.some(({ text }) => /<Redirect method="POST">[^<]*steps\/4/.test(text)) || storm.every(({ text }) => text === storm[0].text));
  assert.equal((await bought(one)).length, 2);
  await call.wait();
  call.says("delivered-until");
});

test("two calls at once on one card make two orders only if both agree, one after the other", async () => {
  const one = await kept("+1 416 555 0114");
  const [a, b] = [await menu(one.line, "3"), await menu(one.line, "1")];
  await Promise.all([a.press("1"), b.press("1")]);
  await Promise.all([a.press("1"), b.press("2")]);
  assert.equal((await bought(one)).length, 2);
  b.says("nothing-ordered");
});

test("what is not signed is refused with 403 everywhere, and so is what was altered", async () => {
  const fields = { CallSid: "CA1", From: "+14165550100", MessageSid: "SM1", Body: "BAL", Digits: "1" };
  for (const path of ["/webhooks/voice", "/webhooks/voice/steps/0?at=greeting", "/webhooks/voice/steps/x", "/webhooks/voice/dialed", "/webhooks/voice/status", "/webhooks/sms"]) {
    const forged = [
      { headers: { "x-twilio-signature": null } },
      { headers: { "x-twilio-signature": "" } },
      { headers: { "x-twilio-signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" } },
      { fields: { ...fields, Digits: "2" } },
      { fields: { ...fields, Extra: "1" } },
      { path: `${path}${path.includes("?") ? "&" : "?"}x=1` },
      { method: "GET" },
      { method: "PUT" },
    ];
    for (const altered of forged) {
      const { status, text } = await carrier.post(path, fields, altered);
      assert.equal(status, 403, `${path} ${JSON.stringify(altered)}: ${text}`);
    }
  }
});

test("text messages: what is left, help, other words, and numbers that are no cards", async () => {
  const line = "+1 416 555 0102";
  for (const word of ["BAL", "余额", "Solde."]) assert.match(await carrier.text(line, word), / left\. It is good until /, word);
  for (const word of ["HELP", "aide", "帮助", "INFO"]) assert.match(await carrier.text(line, word), /Phone .*STOP/, word);
  for (let n = 0; n < 3; n++) assert.match(await carrier.text(line, "what is this"), /we read only these words/);
  assert.equal(await carrier.text(line, "hello again"), "", "two robots do not talk for ever");
  assert.match(await carrier.text(STRANGER, "BAL"), /no card of ours/);
  assert.match(await carrier.text(STRANGER, "余额"), /不是我们的卡/);
  assert.equal(await carrier.text("nobody", "BAL"), "");
  assert.match(await carrier.text("+1 416 555 0101", "BAL"), /的卡还有|没有余额/, "in the card's own language");
});

test("text messages: every word that stops, once confirmed, then silence until it starts again", async () => {
  const line = "+1 647 555 0101";
  for (const word of ["STOP", "ARRET", "ARRÊT", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "TD", "退订", "ｓｔｏｐ。"]) {
    assert.match(await carrier.text(line, word), /START|“开始”/, word);
    assert.equal(await carrier.text(line, word), "", "confirmed once");
    for (const asked of ["BAL", "YES", "hello"]) assert.equal(await carrier.text(line, asked), "", `${asked} after ${word}`);
    assert.match(await carrier.text(line, "START"), /STOP|“退订”/);
  }
  assert.equal(await carrier.text(line, "STOP", { OptOutType: "STOP" }), "", "the carrier has confirmed itself");
  for (const [, key] of tongues) {
    const call = await menu(line, key);
    await call.press("2");
    call.says("link-stopped");
  }
  assert.ok(!(await world.mailbox()).some(({ to }) => to === "+16475550101"), "nothing went out");
  for (const word of ["UNSTOP", "开始"]) assert.match(await carrier.text(line, word), /STOP|“退订”/);
});

test("text messages: a yes is told the price, the second yes renews, once a day, once per message", async () => {
  const one = await kept("+1 416 555 0120");
  const offers = /5 GB.*28\.25.*Visa/;
  assert.match(await carrier.text(one.line, "YES"), offers);
  await world.advance(31 * 60);
  assert.match(await carrier.text(one.line, "y"), offers, "half an hour later the first yes is forgotten");
  assert.equal((await bought(one)).length, 1, "nothing is ordered by a first yes");
  const id = `SM${"7".repeat(32)}`;
  const [first, ...rest] = [await carrier.text(one.line, "1", { id }), await carrier.text(one.line, "1", { id }), await carrier.text(one.line, "1", { id })];
  assert.match(first, /续|renewed/);
  assert.ok(rest.every((text) => text === first), "the same message, the same answer");
  assert.equal((await bought(one)).length, 2);
  await carrier.text(one.line, "续");
  assert.match(await carrier.text(one.line, "oui"), /renewed by text message today/);
  assert.equal((await bought(one)).length, 2, "one renewal a day");
  await world.advance(24 * 3600);
  await carrier.text(one.line, "YES");
  const storm = await Promise.all(Array.from({ length: 8 }, () => carrier.text(one.line, "YES")));
  assert.equal((await bought(one)).length, 3, storm.join("\n"));
});

test("text messages: a yes without a saved method, and one that the bank refuses, get a link to pay by", async () => {
  const line = "+1 416 555 0121";
  assert.match(await carrier.text(line, "YES"), /\/renew\//, "no last plan: all plans");
  await delivered(world, new Client(world.base), { line, plan: "maplewave-5gb", order: { contact: { email: "guest.2@example.org" } } });
  const link = /https?:\S+\/orders\/\S+/.exec(await carrier.text(line, "YES"))[0];
  assert.equal((await fetch(link)).status, 200);
  const one = await kept("+1 416 555 0124", { card: KEPT_THEN_DECLINED });
  await carrier.text(one.line, "YES");
  assert.match(await carrier.text(one.line, "YES"), /no.*charged.*\/orders\//s);
});

test("every place was reached, and every sentence heard in every tongue", () => {
  // What needs trouble on our own side, or a card that died between two renewals: the machine's own tests walk there.
  const elsewhere = ["moment", "trouble", "link-not-sent", "not-renewable", "goes-back", "delivered", "terms-sms"];
  const left_out = elsewhere.map((key) => `robot-${key}`);
  assert.deepEqual([...carrier.places].sort(), [...PLACES].sort());
  const never = Object.entries(SENTENCES).flatMap(([tongue, keys]) =>
    Object.keys(keys).filter((key) => !left_out.includes(key) && !carrier.heard.has(`${tongue} ${key}`)).map((key) => `${tongue} ${key}`),
  );
  assert.deepEqual(never, []);
});
