// A person who keeps a way to pay, renews with two taps, and lets the card renew itself: in each language, without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { launch } from "./browser.mjs";
import { BANK_CARDS, Guest, LANGUAGES } from "./guest.mjs";

const PIN = "1234";
const DAY = 24 * 60 * 60;
/** A card of the demonstration. */
const CARD = "+1 416 555 0100";

/** What the letters are called (crates/texts/languages). */
const SUBJECTS = {
  en: { agreed: /Auto-renew is on/, announced: /renews itself on/, renewed: /^Renewed:/, ended: /Auto-renew is off/ },
  fr: { agreed: /est activé/, announced: /se renouvelle/, renewed: /^Renouvelée/, ended: /est désactivé/ },
  zh: { agreed: /自动续费已开启/, announced: /将于.*自动续费/, renewed: /^续费成功/, ended: /自动续费已关闭/ },
};

/** A browser that hangs fails the test, and the others go on. */
const test = (name, body) => plainTest(name, { timeout: 120_000 }, body);

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** From the card's page to the check page. */
async function choose(guest, card) {
  await guest.open(`/cards/${card}`);
  await guest.press('button.tile[value="maplewave-5gb"]');
  await guest.page.waitForURL("**/check/*");
}

/** Waits until the order whose page is open is delivered. */
async function delivered(guest) {
  await guest.page.waitForURL("**/orders/*");
  await guest.world.eventually("delivery", async () => {
    await guest.page.reload();
    return (await guest.page.locator('main a[href$="/receipt.pdf"]').count()) > 0;
  });
}

/** Lets days go by, each with time for what is due on it, until something has come to pass. */
async function passDays(world, happened, patience_ms = 200) {
  for (let days = 0; days < 130; days += 1) {
    if (await world.eventually("it", happened, patience_ms).catch(() => false)) return;
    await world.advance(DAY);
  }
  assert.fail("130 days went by");
}

/** Signs in again with a code, after weeks in which the session has ended. */
async function comeBack(guest, email) {
  await guest.open("/cards");
  if (!guest.page.url().includes("/sign-in")) return;
  await guest.page.fill("#who", email);
  await guest.press('button[name="way"][value="code"]');
  const code = await guest.world.eventually("a fresh code", async () => {
    const [letter] = (await letters(guest.world, email)).filter(({ body }) => /#\d{6}\b/.test(body));
    return letter?.body.match(/#(\d{6})\b/)[1];
  });
  await guest.page.fill("#code", code);
  await guest.press("main .actions button.go");
}

/** The letters to an address, newest first. */
const letters = async (world, email) => (await world.mailbox()).filter(({ medium, to }) => medium === "email" && to === email);

/** Through the form: the last day, a saved method, the words; nothing is ticked, and without the tick nothing is turned on. */
async function turnOn(guest, card) {
  const { page } = guest;
  await guest.open(`/cards/${card}/auto-renew`);
  await page.selectOption("#when", "before-0");
  assert.ok(await page.isChecked('input[name="pay_with"] >> nth=0'), "the saved method is chosen");
  await guest.press("main .actions button.go");
  assert.equal(await page.isChecked("#agree"), false, "nothing is ticked beforehand");
  await guest.press('button[name="step"][value="agree"]');
  assert.equal(await page.locator("#agree-error").count(), 1, "without the tick nothing is turned on");
  await guest.press('button[name="step"][value="form"]');
  assert.equal(await page.inputValue("#when"), "before-0", "what was entered stays");
  await guest.press("main .actions button.go");
  await page.check("#agree");
  await guest.press('button[name="step"][value="agree"]');
  assert.match(page.url(), new RegExp(`/cards/${card}$`), await guest.text());
}

describe("a card that renews itself", { concurrency: 1 }, () => {
  for (const language of Object.keys(LANGUAGES)) {
    test(`in ${language}: kept while paying, renewed with two taps, turned on, charged, told, turned off`, async (context) => {
      // Months go by in each: none of them is another's.
      const world = await startWorld();
      context.after(() => world.stop());
      const guest = await Guest.arrive(world, browser, { language, script: false });
      const { page } = guest;
      const email = `holder.${language}@example.org`;
      await guest.register(email);
      const card = await guest.addByPin(CARD, PIN, "Mom");

      await choose(guest, card);
      assert.equal(await page.isChecked('input[name="keep_method"]'), false, "nothing is kept unasked");
      await page.check('input[name="keep_method"]');
      await guest.press("main .actions button.go");
      await page.waitForURL("**/sandbox/pay/*");
      await guest.payAndReturn(BANK_CARDS.visa);
      await delivered(guest);
      await guest.open("/account/methods");
      assert.match(await guest.text(), /Visa[^]*4242/);

      await guest.open("/cards");
      await guest.press('form.act button[name="plan"]');
      await guest.press("main .actions button.go");
      assert.match(page.url(), /\/orders\//, "two taps, and no payment page");
      await delivered(guest);

      await turnOn(guest, card);
      const amount = await page.locator(".auto .next b").innerText();
      assert.match(amount, /\d/);
      const subjects = async () => (await letters(world, email)).map(({ subject }) => subject);
      const { agreed, announced, renewed, ended } = SUBJECTS[language];
      await world.eventually("consent in writing", async () => (await subjects()).some((subject) => agreed.test(subject)));
      const count = async () => (await subjects()).filter((subject) => renewed.test(subject)).length;
      const first = await count();
      await passDays(world, async () => (await subjects()).some((subject) => announced.test(subject)));
      await passDays(world, async () => (await count()) > first, 2_000);
      await comeBack(guest, email);
      await guest.open(`/cards/${card}`);
      assert.match(await page.locator(".auto .next").innerText(), /\d/, "the next date and amount are in sight");

      await guest.open(`/cards/${card}`);
      await guest.press('.auto a[href$="/auto-renew/off"]');
      await guest.press("main form.actions button.go");
      assert.equal(await page.locator(".auto .next").count(), 0, "it is off");
      await world.eventually("the end in writing", async () => (await subjects()).some((subject) => ended.test(subject)));
      await guest.done();
    });
  }
});
