// Keeping a number until a date, in each language: the cheapest dates on the card's page, the same in a calendar file, and on
// to an auto-renew where it can be agreed to.
import assert from "node:assert/strict";
import { after, before, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { launch } from "./browser.mjs";
import { Guest, LANGUAGES } from "./guest.mjs";

const test = (name, body) => plainTest(name, { timeout: 240_000 }, body);

let browser;
let world;
before(async () => ([browser, world] = await Promise.all([launch(), startWorld()])));
after(async () => {
  await browser?.close();
  await world?.stop();
});

/** A calendar file as its reader has it: one object for each event. Says what is wrong with its lines on the way. */
function events(file) {
  assert.ok(file.endsWith("\r\n") && !file.replaceAll("\r\n", "").includes("\n"), "every line ends with CR and LF");
  for (const line of file.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, `a line is too long: ${line}`);
  const plain = (value) => value.replace(/\\([\\;,nN])/g, (_, sign) => (/n/i.test(sign) ? "\n" : sign));
  const all = [];
  const inside = [];
  for (const line of file.replaceAll("\r\n ", "").split("\r\n").filter(Boolean)) {
    const [, name, value] = line.match(/^([A-Z-]+)(?:;[^:]*)?:(.*)$/) ?? assert.fail(`no line of a calendar: ${line}`);
    if (name === "BEGIN") inside.push(value);
    else if (name === "END") assert.equal(inside.pop(), value);
    else if (inside.at(-1) === "VEVENT") all.at(-1)[name] = plain(value);
    else if (inside.at(-1) === "VALARM") all.at(-1).alarm = { ...all.at(-1).alarm, [name]: value };
    if (name === "BEGIN" && value === "VEVENT") all.push({});
  }
  assert.deepEqual(inside, []);
  return all;
}

/** Each of them has a card of their own. */
const CARDS = { zh: "+1 416 555 0100", en: "+1 416 555 0101", fr: "+1 514 555 0100" };
const until = () => new Date(Date.now() + 500 * 86_400_000).toISOString().slice(0, 10);

for (const language of Object.keys(LANGUAGES)) {
  test(`${language}: a number is kept, with the dates for a calendar`, async () => {
    const guest = await Guest.arrive(world, browser, { language });
    const { page } = guest;
    await guest.register(`keeper.${language}@example.org`);
    const card = await guest.addByPin(CARDS[language], "1234", "Mom; her card, 1");
    await guest.press(`main nav a[href$="/${card}/keep"]`);
    await page.fill("#until", until());
    await guest.press("main form button.go");
    const steps = await page.locator("main ol.list > li").allInnerTexts();
    assert.ok(steps.length >= 1, await guest.text());
    assert.ok((await page.locator('section[aria-labelledby="lost-title"] p').count()) === 3, "what is lost, and when");
    assert.equal(await page.locator('main a[href*="/auto-renew?"]').count(), 0, "what lets the service end first cannot be agreed to");

    const address = new URL(await page.locator('main a[href*="keep.ics"]').getAttribute("href"), page.url()).href;
    const answer = await page.request.get(address);
    assert.match(answer.headers()["content-type"], /^text\/calendar; *charset=utf-8$/i);
    const first = events(await answer.text());
    assert.equal(first.length, steps.length, "one event for each renewal");
    for (const event of first) {
      assert.match(event.DTSTART, /^\d{8}$/);
      assert.ok(event.SUMMARY.includes("Mom; her card, 1"), event.SUMMARY);
      assert.equal(event.alarm.TRIGGER, "-P2DT14H");
    }
    const again = events(await (await page.request.get(address)).text());
    assert.deepEqual(again.map(({ UID }) => UID), first.map(({ UID }) => UID), "taken in twice, nothing is there twice");

    await page.check('input[name="goal"][value="service"]');
    await guest.press("main form button.go");
    assert.ok((await page.locator("main ol.list > li").count()) >= steps.length, "the service costs no fewer renewals");
    await guest.press('main a[href*="/auto-renew?"]');
    const wanted = new URL(page.url()).searchParams;
    assert.equal(await page.inputValue("#when"), wanted.get("when"));
    assert.ok(await page.isChecked(`input[name="plan"][value="${wanted.get("plan")}"]`));
    await guest.done();
  });
}
