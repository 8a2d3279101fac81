// The demonstration's clock goes forward from a card's page: a day, and to the card's expiry, and the page shows what time does.
import assert from "node:assert/strict";
import { after, before, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { launch } from "./browser.mjs";
import { Guest } from "./guest.mjs";

const test = (name, body) => plainTest(name, { timeout: 240_000 }, body);

let browser;
let world;
before(async () => ([browser, world] = await Promise.all([launch(), startWorld()])));
after(async () => {
  await browser?.close();
  await world?.stop();
});

test("a card is brought to its expiry", async () => {
  const guest = await Guest.arrive(world, browser, { language: "en" });
  const { page } = guest;
  await guest.register("clock@example.org");
  const card = await guest.addByPin("+1 416 555 0100", "1234", "Mom");
  await guest.open(`/cards/${card}`);
  const forward = async (which) => {
    await page.locator('details:has(form[action="/sandbox/clock/jump"])').evaluate((part) => (part.open = true));
    await guest.press(`form[action="/sandbox/clock/jump"] button >> nth=${which}`);
    assert.ok(page.url().endsWith(`/cards/${card}`), "back on the card's page");
  };
  const daysLeft = async () => Number((await page.locator("main").innerText()).match(/(\d+)\s+days? left/)[1]);
  const before = await daysLeft();
  assert.doesNotMatch(await page.locator("main").innerText(), /Grace period/);
  await forward(0);
  assert.equal(await daysLeft(), before - 1, "a day less is left");
  await forward(2);
  assert.match(await page.locator("main").innerText(), /Grace period/);
  assert.equal(await page.locator('form[action="/sandbox/clock/jump"] button').count(), 2, "its expiry is behind it");
  await guest.done();
});
