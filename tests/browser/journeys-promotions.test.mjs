// Promotions and the comparison of channels, in each language: what is given stands on its page, a code lowers the price or says
// why it does not, a bonus is in the balance; every offer of every channel for a need, the best named, and the same as a table.
import assert from "node:assert/strict";
import { after, before, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { DeskAgent } from "./agent.mjs";
import { launch } from "./browser.mjs";
import { BANK_CARDS, Guest, LANGUAGES } from "./guest.mjs";

const test = (name, body) => plainTest(name, { timeout: 240_000 }, body);

let browser;
let world;
before(async () => ([browser, world] = await Promise.all([launch(), startWorld()])));
after(async () => {
  await browser?.close();
  await world?.stop();
});

/** The total on the check page, in cents. */
const total = async (page) => Number((await page.locator("dl.rows .sum dd, dl.rows div:last-child dd").last().innerText()).replace(/\D/g, ""));

/** Types a code where the price is, and takes it. */
async function useCode(guest, code) {
  await guest.page.locator("details:has(#promotion)").evaluate((part) => (part.open = true));
  await guest.page.fill("#promotion", code);
  await guest.press('button[form="promotion-form"]');
}

/** Each renews a card of their own, never renewed before. */
const CARDS = { zh: "+1 416 555 0105", en: "+1 416 555 0106", fr: "+1 416 555 0107" };

for (const language of Object.keys(LANGUAGES)) {
  test(`${language}: a code lowers the price, or says why it does not`, async () => {
    const guest = await Guest.arrive(world, browser, { language });
    const { page } = guest;
    await guest.open("/promotions");
    const shown = await page.locator("main").innerText();
    for (const code of ["first10", "talk"]) assert.ok(shown.includes(code), shown);
    assert.ok(!shown.includes("tamarack5"), "what is not public is not shown");
    await guest.choose(CARDS[language], { plan: "maplewave-5gb" });
    const before = await total(page);
    await useCode(guest, "nobody-knows-it");
    assert.ok(await page.locator("#promotion-error").isVisible(), await guest.text());
    assert.equal(await total(page), before, "the price stays what it was");
    await useCode(guest, "tamarack5");
    assert.ok(await page.locator("#promotion-error").isVisible(), "it is for another operator");
    await useCode(guest, " First10 ");
    assert.equal(await page.locator("#promotion-error").count(), 0, await guest.text());
    const less = await total(page);
    assert.ok(Math.abs(less - before * 0.9) <= 2, `${less} of ${before}`);
    assert.equal(await page.inputValue("#promotion"), "first10");
    await useCode(guest, "");
    assert.equal(await total(page), before, "emptied, it is out again");
    await useCode(guest, "talk");
    assert.equal(await total(page), before, "a bonus costs nothing");
    const order = await guest.agree();
    await guest.payAndReturn(BANK_CARDS.visa);
    await order.reaches("delivered");
    // The card was renewed: its first renewal is over.
    await guest.choose(CARDS[language], { plan: "maplewave-5gb" });
    await useCode(guest, "first10");
    assert.ok(await page.locator("#promotion-error").isVisible(), "only the first renewal has it");
    await guest.done();
  });

  test(`${language}: every channel's price for a need, and the best by name`, async () => {
    const guest = await Guest.arrive(world, browser, { language });
    const { page } = guest;
    await guest.open("/compare");
    await page.fill("#gb", "9");
    await page.fill("#days", "30");
    await guest.press("main form button.go");
    const offers = page.locator("main ol.list > li");
    assert.ok((await offers.count()) > 10, "our own and others'");
    assert.ok(await page.locator("main .truth.good").isVisible(), await guest.text());
    const best = await page.locator('main li[aria-current="true"] .line b').first().innerText();
    assert.ok((await page.locator("main .truth.good h2").innerText()).includes(best));
    const text = await page.locator("main").evaluate((main) => {
      for (const part of main.querySelectorAll("details")) part.open = true;
      return main.innerText;
    });
    for (const part of ["Northstar Travel SIM", "Corner Phone Cards", "Bank of Canada", "1.3925", "JPY"]) assert.ok(text.includes(part), part);
    await page.selectOption("#sort", "per_gb");
    await guest.press("main form button.go");
    const address = new URL(await page.locator('main a[href*="compare.csv"]').getAttribute("href"), page.url()).href;
    const answer = await page.request.get(address);
    assert.match(answer.headers()["content-type"], /^text\/csv/);
    const rows = (await answer.text()).trim().split("\r\n");
    assert.equal(rows.length - 1, await offers.count(), "a row for each offer");
    assert.ok(!rows.some((row) => /(^|,)[=+@]/.test(row)), "no cell is a formula");
    await page.selectOption("#operator", "maplewave");
    await guest.press("main form button.go");
    assert.ok(!(await page.locator("main ol.list").first().innerText()).includes("Tamarack"), "only what fits the card");
    await guest.done();
  });
}

test("the desk makes a promotion, sees what is left of it, and ends it", async () => {
  const desk = await DeskAgent.arrive(world, browser, { as: "owner" });
  const { page } = desk;
  await page.goto(world.at("/en/desk/promotions"));
  const typed = { code: "lunar", name_en: "Lunar New Year", name_fr: "Nouvel An lunaire", name_zh: "春节优惠", reduction: "5.00 CAD", from: "2025-01-01", until: "2099-12-31", limit: "1" };
  for (const [field, text] of Object.entries(typed)) await page.fill(`#${field}`, text);
  await page.fill("#reduction", "five");
  await page.click('form[action$="/desk/promotions"] button.go');
  assert.ok(await page.locator("#reduction-error").isVisible(), "what is wrong stands beside the field");
  assert.equal(await page.inputValue("#name_zh"), "春节优惠", "and what was typed is kept");
  await page.fill("#reduction", "5.00 CAD");
  await page.click('form[action$="/desk/promotions"] button.go');
  await page.waitForURL(/done=created/);

  const guest = await Guest.arrive(world, browser, { language: "en" });
  await guest.choose("416 555 0108", { plan: "maplewave-5gb" });
  await useCode(guest, "LUNAR");
  assert.equal(await total(guest.page), 2260, await guest.text());
  await guest.agree();
  await page.goto(world.at("/en/desk/promotions"));
  const row = page.locator("main ol.list > li", { hasText: "Lunar New Year" });
  assert.match(await row.innerText(), /0 used, 1 held, 0 left of 1/);
  await guest.choose("416 555 0109", { plan: "maplewave-5gb" });
  await useCode(guest, "lunar");
  assert.ok(await guest.page.locator("#promotion-error").isVisible(), "the one place is held");

  await row.locator("details").evaluate((part) => (part.open = true));
  await row.locator('input[name="reason"]').fill("sold out");
  await row.locator("form button").click();
  await page.waitForURL(/done=stopped/);
  await useCode(guest, "lunar");
  assert.match(await guest.page.locator("#promotion-error").innerText(), /over/, "given no more");
  await guest.done();
  assert.deepEqual(desk.complaints, []);
  await desk.close();
});
