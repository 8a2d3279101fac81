// Consent to promotions: somebody gives it, hears that a promotion ends, with who sends it and a way out, leaves by that link
// without signing in, and hears of no other; somebody who stayed does.
import assert from "node:assert/strict";
import { after, before, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { DeskAgent } from "./agent.mjs";
import { axeFaults } from "./axe.mjs";
import { launch } from "./browser.mjs";
import { Guest } from "./guest.mjs";
import { narrowFaults, targetFaults } from "./instruments.mjs";

const test = (name, body) => plainTest(name, { timeout: 240_000 }, body);
const DAY = 24 * 60 * 60;

let browser;
let world;
before(async () => ([browser, world] = await Promise.all([launch(), startWorld()])));
after(async () => {
  await browser?.close();
  await world?.stop();
});

/** A date so many days from today. */
const day = (days) => new Date(Date.now() + days * DAY * 1000).toISOString().slice(0, 10);

/** The desk makes a promotion that everybody has without a code. Days go by between two, and a session at the desk is short. */
async function promote({ code, name, reduction, until }) {
  const desk = await DeskAgent.arrive(world, browser, { as: "owner" });
  const { page } = desk;
  await page.goto(world.at("/en/desk/promotions"));
  const typed = { code, name_en: name, name_fr: name, name_zh: name, reduction, from: "2025-01-01", until };
  for (const [field, text] of Object.entries(typed)) await page.fill(`#${field}`, text);
  await page.selectOption('select[name="way"]', "itself");
  await page.click('form[action$="/desk/promotions"] button.go');
  await page.waitForURL(/done=created/);
  assert.deepEqual(desk.complaints, []);
  await desk.close();
}

/** What went to an address about a promotion. */
const toldOf = async (email, name) => (await world.mailbox()).filter(({ to, subject }) => to === email && subject.includes(name));

/** Time goes on, past a night, until the letter is there. */
async function hears(guest, card, { email, name }) {
  const planned = async () => {
    await guest.open(`/cards/${card}/reminders`);
    return /A promotion is about to end/.test(await guest.text());
  };
  await world.eventually("a reminder", planned);
  await world.advance(DAY / 2 + 1200);
  return world.eventually(`a letter about ${name}`, async () => (await toldOf(email, name))[0]);
}

async function agree(guest) {
  await guest.open("/account");
  assert.equal(await guest.page.isChecked("#agree-email"), false, "nothing is ticked beforehand");
  await guest.press('form:has(#agree-email) button[value="give"]');
  assert.ok(await guest.page.locator("#agree-email-error").isVisible(), "without the tick there is no consent");
  await guest.page.check("#agree-email");
  await guest.press('form:has(#agree-email) button[value="give"]');
  assert.match(await guest.text(), /On since/);
}

test("consent, a letter, a way out, and silence", async () => {
  const [leaves, stays] = [await Guest.arrive(world, browser), await Guest.arrive(world, browser)];
  const [one, other] = ["leaves@example.org", "stays@example.org"];
  await leaves.register(one);
  const card = await leaves.addByPin("+1 416 555 0100", "1234", "Mom");
  await stays.register(other);
  const second = await stays.addByPin("+1 416 555 0101", "1234", "Grandfather");
  await agree(leaves);
  await promote({ code: "harvest", name: "Harvest week", reduction: "2.00 CAD", until: day(6) });
  await world.advance(4 * DAY);
  const letter = await hears(leaves, card, { email: one, name: "Harvest week" });
  const business = await leaves.page.request.get(world.at("/en/about")).then((answer) => answer.text());
  const address = letter.body.split("\n").filter((line) => /Toronto|Ontario| ON /.test(line));
  assert.ok(address.length > 0 && address.some((line) => business.includes(line.trim())), letter.body);
  assert.deepEqual(await toldOf(other, "Harvest week"), [], "nobody else agreed");

  // The link in the letter has the promotion in its price.
  const stranger = await Guest.arrive(world, browser);
  await stranger.page.goto(letter.links.find((link) => link.includes("/renew/")));
  assert.match(await stranger.text(), /Harvest week/);
  const out = letter.links.find((link) => link.includes("/unsubscribe/"));
  await stranger.page.goto(out);
  for (const look of [axeFaults, narrowFaults, targetFaults]) assert.deepEqual(await look(stranger.page), []);
  await stranger.press("main form button.go");
  assert.match(await stranger.text(), /You get no more promotions/);
  await stranger.page.goto(out);
  assert.equal(await stranger.page.locator("main form").count(), 0, "once more changes nothing");
  // A mail program says it without a page and without a cookie (RFC 8058).
  const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  assert.equal((await fetch(out, { method: "POST", body, redirect: "manual" })).status, 303);
  await stranger.done();
  await leaves.open("/account");
  assert.ok(await leaves.page.locator("#agree-email").isVisible(), "it can be given again");

  await agree(stays);
  await promote({ code: "frost", name: "First frost", reduction: "3.00 CAD", until: day(7) });
  await world.advance(3600);
  await hears(stays, second, { email: other, name: "First frost" });
  assert.deepEqual(await toldOf(one, "First frost"), [], "whoever left hears nothing");
  await leaves.done();
  await stays.done();
});
