// The holder of a card: pays with a bank card whose bank asks, pays by PayPal and keeps it, renews with two taps, lets the
// card renew itself, and ends that. One story in each language, two of them without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { launch } from "./browser.mjs";
import { BANK_CARDS, Guest, LANGUAGES } from "./guest.mjs";

const DAY = 24 * 60 * 60;
/** A card of the demonstration with its PIN, and what the plan of the story costs on it, tax included. */
const CARD = { number: "+1 416 555 0100", pin: "1234", plan: "maplewave-5gb" };

/** JavaScript is nothing that any of this needs. */
const SCRIPT = { zh: false, en: true, fr: false };

/** What pages and letters say (crates/texts/languages), without their no-break spaces. */
const WORDS = {
  en: { price: "$28.25", byCard: /Credit card/, agreed: /Auto-renew is on/, announced: /renews itself on/, renewed: /^Renewed:/, ended: /Auto-renew is off/ },
  fr: { price: "28,25 $", byCard: /Carte de crédit/, agreed: /est activé/, announced: /se renouvelle/, renewed: /^Renouvelée/, ended: /est désactivé/ },
  zh: { price: "CA$28.25", byCard: /信用卡/, agreed: /自动续费已开启/, announced: /将于.*自动续费/, renewed: /^续费成功/, ended: /自动续费已关闭/ },
};

/** Months go by in each story. A browser that hangs fails the test, and the others go on. */
const test = (name, body) => plainTest(name, { timeout: 120_000 }, body);

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** From the card's page to the check page, where nothing is kept unasked. */
async function choose({ guest, card }) {
  await guest.open(`/cards/${card}`);
  await guest.press(`button.tile[value="${CARD.plan}"]`);
  assert.equal(await guest.page.isChecked('input[name="keep_method"]'), false, "nothing is kept unasked");
}

/** The order whose page is open is delivered and was charged once; how it was paid stands on its receipt. */
async function deliveredAndPaidWith({ guest }, how) {
  const order = await guest.orderShown();
  const final = await order.reaches("delivered");
  await guest.page.reload();
  await guest.saysMoney("charged");
  assert.equal(final.history.filter(({ state }) => state === "paid").length, 1, "paid once");
  await guest.press('main a[href$="/receipt"]');
  assert.match(await guest.text(), how, "how it was paid");
}

/** The bank asks, and only the answer takes the money. */
async function payWithChallenge(story) {
  const { guest } = story;
  await choose(story);
  const order = await guest.goToPay();
  await guest.pay(BANK_CARDS.challenge);
  assert.deepEqual(await order.read().then(({ state, money_moved }) => [state, money_moved]), ["awaiting_payment", false]);
  await guest.press('form:has(input[value="approve"]) button');
  await deliveredAndPaidWith(story, story.words.byCard);
}

/** Refused at PayPal, then approved, and kept because it was ticked. */
async function payByPayPalAndKeepIt(story) {
  const { guest } = story;
  await choose(story);
  await guest.page.check('input[name="keep_method"]');
  const order = await guest.goToPay();
  await guest.press('form:has(input[value="refuse"]) button');
  assert.equal((await order.read()).money_moved, false, "a refusal takes nothing");
  await guest.press('form:has(input[value="approve"]) button');
  await deliveredAndPaidWith(story, /PayPal/);
}

/** Another is kept without buying anything: a bank card. */
async function keepBankCard({ guest }) {
  await guest.open("/account/methods");
  await guest.press('button[name="provider"][value="sandbox"]');
  await guest.pay(BANK_CARDS.visa);
  assert.equal(await guest.page.locator('main [role="status"]').count(), 1, "what was saved is said");
  const saved = await guest.page.locator("main ul.list > li").allInnerTexts();
  assert.equal(saved.length, 2, saved.join());
  assert.match(saved[0], /PayPal/);
  assert.match(saved[1], /Visa[^]*4242[^]*12\/2039/);
}

/** From the first screen: renew, pay, and nothing else. What was saved first is chosen. */
async function renewWithTwoTaps(story) {
  const { guest } = story;
  await guest.open("/cards");
  const before = guest.taps;
  await guest.press('form.act button[name="plan"]');
  await guest.press("main .actions button.go");
  assert.equal(guest.taps - before, 2);
  assert.match(guest.page.url(), /\/orders\//, "there is no payment page in between");
  await deliveredAndPaidWith(story, /PayPal/);
}

/** Chosen, read, agreed to: nothing is ticked, and without the tick nothing is turned on. Then the card says what comes. */
async function turnOn({ guest, card, words }) {
  const { page } = guest;
  await guest.open(`/cards/${card}`);
  await guest.press('.auto a[href$="/auto-renew"]');
  await page.selectOption("#when", "before-0");
  assert.ok(await page.isChecked('input[name="pay_with"] >> nth=0'), "what was saved first is chosen");
  await page.check('label:has-text("4242") input[name="pay_with"]');
  await guest.press("main .actions button.go");
  assert.equal(await page.isChecked("#agree"), false, "nothing is ticked beforehand");
  await guest.press('button[name="step"][value="agree"]');
  assert.equal(await page.locator("#agree-error").count(), 1, "without the tick nothing is turned on");
  await guest.press('button[name="step"][value="form"]');
  assert.equal(await page.inputValue("#when"), "before-0", "what was entered stays");
  await guest.press("main .actions button.go");
  const [first, amount] = await page.locator("dl.next dd").allInnerTexts();
  await page.check("#agree");
  await guest.press('button[name="step"][value="agree"]');
  assert.match(page.url(), new RegExp(`/cards/${card}$`), await guest.text());
  assert.equal(await page.locator(".auto .next").innerText(), `${first}\n${amount}`, "the date and the amount agreed to are in sight");
  assert.equal(plain(amount), words.price);
  assert.match(await page.locator(".auto").innerText(), /Visa[^]*4242/);
}

const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");

/** Lets the days go by until it was announced and then charged; the next date is a later one. */
async function letItRenew({ guest, card, email, words }) {
  const { page, world } = guest;
  const next = () => page.locator(".auto .next").innerText();
  const before = await next();
  const count = async () => (await subjects(world, email)).filter((subject) => words.renewed.test(subject)).length;
  await world.eventually("letter for each of the three", async () => (await count()) >= 3);
  // Three months are paid for. Nothing is due before their last days.
  await world.advance(12 * 7 * DAY);
  await passDays(world, async () => (await subjects(world, email)).some((subject) => words.announced.test(subject)));
  assert.equal(await count(), 3, "what was paid by hand is told once, and nothing is charged unannounced");
  await passDays(world, async () => (await count()) > 3, 2_000);
  // Weeks have ended the session.
  await guest.open("/cards");
  if (page.url().includes("/sign-in")) await guest.signInByCode(email);
  await guest.open(`/cards/${card}`);
  assert.notEqual(await next(), before, "the next renewal is another one");
  assert.ok(plain(await next()).endsWith(words.price), await next());
}

/** Days, each with time for what is due on it, until something has come to pass. */
async function passDays(world, happened, patience_ms = 200) {
  for (let days = 0; days < 40; days += 1) {
    if (await world.eventually("it", happened, patience_ms).catch(() => false)) return;
    await world.advance(DAY);
  }
  assert.fail("40 days went by");
}

/** From the card's page: turn off, yes. */
async function turnOffWithTwoTaps({ guest, card }) {
  await guest.open(`/cards/${card}`);
  const before = guest.taps;
  await guest.press('.auto a[href$="/auto-renew/off"]');
  await guest.press("main form.actions button.go");
  assert.equal(guest.taps - before, 2);
  assert.match(guest.page.url(), new RegExp(`/cards/${card}$`));
  assert.equal(await guest.page.locator(".auto .next").count(), 0, "it is off");
}

/** The subjects of the letters to an address. */
async function subjects(world, email) {
  const letters = await world.mailbox();
  return letters.filter(({ medium, to }) => medium === "email" && to === email).map(({ subject }) => subject);
}

/** Waits for a letter. */
const told = ({ guest, email }, what) =>
  guest.world.eventually(`a letter ${what}`, async () => (await subjects(guest.world, email)).some((subject) => what.test(subject)));

describe("the holder of a card", { concurrency: 1 }, () => {
  for (const language of Object.keys(LANGUAGES)) {
    test(`${LANGUAGES[language]} ${SCRIPT[language] ? "with" : "without"} JavaScript`, async (context) => {
      const world = await startWorld();
      context.after(() => world.stop());
      const guest = await Guest.arrive(world, browser, { language, script: SCRIPT[language] });
      const email = `holder.${language}@example.org`;
      await guest.register(email);
      const story = { guest, email, words: WORDS[language], card: await guest.addByPin(CARD.number, CARD.pin, "Mom") };

      await payWithChallenge(story);
      await payByPayPalAndKeepIt(story);
      await keepBankCard(story);
      await renewWithTwoTaps(story);
      await turnOn(story);
      await told(story, story.words.agreed);
      await letItRenew(story);
      await turnOffWithTwoTaps(story);
      await told(story, story.words.ended);

      await guest.done();
      const doctor = await world.command("doctor", "--deep");
      assert.equal(doctor.code, 0, doctor.stdout + doctor.stderr);
    });
  }
});
