// A call at the desk, from the keyboard: the screen pops, the caller is verified, a plan is recommended, a link is sent, the
// caller pays on a phone of their own, and the desk turns green by itself. In each language, two of them without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { DeskAgent } from "./agent.mjs";
import { launch } from "./browser.mjs";
import { BANK_CARDS, Guest, LANGUAGES } from "./guest.mjs";

const CALLER = "+14165550100";
const PIN = "1234";
/** JavaScript is nothing that any of this needs. */
const SCRIPT = { zh: false, en: true, fr: false };
/** The desk promises a renewal within so many keys. */
const MOST_KEYS = 25;
const test = (name, body) => plainTest(name, { timeout: 120_000 }, body);

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** What must not be in sight before the caller is verified: the number in full, what is left, when it ends, a plan, a name. */
async function keepsPrivate(agent) {
  const markup = await agent.page.content();
  for (const secret of [/416[^<>"]{0,3}555[^<>"]{0,3}0100/, /class="buckets/, /class="days/, /maplewave-5gb/, /<svg class="life/]) {
    assert.doesNotMatch(markup, secret);
  }
}

/** From the screen that popped to the link that was sent. */
async function sellByLink(agent) {
  await agent.key("Enter", { leads: true });
  assert.match(agent.page.url(), /\/desk\/calls\/cal_/);
  await keepsPrivate(agent);
  await agent.type(PIN);
  await agent.key("Enter");
  await agent.page.waitForSelector("button.tile");
  assert.equal(await agent.page.locator("button.tile").count(), 3, "three plans");
  assert.equal(await agent.page.locator("button.tile .reason").count(), 1, "one is recommended, with its reason");
  await agent.key("Enter", { leads: true });
  const said = (await agent.page.innerText("blockquote")).replace(/[\u00a0\u202f]/g, " ");
  const total = (await agent.page.innerText(".rows .sum dd")).replace(/[^\d]/g, "");
  assert.ok(said.replace(/[^\d]/g, "").includes(total), `the price, ${total}, is in what is read out: ${said}`);
  await agent.key("Enter", { leads: true });
  assert.match(agent.page.url(), /\/orders\/ord_/);
}

/** The caller's own phone: the link came by text message. */
async function payOnThePhone(world, language) {
  const letter = await world.eventually("text message with the link", async () => {
    const letters = await world.mailbox();
    return letters.find(({ to, links }) => to === CALLER && links.some((link) => link.includes("/orders/")));
  });
  const link = letter.links.find((one) => one.includes("/orders/"));
  const phone = await Guest.arrive(world, browser, { language, script: false });
  await phone.page.goto(link);
  await phone.press('main a[href$="/pay"]');
  await phone.pay(BANK_CARDS.visa);
  await phone.close();
}

for (const language of Object.keys(LANGUAGES)) {
  describe(`a call at the desk, ${LANGUAGES[language]}`, () => {
    test("verified, advised, paid on the caller's phone, green by itself", async () => {
      const world = await startWorld();
      const agent = await DeskAgent.arrive(world, browser, { language, caller: CALLER, script: SCRIPT[language] });
      try {
        const began = Date.now();
        await sellByLink(agent);
        const seconds = (Date.now() - began) / 1000;
        assert.ok(agent.keys <= MOST_KEYS, `${agent.keys} keys`);
        process.stdout.write(`# ${LANGUAGES[language]}: ${agent.keys} keys, ${seconds.toFixed(1)} s until the link was sent\n`);
        assert.equal(await agent.page.locator(".truth.waiting b").count(), 1, "it waits for the payment");
        await payOnThePhone(world, language);
        // Nobody touches the desk: the page asks for itself again.
        await agent.page.waitForSelector(".truth.good", { timeout: 30_000 });
        assert.equal(await agent.page.locator("blockquote").count(), 1, "what to say to the caller");
        await world.eventually("confirmation to the caller", async () => {
          const letters = await world.mailbox();
          return letters.filter(({ to }) => to === CALLER).length >= 2;
        });
        assert.deepEqual(agent.complaints, []);
      } finally {
        await agent.close();
        await world.stop();
      }
    });
  });
}

/** How often two agents press at once; more often where more is asked for. */
const ROUNDS = process.env.FARLINE_FULL ? 30 : 12;

describe("two agents at two desks", () => {
  test(`press at the same time, ${ROUNDS} times: one renewal each time`, async () => {
    const world = await startWorld();
    const people = await Promise.all([
      DeskAgent.arrive(world, browser, { as: "agent", caller: CALLER }),
      DeskAgent.arrive(world, browser, { as: "owner", caller: CALLER }),
    ]);
    try {
      for (const agent of people) {
        await agent.key("Enter", { leads: true });
        await agent.type(PIN);
        await agent.key("Enter");
        await agent.page.waitForSelector("button.tile");
      }
      const calls = people.map((agent) => agent.page.url());
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [index, agent] of people.entries()) {
          await agent.page.goto(calls[index]);
          await agent.page.click("button.tile >> nth=0");
          await agent.page.waitForSelector('button[value="qr"]');
        }
        await Promise.all(people.map(({ page }) => Promise.all([page.waitForNavigation(), page.click('button[value="qr"]')])));
        const made = people.filter(({ page }) => /\/orders\/ord_/.test(page.url()));
        assert.equal(made.length, 1, people.map(({ page }) => page.url()).join(" "));
        const other = people.find((agent) => !made.includes(agent));
        assert.equal(await other.page.locator(".summary[role=alert]").count(), 1, "the other is told");
        await made[0].page.click('form[action$="/cancel"] button');
        await made[0].page.waitForURL(calls[people.indexOf(made[0])]);
      }
    } finally {
      for (const agent of people) await agent.close();
      await world.stop();
    }
  });
});

describe("money by hand", () => {
  /** A card whose caller is verified, and an order of theirs that waits for its payment. */
  async function waiting(agent, caller) {
    await agent.page.goto(agent.world.at(`/en/desk?caller=${encodeURIComponent(caller)}`));
    await agent.key("Enter", { leads: true });
    await agent.type(PIN);
    await agent.key("Enter");
    await agent.page.click("button.tile >> nth=0");
    await agent.page.click('button[value="qr"]');
    await agent.page.waitForURL(/\/orders\/ord_/);
  }

  const take = async ({ page }, method, reference) => {
    await page.check(`input[value="${method}"]`);
    await page.fill("#reference", reference);
    await page.click('form[action$="/by-hand"] button');
    await page.waitForLoadState();
  };

  test("a transfer delivers at once, its reference pays one order, and the owner finds it in the morning", async () => {
    const world = await startWorld();
    const agent = await DeskAgent.arrive(world, browser, { script: false });
    const owner = await DeskAgent.arrive(world, browser, { as: "owner", script: false });
    try {
      await waiting(agent, CALLER);
      await take(agent, "interac", "CA 77x-9");
      await agent.page.waitForSelector(".truth.good");
      await waiting(agent, "+14165550101");
      await take(agent, "interac", "ca77X9");
      assert.equal(await agent.page.locator(".summary[role=alert]").count(), 1, "said once more, with what is wrong");
      assert.equal(await agent.page.inputValue("#reference"), "ca77X9", "what was typed stays");
      assert.equal(await agent.page.locator(".truth.waiting").count(), 1, "nothing was booked");
      await take(agent, "cash", "");
      await agent.page.waitForSelector(".truth.good");
      await owner.page.goto(world.at("/en/desk/today"));
      const today = await owner.text();
      assert.match(today, /CA77X9/);
      assert.match(today, /Cash/);
      assert.deepEqual([...agent.complaints, ...owner.complaints], []);
    } finally {
      for (const one of [agent, owner]) await one.close();
      await world.stop();
    }
  });
});
