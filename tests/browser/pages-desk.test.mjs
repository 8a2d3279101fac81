// Every page of the desk, in each language, light on a phone and dark on a desk: axe finds nothing, nothing scrolls
// sideways at 320 px, targets are large enough, the keyboard gets everywhere. And a card is found without a mouse, with
// JavaScript off, and nothing private of it is on the page.
import assert from "node:assert/strict";
import { after, before, describe, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { axeFaults, axeLooks } from "./axe.mjs";
import { DESKTOP, launch, PHONE } from "./browser.mjs";
import { Guest, LANGUAGES } from "./guest.mjs";
import { narrowFaults, targetFaults } from "./instruments.mjs";
import { keyboardFaults } from "./keyboard.mjs";

/** A browser that hangs fails the test, and the others go on. */
const test = (name, body) => plainTest(name, { timeout: 480_000 }, body);

let browser;
let world;

before(async () => {
  [browser, world] = await Promise.all([launch(), startWorld()]);
});
after(async () => {
  await browser?.close();
  await world?.stop();
});

/** Somebody at the desk, signed in as the demonstration lets them. */
async function agent(options, as = "agent") {
  const guest = await Guest.arrive(world, browser, options);
  await guest.open("/desk/sign-in");
  await guest.press(`button[value="${as}"]`);
  return guest;
}

const at = (path) => (guest) => guest.open(path);

/** A card of each language's own: a caller who was verified stays so while the call goes on. */
const CARDS = { zh: "%2B14165550100", en: "%2B14165550101", fr: "%2B14165550102" };

/** Takes a call about a card. */
async function call(guest) {
  await guest.open(`/desk?caller=${CARDS[guest.language]}`);
  await guest.press("form.found button");
}

/** The same, and something is said that does not fit. */
async function refused(guest) {
  await call(guest);
  await guest.page.fill("#pin", "0000");
  await guest.press("form:has(#pin) button");
}

/** A code is on its way to the card. */
async function code(guest) {
  await call(guest);
  await guest.press('button[name="target"]');
}

/** The card of a verified caller, and from there on. */
async function card(guest) {
  await call(guest);
  if ((await guest.page.locator("#pin").count()) === 0) return;
  await guest.page.fill("#pin", "1234");
  await guest.press("form:has(#pin) button");
}

async function note(guest, text) {
  await card(guest);
  await guest.page.fill("#note", text);
  await guest.page.fill("#due", "2030-01-02T09:30");
  await guest.press("form:has(#note) button");
}

async function check(guest) {
  await card(guest);
  await guest.press("button.tile");
}

/** An order that waits. Its page asks for itself every few seconds: here it has to stay while it is looked at. */
async function sale(guest) {
  await guest.page.route(/\/desk\/calls\/[^/]+\/orders\/[^/]+$/, async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 });
    const { refresh: _, ...headers } = answer.headers();
    await route.fulfill({ response: answer, headers });
  });
  await check(guest);
  await guest.page.check("#another");
  await guest.press('button[value="qr"]');
}

/** Nobody calls, and somebody wants to see the card. */
async function look(guest) {
  await guest.open(`/desk?caller=${CARDS[guest.language]}`);
  await guest.press('.found a[href*="/desk/cards/"]');
}

/** The same, with the reason. */
async function seen(guest, reason) {
  await look(guest);
  await guest.page.fill("#reason", reason);
  await guest.press("form:has(#reason) button");
}

/** A partner with a price of its own, a key and a payment: one for each language. */
async function partner(guest) {
  const code = `harbour-${guest.language}`;
  const story = [
    ["add", code, "--name", "Harbour Travel 港口旅行社", "--province", "ON", "--discount", "8"],
    ["change", code, "--price", "maplewave-5gb=20.00"],
    ["key", code, "--label", "till"],
    ["pay-in", code, "500.00", "--reference", "C1A2B3C4", "--paid-by", "bank_transfer", "--reason", "top-up of November"],
  ];
  for (const words of story) {
    const done = await world.command("partners", ...words);
    assert.equal(done.code, 0, done.stdout + done.stderr);
  }
  await guest.open(`/desk/partners/${code}`);
}

/** Pages of somebody who is signed in: a name, and how it is opened. */
const DESK_PAGES = {
  desk: at("/desk"),
  "my sign-in": at("/desk/me"),
  "desk, one card": at("/desk?q=4165550100"),
  "desk, several cards": at("/desk?q=0101"),
  "desk, more than are shown": at("/desk?q=%2B1416"),
  "desk, a name": at("/desk?q=%E7%8E%8B"),
  "desk, nothing found": at("/desk?q=9999"),
  "desk, too little": at("/desk?q=1"),
  "desk, a caller": at("/desk?caller=%2B14165550100"),
  "desk, a stranger calls": at("/desk?caller=%2B14165559999"),
  "call, who is it": call,
  "call, not who they say": refused,
  "call, a code": code,
  "call, the card": card,
  "call, a follow-up": (guest) => note(guest, "call back"),
  "call, a bank card in a note": (guest) => note(guest, "4242 4242 4242 4242"),
  "call, read out": check,
  "call, an order that waits": sale,
  "call, the card with an open order": card,
  "follow-ups": at("/desk/follow-ups"),
  "orders that wait": at("/desk/orders"),
  today: at("/desk/today"),
  plans: at("/desk/plans"),
  promotions: at("/desk/promotions"),
  partners: at("/desk/partners"),
  "a partner": partner,
  "a plan": at("/desk/plans/maplewave-5gb"),
  "a plan at another price": at("/desk/plans/maplewave-5gb?price=41.50&from=2099-01-01"),
  "a price that is none": at("/desk/plans/maplewave-5gb?price=forty&from=2099-01-01"),
  supervision: at("/desk/supervise"),
  "supervision, no such days": at("/desk/supervise?from=2026-12-01&until=2026-11-01"),
  "a card without a call, why": look,
  "a card without a call, a bank card in the reason": (guest) => seen(guest, "4242 4242 4242 4242"),
  "a card without a call": (guest) => seen(guest, "a complaint"),
  team: at("/desk/team"),
  audit: at("/desk/audit"),
  "my sign-in, too late to change it": async (guest) => {
    await world.advance(11 * 60);
    await guest.open("/desk/me");
  },
};

describe("every page of the desk", { concurrency: 1 }, () => {
  for (const [turn, language] of Object.keys(LANGUAGES).entries()) {
    test(`${LANGUAGES[language]}, light on a phone and dark on a desk`, async () => {
      // How much a member looks up in twenty minutes is limited.
      await world.advance(21 * 60);
      const guest = await agent({ language }, "owner");
      // The same fault on many pages is told once, with the pages.
      const faults = {};
      for (const [place, [name, open]] of Object.entries(DESK_PAGES).entries()) {
        const walks = place % Object.keys(LANGUAGES).length === turn;
        const found = await open(guest).then(() => looked(guest.page, language, walks), (problem) => [`cannot be opened: ${problem.message}`]);
        for (const fault of new Set(found)) (faults[fault] ??= []).push(name);
      }
      assert.deepEqual(faults, {});
      await guest.done();
    });
  }

  /** First as it is on a phone, then the same page in the dark on a desk. */
  async function looked(page, language, walks) {
    const faults = [];
    if ((await page.getAttribute("html", "lang")) !== LANGUAGES[language]) faults.push("is in another language");
    faults.push(...(await (walks ? axeFaults : axeLooks)(page)), ...(await narrowFaults(page)), ...(await targetFaults(page)));
    if (walks) faults.push(...(await keyboardFaults(page)));
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize(DESKTOP);
    faults.push(...(await axeLooks(page)).map((fault) => `dark: ${fault}`));
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(PHONE);
    return faults;
  }
});

describe("finding a card", { concurrency: 1 }, () => {
  for (const script of [true, false]) {
    test(`by keys alone, JavaScript ${script ? "on" : "off"}`, async () => {
      const guest = await agent({ script });
      await guest.open("/desk");
      // The field has the focus: typing and Enter are enough.
      await guest.page.waitForSelector("#q:focus");
      await guest.page.keyboard.type("4165550100");
      await Promise.all([guest.page.waitForURL("**/desk?*"), guest.page.keyboard.press("Enter")]);
      const focused = await guest.page.locator("button:focus").getAttribute("aria-label");
      assert.match(focused, /Take the call \+1 416/, "the one card waits for the Enter key");
      const html = await guest.page.locator("section").innerHTML();
      assert.ok(!/4165550100|555 0100/.test(html.replace(/value="[^"]*"/g, "").replace(/<p class="small soft">.*?<\/p>/s, "")), "the number is masked");
      await guest.done();
    });
  }
});
