// A plan that waits behind the one that runs, in each language: the order's page says from when, its owner gives it back before that
// day, is refunded, and is told so in writing.
import assert from "node:assert/strict";
import { after, before, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { launch } from "./browser.mjs";
import { BANK_CARDS, CONTACT, Guest, LANGUAGES } from "./guest.mjs";

const test = (name, body) => plainTest(name, { timeout: 240_000 }, body);

let browser;
let world;
before(async () => ([browser, world] = await Promise.all([launch(), startWorld()])));
after(async () => {
  await browser?.close();
  await world?.stop();
});

const GIVE_BACK = 'form[action$="/cancel-queued"]';
/** What the letter about it names as the reason. */
const REASON = { en: "before its first day", fr: "avant son premier jour", zh: "生效前" };

for (const language of Object.keys(LANGUAGES)) {
  test(`${language}: what has not begun is given back by its owner`, async () => {
    const guest = await Guest.arrive(world, browser, { language });
    const { page } = guest;
    const letters = async () => (await world.mailbox()).filter(({ to }) => to === CONTACT.email);
    // This card has days left: what is bought now waits.
    const order = await guest.order("416 555 0100", { plan: "maplewave-5gb" });
    await guest.payAndReturn(BANK_CARDS.visa);
    await order.reaches("delivered");
    await page.reload();
    assert.ok(await page.locator("main .truth.waiting").isVisible(), await guest.text());
    await page.locator(`details:has(${GIVE_BACK})`).evaluate((part) => (part.open = true));
    await page.check(`${GIVE_BACK} input[name="confirm"]`);
    await guest.press(`${GIVE_BACK} button`);
    await order.reaches("refunded");
    await page.reload();
    assert.equal(await page.locator(GIVE_BACK).count(), 0, "once is enough");
    await world.eventually("a letter that names the reason", async () =>
      (await letters()).some(({ body, subject }) => `${subject} ${body}`.includes(REASON[language])));
    await guest.done();
  });
}
