// Every page that a guest can reach, in each language, light on a phone and dark on a desk, error states included: axe
// finds nothing, nothing scrolls sideways at 320 px, targets are large enough, the keyboard gets everywhere, links lead
// somewhere. And the first page is small, and a renewal can be done without a mouse.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, describe, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { axeFaults, axeLooks } from "./axe.mjs";
import { DESKTOP, launch, PHONE } from "./browser.mjs";
import { BANK_CARDS, CONTACT, Guest, LANGUAGES, Order, orderByHttp, payByHttp } from "./guest.mjs";
import { firstPageFaults, narrowFaults, targetFaults } from "./instruments.mjs";
import { keyboardFaults } from "./keyboard.mjs";

/** A browser that hangs fails the test, and the others go on. */
const test = (name, body) => plainTest(name, { timeout: 480_000 }, body);

const FIRST = "416 555 0100";
const QUEBEC = "514 555 0100";
const SLOW = "902 555 0180";
const UNKNOWN = "416 555 0186";

let browser;
let world;
/** Orders that stand in one state each; filled before the walk. */
const orders = {};
/** Somebody with two cards, a helper who was asked, orders and saved methods: the session, and what the addresses of its pages need. */
const account = { email: "holder@example.org", helper: "helper@example.org" };
/** Each address that asks for a code is another, as codes are counted by address. */
let newcomers = 0;
const newcomer = () => `newcomer.${++newcomers}@example.org`;

before(async () => {
  [browser, world] = await Promise.all([launch(), startWorld()]);
  // What needs time comes first: the clock goes forward once for all of them.
  orders.expired = await orderByHttp(world, FIRST);
  orders.person = await payByHttp(await orderByHttp(world, "902 555 0186"));
  await orders.person.reaches("unknown");
  orders.owed = await payByHttp(await orderByHttp(world, "416 555 0182"), BANK_CARDS.refundFails);
  await orders.owed.reaches("refunding");
  for (let hours = 0; hours <= 25; hours++) await world.advance(60 * 60);
  await orders.expired.reaches("expired");
  await world.eventually("order for a person", async () => (await world.command("orders", "list", "--needs-person")).stdout.includes("2 "));

  orders.awaiting = await orderByHttp(world, FIRST);
  orders.delivered = await payByHttp(await orderByHttp(world, FIRST));
  await orders.delivered.reaches("delivered");
  orders.reported = await payByHttp(await orderByHttp(world, "902 555 0101"));
  await orders.reported.reaches("delivered");
  await fetch(`${orders.reported.address}/wrong-number`, { method: "POST", body: new URLSearchParams({ confirm: "yes" }) });
  orders.refunded = await payByHttp(await orderByHttp(world, "902 555 0181"));
  await orders.refunded.reaches("refunded");
  orders.given = await payByHttp(await orderByHttp(world, "416 555 0102", "maplewave-5gb"));
  await orders.given.reaches("delivered");
  await fetch(`${orders.given.address}/cancel-queued`, { method: "POST", body: new URLSearchParams({ confirm: "yes" }) });
  await orders.given.reaches("refunded");
  orders.queued = await payByHttp(await orderByHttp(world, "416 555 0102", "maplewave-5gb"));
  await orders.queued.reaches("delivered");
  orders.cancelled = await orderByHttp(world, FIRST);
  await fetch(`${orders.cancelled.address}/cancel`, { method: "POST", body: new URLSearchParams() });
  await orders.cancelled.reaches("cancelled");
  // Two are placed before either is paid: the second payment is held.
  [orders.unknown, orders.held] = [await orderByHttp(world, UNKNOWN), await orderByHttp(world, UNKNOWN)];
  await payByHttp(orders.unknown);
  await orders.unknown.reaches("unknown");
  await payByHttp(orders.held);
  await prepareAccount();
});
after(async () => {
  await browser?.close();
  await world?.stop();
});

/** Registers once; each walk is then let in by the same session. */
async function prepareAccount() {
  const guest = await Guest.arrive(world, browser);
  await guest.register(account.email);
  account.card = await guest.addByPin("+1 416 555 0100", "1234", "Mom");
  account.renewing = await guest.addByPin("+1 416 555 0101", "1234", "Grandfather in Shenyang");
  await guest.open(`/cards/${account.card}/helpers`);
  await guest.page.fill("#name", "Lan");
  await guest.page.fill("#contact", account.helper);
  await guest.press("main .actions button.go");
  await renewOnce(guest);
  await guest.page.check('input[name="keep_method"]');
  const order = await guest.agree();
  await guest.payAndReturn(BANK_CARDS.visa);
  await order.reaches("delivered");
  await prepareMethods(guest);
  await letItRenew(guest);
  const asked = async () => (await world.mailbox()).filter(({ to }) => to === account.helper).flatMap(({ links, body }) => [...links, body]);
  account.approve = await world.eventually("letter to the helper", async () => (await asked()).join(" ").match(/\/approve\/([^\s"]+)/)?.[1]);
  account.session = await guest.page.context().cookies();
  await guest.done();
}

/** The check page of a card that was never renewed, with a promotion's code. */
async function withCode(guest, code) {
  await guest.choose("416 555 0105");
  await guest.page.locator("details:has(#promotion)").evaluate((part) => (part.open = true));
  await guest.page.fill("#promotion", code);
  await guest.press('button[form="promotion-form"]');
}

/** What was bought at the demonstration's shop, for this card. */
async function sayBought(guest, number) {
  await guest.open("/redeem");
  await guest.page.fill("#bought", "DEMN-STRN-CDEA-5555");
  await guest.page.fill("#number", number);
  await guest.press("main form button.go");
}

/** From the card's page to the check page. */
async function renewOnce(guest) {
  await guest.open(`/cards/${account.card}`);
  await guest.press("button.tile >> nth=0");
  await guest.page.waitForURL("**/check/*");
}

/** On the provider's page, where a method is kept and nothing is bought. */
async function saveAnother(guest) {
  await guest.open("/account/methods");
  await guest.press('button[name="provider"]');
}

/** More to pay with: PayPal, and a bank card whose bank asks each time; an order paid with the first, and one that waits. */
async function prepareMethods(guest) {
  await saveAnother(guest);
  await guest.press('form:has(input[value="approve"]) button');
  await saveAnother(guest);
  await guest.pay(BANK_CARDS.challenge);
  await guest.press('form:has(input[value="approve"]) button');
  for (const [name, ending, state] of [["kept", "4242", "delivered"], ["asked", "3184", "awaiting_payment"]]) {
    await renewOnce(guest);
    await guest.page.check(`label:has-text("${ending}") input`);
    await guest.press("main .actions button.go");
    orders[name] = await guest.orderShown();
    await orders[name].reaches(state);
  }
}

/** Agrees that the other card renews itself. */
async function letItRenew(guest) {
  await agreement(guest);
  await guest.page.check("#agree");
  await guest.press('button[name="step"][value="agree"]');
}

/** What is agreed to, before it is. */
async function agreement(guest, card = account.renewing) {
  await guest.open(`/cards/${card}/auto-renew`);
  await guest.press("main .actions button.go");
}

const at = (path) => async (guest) => guest.page.goto(world.at(`/${guest.language}${path}`));
const ofOrder = (name, rest = "") => async (guest) =>
  guest.page.goto(orders[name].address.replace(/\/(en|fr|zh)\/orders/, `/${guest.language}/orders`) + rest);
/** Each page: how a guest gets there. Whoever adds a page adds a row. */
const GUEST_PAGES = {
  home: at(""),
  "home with an error": (guest) => guest.lookUp("41655"),
  "home with an unknown number": (guest) => guest.lookUp("613 555 0199"),
  renew: (guest) => guest.lookUp(FIRST),
  "renew for a need": async (guest) => {
    await guest.lookUp(FIRST);
    await guest.press('nav.chips a[href$="?need=keep"]');
  },
  "renew, a network of others": (guest) => guest.lookUp(SLOW),
  check: (guest) => guest.choose(FIRST),
  "check with a promotion": (guest) => withCode(guest, "first10"),
  "check with a code that is wrong": (guest) => withCode(guest, "nobody-knows-it"),
  "check with errors": async (guest) => {
    await guest.choose("902 555 0101");
    await guest.press("main .actions button.go");
  },
  "check in Quebec": (guest) => guest.choose(QUEBEC),
  "check in Quebec with errors": async (guest) => {
    await guest.choose(QUEBEC);
    await guest.page.fill("#email", CONTACT.email);
    // In French no choice is asked, and the phone is wrong instead.
    await guest.page.fill("#phone", guest.language === "fr" ? "12" : "");
    await guest.press("main .actions button.go");
  },
  "payment page": async (guest) => {
    await guest.order("902 555 0101");
  },
  "payment page, declined": async (guest) => {
    await guest.order("902 555 0101");
    await guest.pay(BANK_CARDS.declined);
  },
  "payment page, not understood": async (guest) => {
    await guest.order("902 555 0101");
    await guest.pay("12");
  },
  "payment page, the bank asks": async (guest) => {
    await guest.order("902 555 0101");
    await guest.pay(BANK_CARDS.challenge);
  },
  "order, activating": async (guest) => {
    await guest.order(SLOW);
    await guest.payAndReturn(BANK_CARDS.visa);
  },
  ...Object.fromEntries(
    ["awaiting", "delivered", "queued", "given", "reported", "unknown", "held", "person", "refunded", "owed", "cancelled", "expired"].map((name) => [`order, ${name}`, ofOrder(name)]),
  ),
  "order, everything opened": async (guest) => {
    await ofOrder("queued")(guest);
    await guest.page.locator("details").evaluateAll((all) => all.forEach((part) => (part.open = true)));
  },
  receipt: ofOrder("delivered", "/receipt"),
  proof: ofOrder("unknown", "/proof"),
  about: at("/about"),
  promotions: at("/promotions"),
  compare: at("/compare"),
  "compare, a need that nothing covers": at("/compare?gb=5000&days=3"),
  "compare, what is wrong": at("/compare?gb=plenty"),
  terms: at("/terms"),
  privacy: at("/privacy"),
  complaints: at("/complaints"),
  redeem: at("/redeem"),
  "redeem with an error": (guest) => sayBought(guest, "12"),
  "redeem, before it is confirmed": (guest) => sayBought(guest, FIRST),
  sellers: at("/sellers"),
  "nothing here": at("/nothing/here"),
  "a link that is wrong": at("/renew/lin_nothing.here"),
  "a way out that is wrong": at("/unsubscribe/acc_nothing.here"),
  mailbox: async (guest) => guest.page.goto(world.at(`/mailbox?lang=${guest.language}`)),
};

/** The way into an account, and out of it: rows as above. */
const DOOR_PAGES = {
  "sign in": at("/sign-in"),
  "sign in with an error": async (guest) => {
    await guest.open("/sign-in");
    await guest.page.fill("#who", newcomer());
    await guest.page.fill("#password", "wrong horse battery staple");
    await guest.press("main .actions button.go");
  },
  "sign in by a code": async (guest) => {
    await guest.open("/sign-in");
    await guest.page.fill("#who", newcomer());
    await guest.press('main .actions button[value="code"]');
  },
  register: at("/register"),
  "register with an error": async (guest) => {
    await guest.open("/register");
    await guest.page.fill("#who", "nobody");
    await guest.press("main .actions button.go");
  },
  verify: (guest) => guest.askToRegister(newcomer()),
  "verify with an error": async (guest) => {
    const email = newcomer();
    await guest.askToRegister(email);
    const code = await guest.codeFor(email);
    await guest.page.fill("#code", code === "000000" ? "000001" : "000000");
    await guest.press("main .actions button.go");
  },
  "asked to help": (guest) => guest.open(`/approve/${account.approve}`),
  deleted: at("/deleted?kept=2033-12-31"),
};

const ofCard = (rest = "") => (guest) => guest.open(`/cards/${account.card}${rest}`);
const opened = (open) => async (guest) => {
  await open(guest);
  await guest.page.locator("details").evaluateAll((all) => all.forEach((part) => (part.open = true)));
};
const QUIET_CARD = "416 555 0104";

/** Pages behind a sign-in: rows as above, whose guest is signed in. */
const ACCOUNT_PAGES = {
  cards: at("/cards"),
  card: ofCard(),
  "card, everything opened": opened(ofCard()),
  "card usage": ofCard("/usage"),
  "card usage of ninety days, as a table": opened(ofCard("/usage?days=90")),
  "card history": ofCard("/history"),
  reminders: ofCard("/reminders"),
  "keeping the number": ofCard("/keep"),
  "keeping the service": ofCard("/keep?goal=service"),
  "keeping the number, until a wrong day": ofCard("/keep?until=2020-01-01"),
  helpers: ofCard("/helpers"),
  "helpers with an error": async (guest) => {
    await ofCard("/helpers")(guest);
    await guest.page.fill("#name", "Wei");
    await guest.page.fill("#contact", "nobody");
    await guest.press("main .actions button.go");
  },
  "add a card": at("/cards/add"),
  "add a card, with an error": (guest) => guest.askToAdd("41655", { proof: "pin" }),
  "add a card, its PIN": (guest) => guest.askToAdd(QUIET_CARD, { proof: "pin" }),
  "add a card, its PUK": (guest) => guest.askToAdd(QUIET_CARD, { proof: "puk" }),
  "add a card, its PUK with an error": async (guest) => {
    await guest.askToAdd(QUIET_CARD, { proof: "puk" });
    await guest.page.fill("#iccid", "89");
    await guest.page.fill("#puk", "12");
    await guest.press("main .actions button.go");
  },
  "add a card, its holder is asked": (guest) => guest.askToAdd(QUIET_CARD, { proof: "holder" }),
  "check with saved methods": renewOnce,
  "check with saved methods, and an error": async (guest) => {
    await renewOnce(guest);
    await guest.page.fill("#email", "");
    await guest.page.fill("#phone", "12");
    await guest.press("main .actions button.go");
  },
  "order paid with a saved method": ofOrder("kept"),
  "order whose bank asks for a saved method": ofOrder("asked"),
  orders: at("/orders"),
  "saved methods": at("/account/methods"),
  "saved methods, none was added": async (guest) => {
    await saveAnother(guest);
    await guest.press("main a.back");
  },
  "saved methods, removing one": async (guest) => {
    await guest.open("/account/methods");
    await guest.press('main a[href$="/remove"] >> nth=0');
  },
  "saving a method": saveAnother,
  "card that renews itself": (guest) => guest.open(`/cards/${account.renewing}`),
  "auto-renew": ofCard("/auto-renew"),
  "auto-renew with errors": async (guest) => {
    await ofCard("/auto-renew")(guest);
    await guest.page.fill("#cap_charge", "plenty");
    await guest.page.fill("#cap_month", "1");
    await guest.press("main .actions button.go");
  },
  "auto-renew, above what is allowed": async (guest) => {
    await ofCard("/auto-renew")(guest);
    await guest.page.fill("#cap_charge", "1");
    await guest.press("main .actions button.go");
  },
  "auto-renew, what is agreed to": (guest) => agreement(guest, account.card),
  "auto-renew, not agreed to": async (guest) => {
    await agreement(guest, account.card);
    await guest.press('button[name="step"][value="agree"]');
  },
  "auto-renew, changing it": (guest) => guest.open(`/cards/${account.renewing}/auto-renew`),
  "auto-renew, turning it off": (guest) => guest.open(`/cards/${account.renewing}/auto-renew/off`),
  account: at("/account"),
  "account, everything opened": opened(at("/account")),
  "account with an error": async (guest) => {
    await guest.open("/account");
    await guest.page.fill("#contact", "nobody");
    await guest.press('form:has(#contact) button');
  },
  "account, promotions not agreed to": async (guest) => {
    await guest.open("/account");
    await guest.press('form:has(#agree-email) button[value="give"]');
  },
};

const PAGES = { ...GUEST_PAGES, ...DOOR_PAGES, ...ACCOUNT_PAGES };

describe("every page", { concurrency: 1 }, () => {
  const links = new Map();

  for (const [turn, language] of Object.keys(LANGUAGES).entries()) {
    test(`${LANGUAGES[language]}, light on a phone and dark on a desk`, async () => {
      const guest = await Guest.arrive(world, browser, { language });
      // The same fault on many pages is told once, with the pages.
      const faults = {};
      for (const [place, [name, open]] of Object.entries(PAGES).entries()) {
        // The markup and the keyboard's way are the same in each language, and long to look at: they take turns.
        const walks = place % Object.keys(LANGUAGES).length === turn;
        if (name in ACCOUNT_PAGES) await guest.page.context().addCookies(account.session);
        const found = await open(guest).then(() => looked(guest, walks), (problem) => [`cannot be opened: ${problem.message}`]);
        await paid(guest.page);
        for (const fault of new Set(found)) (faults[fault] ??= []).push(name);
        for (const href of await guest.page.locator('a[href]:not([href^="#"])').evaluateAll((all) => all.map(({ href }) => href))) {
          if (href.startsWith(world.base)) links.set(href.replace(/#.*$/, ""), name);
        }
      }
      assert.deepEqual(faults, {});
      await guest.done();
    });
  }

  /** What guests leave unpaid counts, and after five a sign-in comes first: here everything is paid in the end. */
  async function paid(page) {
    const [checkout] = new URL(page.url()).pathname.match(/^\/sandbox\/pay\/[^/]+/) ?? [];
    if (checkout) await payByHttp({ payUrl: world.at(checkout) });
  }

  /** Each page is opened once: first as it is on a phone, then the same page in the dark on a desk. */
  async function looked({ page, language }, walks) {
    const faults = [];
    // The payment page is the provider's own.
    if (!new URL(page.url()).pathname.startsWith("/sandbox/")) faults.push(...(await unlinked(page, language)));
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

  /** What the foot of a page has to lead to, whoever looks at it and whatever went wrong. */
  async function unlinked(page, language) {
    const feet = await page.locator("footer a[href]").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    return ["about", "terms", "complaints", "privacy"].map((end) => `/${language}/${end}`).filter((href) => !feet.includes(href)).map((href) => `its foot does not lead to ${href}`);
  }

  for (const language of Object.keys(LANGUAGES)) {
    test(`what a contract needs stands on the check page and on the receipt: ${LANGUAGES[language]}`, async () => {
      const guest = await Guest.arrive(world, browser, { language });
      const faults = [];
      for (const [name, open] of [["check", GUEST_PAGES.check], ["receipt", GUEST_PAGES.receipt], ["proof", GUEST_PAGES.proof]]) {
        await open(guest);
        const told = (await guest.page.locator("main").innerText()).replace(/\s+/g, " ");
        // Merchant with address and phone, registrations, currency, the tax by itself, and the refund terms of the terms page.
        for (const part of ["Farline Demonstration Inc.", "M5V 0A0", "1-800-555-0142", "123456789RT0001", "CAD", "13"]) {
          if (!told.includes(part)) faults.push(`${name}: no ${part}`);
        }
        const refunds = { en: "refunded in full", fr: "remboursé en entier", zh: "全额退款" }[language];
        if (!told.includes(refunds)) faults.push(`${name}: no refund terms`);
        for (const end of ["about", "terms", "complaints", "privacy"]) {
          if ((await guest.page.locator(`main a[href="/${language}/${end}"]`).count()) === 0) faults.push(`${name}: no link to ${end}`);
        }
      }
      assert.deepEqual(faults, []);
      await guest.done();
    });
  }

  for (const scheme of ["light", "dark"]) {
    test(`the code of a receipt is dark on light: ${scheme}`, async () => {
      const guest = await Guest.arrive(world, browser, { scheme });
      await ofOrder("delivered", "/receipt")(guest);
      const [code, ground] = await guest.page.locator("svg.qr path").first().evaluate((path) => {
        // What lies under the code: the nearest box with a colour of its own.
        let box = path.closest("svg");
        while (/, 0\)$|transparent/.test(getComputedStyle(box).backgroundColor)) box = box.parentElement;
        const lightness = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
        return [getComputedStyle(path).fill, getComputedStyle(box).backgroundColor].map(lightness);
      });
      assert.ok(ground - code > 150, `the code has lightness ${Math.round(code)} on ${Math.round(ground)}`);
      await guest.done();
    });
  }

  /** The header by which a request is the account's. */
  const cookie = () => ({ cookie: account.session.map(({ name, value }) => `${name}=${value}`).join("; ") });

  test("every link leads to a page", async () => {
    const faults = [];
    // One of a kind is enough: what differs in the tokens alone is the same page.
    const kinds = new Map([...links].map(([href, name]) => [href.replace(/(lin_|quo_|ord_|cs_|cards\/add\/)[^/?]+/g, "$1"), { href, name }]));
    for (const { href, name } of kinds.values()) {
      const { status } = await fetch(href, { redirect: "follow", headers: name in ACCOUNT_PAGES ? cookie() : {} });
      if (status !== 200 && !/nothing|wrong/.test(name)) faults.push(`${name}: ${href.replace(world.base, "")} answers ${status}`);
    }
    assert.ok(kinds.size > 20, `only ${kinds.size} links were seen`);
    assert.deepEqual(faults, []);
  });

  test("pages are as small as their last line says: 10 kB", async () => {
    const sizes = {};
    for (const language of Object.keys(LANGUAGES)) {
      for (const name of Object.keys(orders)) sizes[`order, ${name} ${language}`] = await weight(orders[name].address.replace("/en/", `/${language}/`));
      for (const rest of ["receipt", "proof"]) sizes[`${rest} ${language}`] = await weight(`${orders.delivered.address.replace("/en/", `/${language}/`)}/${rest}`);
      for (const path of ["", "/about", "/terms", "/privacy", "/complaints"]) sizes[`${language}${path}`] = await weight(world.at(`/${language}${path}`));
      const cards = [account.card, account.renewing].flatMap((card) => ["", "/usage", "/usage?days=90", "/auto-renew", "/auto-renew/off"].map((rest) => `/cards/${card}${rest}`));
      for (const path of ["/cards", "/orders", "/account", "/account/methods", ...cards]) sizes[`${language}${path}`] = await weight(world.at(`/${language}${path}`), cookie());
    }
    assert.deepEqual(Object.entries(sizes).filter(([, bytes]) => bytes > 10_000), []);
  });

  /** Octets of the body as a browser asks for it. */
  const weight = (address, more = {}) =>
    new Promise((done, fail) => {
      request(address, { headers: { "accept-encoding": "gzip, deflate, br, zstd", ...more } }, (response) => {
        let bytes = 0;
        response.on("data", (part) => (bytes += part.length)).on("end", () => done(bytes)).on("error", fail);
      }).on("error", fail).end();
    });
});

describe("the first page", () => {
  for (const path of ["/", "/zh", "/en", "/fr"]) {
    test(`${path} is one request of at most 14,000 bytes`, async () =>
      assert.deepEqual(await firstPageFaults(browser, world.at(path)), []));
  }
});

describe("without a mouse", () => {
  for (const [language, script] of [["zh", false], ["fr", true], ["en", false]]) {
    test(`a renewal in ${LANGUAGES[language]} ${script ? "with" : "without"} JavaScript`, async () => {
      const guest = await Guest.arrive(world, browser, { language, script, viewport: script ? PHONE : DESKTOP });
      const { page } = guest;
      const { keyboard } = page;
      const tabTo = async (selector) => {
        for (let press = 0; press < 60; press++) {
          if (await page.locator(selector).first().evaluate((element) => element === document.activeElement)) return;
          await keyboard.press("Tab");
        }
        assert.fail(`60 times Tab does not reach ${selector} on ${page.url()}`);
      };
      const enter = async (pattern) => {
        await keyboard.press("Enter");
        await page.waitForURL(pattern);
      };

      await page.goto(world.at(`/${language}`));
      await tabTo("a.skip");
      await keyboard.press("Enter");
      await keyboard.press("Tab");
      assert.ok(await page.locator("main :focus").count(), "the skip link leads into the content");
      await tabTo("#number");
      await keyboard.type("12");
      await keyboard.press("Enter");
      await page.waitForSelector(".summary:focus");
      await tabTo(".summary a");
      await keyboard.press("Enter");
      await tabTo("#number");
      await keyboard.press("Control+A");
      await keyboard.type("416 555 0104");
      await enter("**/renew/*");
      await tabTo('nav.chips a[href$="?need=data"]');
      await enter("**?need=data");
      await tabTo("button.tile");
      await enter("**/check/*");
      await tabTo("#email");
      await keyboard.type(CONTACT.email);
      await tabTo("main .actions button.go");
      await enter("**/sandbox/pay/*");
      await tabTo("#cc-number");
      await keyboard.type(BANK_CARDS.visa);
      await tabTo("#cc-exp");
      await keyboard.type("12/39");
      await tabTo("#cc-csc");
      await keyboard.type("123");
      await enter("**/orders/*");
      const order = new Order(world, page.url());
      await order.reaches("delivered");
      await page.reload();
      await tabTo('details:has(form[action$="/wrong-number"]) summary');
      await keyboard.press("Enter");
      await tabTo('form[action$="/wrong-number"] button');
      await keyboard.press("Enter");
      await order.reaches("refunded");
      await guest.done();
    });
  }
});
