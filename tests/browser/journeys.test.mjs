// Whole journeys in a real browser: each language with and without JavaScript, and each outcome of the sandbox provider
// and of the simulated supplier once. Nothing waits for real time: the sandbox clock moves.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { launch } from "./browser.mjs";
import { BANK_CARDS, CONTACT, Guest, LANGUAGES, toPayer } from "./guest.mjs";

const FIRST = "416 555 0100";
const OWN = "+1 416 555 0101";

/** A browser that hangs fails the test, and the others go on. */
const test = (name, body) => plainTest(name, { timeout: 60_000 }, body);

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A world for a group of journeys; at its end the checker of the invariants finds nothing, and no message came again. */
function inOneWorld() {
  const here = { orders: [] };
  before(async () => (here.world = await startWorld()));
  after(() => here.world?.stop());
  here.guest = (options) => Guest.arrive(here.world, browser, options);
  here.keep = (order) => {
    here.orders.push(order);
    return order;
  };
  here.atTheEnd = () =>
    test("at the end: no message twice, and every invariant holds", async () => {
      await here.world.advance(2 * 60 * 60);
      assert.ok(here.orders.length > 0);
      for (const order of here.orders.filter(({ expected }) => expected !== undefined)) {
        assert.equal((await order.messages()).join(", "), order.expected, `the messages about ${order.id}, two hours later`);
      }
      const doctor = await here.world.command("doctor", "--deep");
      assert.equal(doctor.code, 0, doctor.stdout + doctor.stderr);
      assert.match(doctor.stdout, /every invariant holds/);
    });
  return here;
}

/** Everything that came over the wire for an address, as the page's own visitor would get it. */
async function fetched(guest, selector) {
  const address = await guest.page.locator(selector).first().getAttribute("href");
  const answer = await fetch(new URL(address, guest.page.url()));
  return { status: answer.status, type: answer.headers.get("content-type"), bytes: Buffer.from(await answer.arrayBuffer()) };
}

describe("each language, with and without JavaScript", { concurrency: 1 }, () => {
  const here = inOneWorld();
  const journeys = Object.keys(LANGUAGES).flatMap((language) => [true, false].map((script) => ({ language, script })));
  const cards = [BANK_CARDS.visa, BANK_CARDS.visaDebit, BANK_CARDS.mastercard, BANK_CARDS.mastercardDebit, BANK_CARDS.visa, BANK_CARDS.visa];

  for (const [index, { language, script }] of journeys.entries()) {
    test(`${LANGUAGES[language]} ${script ? "with" : "without"} JavaScript`, async () => {
      const guest = await here.guest({ language, script });
      const html = guest.page.locator("html");

      await guest.choose(FIRST, { need: "data" });
      assert.equal(await html.getAttribute("lang"), LANGUAGES[language]);
      assert.match(await guest.text(), /\+1 416 555 0100/, "whoever typed the number sees it to check it");

      const order = here.keep(await guest.agree());
      assert.equal(await html.getAttribute("lang"), LANGUAGES[language], "the payment page keeps the language");
      assert.equal((await order.read()).money_moved, false);

      await guest.payAndReturn(cards[index]);
      const final = await order.reaches("delivered");
      await guest.page.reload();
      assert.deepEqual(final.history.map(({ state }) => state), ["awaiting_payment", "paid", "delivering", "delivered"]);
      assert.equal(final.money_moved, true);
      await guest.saysMoney("charged");
      assert.match(await guest.text(), new RegExp(final.reference));

      const pdf = await fetched(guest, 'main a[href$="/receipt.pdf"]');
      await guest.press('main a[href$="/receipt"]');
      const receipt = await guest.text();
      assert.ok(receipt.includes(final.receipt.number) && receipt.includes(final.reference), receipt);
      assert.equal(pdf.status, 200);
      assert.equal(pdf.type, "application/pdf");
      assert.equal(pdf.bytes.subarray(0, 4).toString(), "%PDF");
      assert.deepEqual((await fetched(guest, 'main a[href$="/receipt.pdf"]')).bytes, pdf.bytes, "the receipt is made once");
      await signedByUs(here.world, pdf.bytes);

      const expected = language === "en" ? toPayer("delivered") : [`e-mail ${LANGUAGES[language]}`, `text ${LANGUAGES[language]}`];
      await order.isToldOnly(...expected, "line en-CA");
      await guest.done();
    });
  }

  async function signedByUs(world, bytes) {
    const folder = await mkdtemp(join(tmpdir(), "farline-receipt-"));
    const file = join(folder, "receipt.pdf");
    await writeFile(file, bytes);
    const verdict = await world.command("receipt", "verify", file);
    await rm(folder, { recursive: true });
    assert.equal(verdict.code, 0, verdict.stdout + verdict.stderr);
  }

  here.atTheEnd();
});

describe("what the payer may meet", { concurrency: 1 }, () => {
  const here = inOneWorld();

  /** A paid order that is delivered, in the browser and behind it. */
  async function isDelivered(guest, order, { told = toPayer("delivered"), line = "line zh-CN" } = {}) {
    const final = await order.reaches("delivered");
    await guest.page.goto(order.address);
    await guest.saysMoney("charged");
    assert.equal(final.money_moved, true);
    await order.isToldOnly(...told, line);
    return final;
  }

  /** An order whose money came back. */
  async function isRefunded(guest, order, amount, told, more = []) {
    const final = await order.reaches("refunded");
    await guest.page.goto(order.address);
    await guest.saysMoney("returned", amount);
    await order.isToldOnly(...toPayer(...told), ...more);
    return final;
  }

  test("a number that is wrong: the summary has the keyboard, what was typed is kept", async () => {
    for (const [language, script] of [["en", true], ["en", false], ["fr", false], ["zh", true]]) {
      const guest = await here.guest({ language, script });
      for (const typed of ["41655", "4165550100000000", "not a number", "8919980000000002004", "613 555 0199"]) {
        await guest.lookUp(typed);
        assert.equal(await guest.page.inputValue("#number"), typed, "what was typed is kept");
        assert.equal(await guest.page.getAttribute("#number", "aria-invalid"), "true");
        assert.ok(await guest.page.locator(".summary:focus").count(), `the summary has no focus after ${typed}`);
        await guest.saysMoney("no");
        const link = guest.page.locator(".summary a");
        assert.equal(await link.getAttribute("href"), "#number");
        await guest.page.keyboard.press("Tab");
        await guest.page.keyboard.press("Enter");
        assert.ok(await guest.page.locator("#number:focus").count(), "the summary's link leads to the field");
      }
      await guest.done();
    }
  });

  test("bad contacts on the check page: named, focused, kept, and nothing ordered", async () => {
    const guest = await here.guest({ script: false });
    await guest.choose(OWN);
    for (const [email, phone, field] of [["", "", "email"], ["nobody", "416 555 0123", "email"], ["guest@example.org", "12", "phone"]]) {
      await guest.page.locator("form:has(#email)").evaluate((form) => (form.noValidate = true));
      await guest.page.fill("#email", email);
      await guest.page.fill("#phone", phone);
      await guest.press("main .actions button.go");
      assert.ok(await guest.page.locator(".summary:focus").count(), "the summary has the keyboard");
      assert.equal(await guest.page.locator(".summary a").getAttribute("href"), `#${field}`);
      assert.equal(await guest.page.getAttribute(`#${field}`, "aria-invalid"), "true");
      assert.deepEqual([await guest.page.inputValue("#email"), await guest.page.inputValue("#phone")], [email, phone]);
      await guest.saysMoney("no");
    }
    const order = here.keep(await guest.agree());
    await guest.payAndReturn(BANK_CARDS.visa);
    await isDelivered(guest, order);
    await guest.done();
  });

  test("every decline leaves the order waiting, then another bank card pays it", async () => {
    const guest = await here.guest();
    const order = here.keep(await guest.order(OWN));
    for (const decline of ["declined", "insufficientFunds", "expired", "wrongCode", "processingError"]) {
      await guest.pay(BANK_CARDS[decline]);
      assert.ok(await guest.page.locator(".alert").count(), `${decline} is told on the payment page`);
      const state = await order.read();
      assert.deepEqual([state.state, state.money_moved], ["awaiting_payment", false], decline);
    }
    await guest.press("main a.back >> nth=0");
    await guest.saysMoney("no");
    assert.deepEqual(await order.messages(), []);
    await guest.press("main .actions a.go");
    await guest.payAndReturn(BANK_CARDS.visa);
    await isDelivered(guest, order);
    await guest.done();
  });

  test("not enough money, and the payer gives up: the order ends by itself and nothing was charged", async () => {
    const guest = await here.guest();
    const order = here.keep(await guest.order(OWN));
    await guest.pay(BANK_CARDS.insufficientFunds);
    await here.world.advance(24 * 60 * 60);
    assert.equal((await order.reaches("expired")).money_moved, false);
    await guest.page.goto(order.address);
    await guest.saysMoney("no");
    await order.isToldOnly();
    await guest.done();
  });

  test("the bank asks, and the payer refuses, leaves, then cancels", async () => {
    const guest = await here.guest();
    const order = here.keep(await guest.order(OWN));
    await guest.pay(BANK_CARDS.challenge);
    await guest.press('form:has(input[value="refuse"]) button');
    assert.ok(await guest.page.locator(".alert").count(), "the refusal is told");
    await guest.pay(BANK_CARDS.challenge);
    await guest.press('a[href*="another=1"]');
    assert.equal((await order.read()).state, "awaiting_payment");
    await guest.press("main a.back >> nth=0");
    await guest.saysMoney("no");
    await guest.press('form[action$="/cancel"] button');
    await guest.saysMoney("no");
    assert.equal((await order.read()).state, "cancelled");
    await order.isToldOnly();
    await guest.done();
  });

  test("cancelled before paying: the payment page takes nothing any more", async () => {
    const guest = await here.guest({ language: "fr", script: false });
    const order = here.keep(await guest.order(OWN));
    const payment = guest.page.url();
    await guest.press("main a.back >> nth=0");
    await guest.press('form[action$="/cancel"] button');
    await guest.saysMoney("no");
    assert.equal((await order.read()).state, "cancelled");
    await guest.page.goto(payment);
    await guest.pay(BANK_CARDS.visa);
    assert.deepEqual(await order.read().then(({ state, money_moved }) => [state, money_moved]), ["cancelled", false]);
    await order.isToldOnly();
    await guest.done();
  });

  for (const [card, seconds] of [["webhookLate", 31], ["webhookTwice", 5], ["webhookNever", 10 * 60]]) {
    test(`${card}: delivered once, told once`, async () => {
      const guest = await here.guest();
      const order = here.keep(await guest.order(OWN));
      await guest.payAndReturn(BANK_CARDS[card]);
      await here.world.advance(seconds);
      const final = await isDelivered(guest, order);
      assert.equal(final.history.filter(({ state }) => state === "delivered").length, 1);
      await guest.done();
    });
  }

  test("no webhook and the payer never comes back: found by asking", async () => {
    const guest = await here.guest();
    const order = here.keep(await guest.order(OWN));
    // The way back to the shop breaks off: the provider has the money, and nobody else knows.
    await guest.page.route("**/orders/**", (route) => route.abort());
    await guest.pay(BANK_CARDS.webhookNever).catch(() => null);
    await guest.page.unroute("**/orders/**");
    await here.world.advance(10 * 60);
    const { reference } = await here.world.eventually("message", async () => {
      const letters = (await here.world.mailbox()).filter(({ body }) => body.includes(order.token));
      return letters.length > 0 && order.read();
    });
    assert.ok(reference);
    await isDelivered(guest, order);
    await guest.done();
  });

  test("another amount was captured: nothing is delivered, all of it goes back", async () => {
    const guest = await here.guest();
    const order = here.keep(await guest.order(OWN, { plan: "maplewave-12gb" }));
    await guest.payAndReturn(BANK_CARDS.amountAltered);
    const final = await isRefunded(guest, order, "$38.55", ["refunding", "refunded"]);
    assert.ok(!final.history.some(({ state }) => state === "delivering"));
    assert.equal(final.receipt, undefined);
    await guest.done();
  });

  test("captured after the cancellation: all of it goes back", async () => {
    const guest = await here.guest();
    const order = here.keep(await guest.order(OWN, { plan: "maplewave-12gb" }));
    const other = await here.guest();
    await other.page.goto(order.address);
    await other.press('form[action$="/cancel"] button');
    await other.saysMoney("no");
    await guest.payAndReturn(BANK_CARDS.afterCancellation);
    const final = await isRefunded(guest, order, "$39.55", ["refunding", "refunded"]);
    assert.ok(final.history.some(({ state }) => state === "cancelled"));
    await other.done();
    await guest.done();
  });

  test("the wrong number, on our own network and unused: taken back at once", async () => {
    const guest = await here.guest();
    const order = here.keep(await guest.order(OWN, { plan: "maplewave-12gb" }));
    await guest.payAndReturn(BANK_CARDS.visa);
    await isDelivered(guest, order);
    await guest.page.click('details:has(form[action$="/wrong-number"]) summary');
    await guest.press('form[action$="/wrong-number"] button');
    const final = await isRefunded(guest, order, "$39.55", ["delivered", "refunding", "refunded"], ["line zh-CN"]);
    assert.ok(final.history.some(({ state }) => state === "reversed"));
    await guest.done();
  });

  test("a refund that fails later: owed, named and in the queue", async () => {
    const guest = await here.guest();
    const order = here.keep(await guest.order(OWN, { plan: "maplewave-12gb" }));
    await guest.payAndReturn(BANK_CARDS.refundFails);
    await isDelivered(guest, order);
    await guest.page.click('details:has(form[action$="/wrong-number"]) summary');
    await guest.press('form[action$="/wrong-number"] button');
    await order.reaches("refunding");
    await here.world.advance(10 * 60);
    await order.isToldOnly(...toPayer("delivered", "refunding", "refund failed"), "line zh-CN");
    const { state, reference } = await order.read();
    assert.equal(state, "refunding");
    const queue = await here.world.command("orders", "list", "--needs-person");
    assert.match(queue.stdout, new RegExp(reference), "a person is to see to it");
    await guest.page.goto(order.address);
    const text = await guest.text();
    assert.doesNotMatch(text, /is on its way back to you|Your refund is on its way|was refunded/, "the page must not call a failed refund under way");
    assert.match(text, /\$39\.55/, "what is owed is named");
    await guest.done();
  });

  test("Quebec in English: the French terms come first", async () => {
    const guest = await here.guest({ script: false });
    await guest.choose("514 555 0100");
    const terms = guest.page.locator('[lang="fr-CA"]:has(summary)');
    assert.ok(await terms.locator("p").first().isVisible(), "the French terms stand open");
    assert.match(await guest.text(), /GST.*\n?.*QST|QST/);
    await guest.page.fill("#email", CONTACT.email);
    await guest.press("main .actions button.go");
    assert.ok(await guest.page.locator(".summary:focus").count(), "without a choice nothing is ordered");
    assert.equal(await guest.page.locator(".summary a").getAttribute("href"), "#terms_language");
    assert.equal(await guest.page.inputValue("#email"), CONTACT.email);
    await guest.page.check("#terms_language");
    const order = here.keep(await guest.agree());
    await guest.payAndReturn(BANK_CARDS.visaDebit);
    await isDelivered(guest, order, { line: "line fr-CA" });
    await guest.done();
  });

  test("Quebec in French: no choice is asked", async () => {
    const guest = await here.guest({ language: "fr" });
    await guest.choose("514 555 0100");
    assert.equal(await guest.page.locator("#terms_language").count(), 0);
    await guest.done();
  });

  test("a price that has expired: said so, nothing ordered, and the way back", async () => {
    const guest = await here.guest();
    await guest.choose(OWN);
    await here.world.advance(15 * 60 + 1);
    await guest.page.fill("#email", CONTACT.email);
    const answer = await guest.press("main .actions button.go");
    assert.ok(answer.status() >= 400 && answer.status() < 500, `status ${answer.status()}`);
    await guest.saysMoney("no");
    await guest.press("main .actions a.go");
    assert.ok(await guest.page.locator("#number, button.tile").count(), "one can start again");
    await guest.done();
  });

  test("the province decides the tax, and can be changed", async () => {
    const guest = await here.guest({ script: false });
    await guest.choose(OWN, { plan: "maplewave-12gb" });
    assert.match(await guest.text(), /HST 13%[^]*\$39\.55/);
    await guest.page.selectOption("#province", "AB");
    await guest.press("button[form=province-form]");
    assert.match(await guest.text(), /GST 5%[^]*\$36\.75/);
    await guest.done();
  });

  here.atTheEnd();
});

describe("what the network may answer", { concurrency: 1 }, () => {
  const here = inOneWorld();

  /** Pays for a card of the network whose supplier is simulated; its outcome follows the last two digits. */
  async function paid(ending, options) {
    const guest = await here.guest(options);
    const order = here.keep(await guest.order(`902 555 01${ending}`));
    await guest.payAndReturn(BANK_CARDS.visa);
    return { guest, order };
  }

  const stages = ({ history }) => history.map(({ state }) => state).join(" ");

  async function settled({ guest, order }, state, money, told, line = []) {
    const final = await order.reaches(state);
    await guest.page.goto(order.address);
    await guest.saysMoney(money);
    await order.isToldOnly(...toPayer(...told), ...line);
    await guest.done();
    return final;
  }

  test("delivered at once, and a wrong number goes to a person", async () => {
    const { guest, order } = await paid("01");
    await order.reaches("delivered");
    await guest.page.goto(order.address);
    await guest.page.click('details:has(form[action$="/wrong-number"]) summary');
    await guest.press('form[action$="/wrong-number"] button');
    const { reference, state } = await order.read();
    assert.equal(state, "delivered");
    assert.match((await here.world.command("orders", "list", "--needs-person")).stdout, new RegExp(reference));
    await settled({ guest, order }, "delivered", "charged", ["delivered", "wrong number"], ["line zh-CN"]);
  });

  test("80 slow: activating, then delivered", async () => {
    const { guest, order } = await paid("80");
    await order.reaches("delivering");
    await guest.page.goto(order.address);
    await guest.saysMoney("charged");
    assert.match(await guest.text(), /activating|taking longer/);
    await here.world.advance(60);
    await settled({ guest, order }, "delivered", "charged", ["delivered"], ["line en-CA"]);
  });

  for (const ending of ["81", "82"]) {
    test(`${ending} refused: refunded the same day`, async () => {
      const journey = await paid(ending);
      const final = await settled(journey, "refunded", "returned", ["declined", "refunded"]);
      assert.match(stages(final), /^awaiting_payment paid delivering declined refunding refunded$/);
    });
  }

  test("83 unknown, then delivered", async () => {
    const { guest, order } = await paid("83");
    await order.reaches("unknown");
    await guest.page.goto(order.address);
    await guest.saysMoney("charged");
    assert.match(await guest.text(), /Your payment is safe[^]*You will not be charged twice\. Next news by /);
    await guest.press('main a[href$="/proof"]');
    assert.match(await guest.text(), /Proof of payment/);
    await here.world.advance(90);
    await settled({ guest, order }, "delivered", "charged", ["unknown", "delivered"], ["line en-CA"]);
  });

  test("84 unknown, then refused: refunded", async () => {
    const { guest, order } = await paid("84");
    await order.reaches("unknown");
    await here.world.advance(90);
    const final = await settled({ guest, order }, "refunded", "returned", ["unknown", "declined", "refunded"]);
    assert.match(stages(final), /unknown declined refunding refunded$/);
  });

  test("85 delivered, then taken back by the network: refunded", async () => {
    const { guest, order } = await paid("85");
    await order.reaches("delivered");
    await here.world.advance(60 * 60);
    const final = await settled({ guest, order }, "refunded", "returned", ["delivered", "reversed", "refunded"], ["line zh-CN"]);
    assert.match(stages(final), /delivered reversed refunding refunded$/);
  });

  test("two are paid for one card: the second is held, and the payer takes the money back", async () => {
    const [first, second] = [await here.guest(), await here.guest()];
    const [one, other] = [here.keep(await first.order("416 555 0183")), here.keep(await second.order("416 555 0183"))];
    await first.payAndReturn(BANK_CARDS.visa);
    await one.reaches("unknown");
    await second.payAndReturn(BANK_CARDS.mastercard);
    await second.page.goto(other.address);
    await second.saysMoney("charged");
    const text = await second.text();
    assert.match(text, /This card was paid for twice/);
    assert.doesNotMatch(text, /Order already|: \.|  /, "the page has gaps where something should be named");
    await here.world.advance(90);
    await settled({ guest: first, order: one }, "delivered", "charged", ["unknown", "delivered"], ["line zh-CN"]);
    await second.press('button[name="choice"][value="refund"]');
    await settled({ guest: second, order: other }, "refunded", "returned", ["held", "refunding", "refunded"]);
  });

  for (const [place, verdict] of [["902 555 0186", "delivered"], ["416 555 0186", "not-delivered"]]) {
    test(`86 unknown for ever: a person decides ${verdict}`, async () => {
      const guest = await here.guest();
      const order = here.keep(await guest.order(place));
      await guest.payAndReturn(BANK_CARDS.visa);
      await order.reaches("unknown");
      const { reference } = await order.read();
      // One question after another: 15 s, 1 min, 5 min, 15 min, 1 h, then hourly to 24 h.
      for (let hours = 0; hours <= 25; hours++) await here.world.advance(60 * 60);
      await here.world.eventually("a place in the queue", async () =>
        (await here.world.command("orders", "list", "--needs-person")).stdout.includes(reference));
      await guest.page.goto(order.address);
      await guest.saysMoney("charged");
      assert.match(await guest.text(), /A person is looking into it/);
      assert.equal((await order.read()).state, "unknown");
      const words = ["orders", "resolve", reference, "--verdict", verdict, "--reason", "The network was asked by telephone"];
      const decided = await here.world.command(...words);
      assert.equal(decided.code, 0, decided.stdout + decided.stderr);
      if (verdict === "delivered") await settled({ guest, order }, "delivered", "charged", ["unknown", "delivered"], ["line fr-CA"]);
      else await settled({ guest, order }, "refunded", "returned", ["unknown", "declined", "refunded"]);
    });
  }

  here.atTheEnd();
});

describe("an account", { concurrency: 1 }, () => {
  const here = inOneWorld();

  test("register, add a card by its PIN, renew in two taps, find the order, sign out everywhere", async () => {
    const email = "holder@example.org";
    const guest = await here.guest();
    await guest.register(email);
    const card = await guest.addByPin("+1 416 555 0100", "1234", "Mom");
    assert.match(await guest.text(), /Mom[^]*\+1 416 555 0100[^]*days left/, "the card's page");

    // Renew and Pay: nothing is typed in between.
    const tile = guest.page.locator("button.tile").first();
    assert.equal(await tile.locator(".price").innerText(), "$28.25");
    await guest.press("button.tile >> nth=0");
    await guest.page.waitForURL("**/check/*");
    assert.equal(await guest.page.inputValue("#email"), email, "where to write is known");
    const order = here.keep(await guest.goToPay());
    await guest.payAndReturn(BANK_CARDS.visa);
    const { reference, receipt } = await order.reaches("delivered");
    await order.isToldOnly("e-mail delivered", "line en-CA");

    await guest.open("/orders");
    const listed = guest.page.locator("main ol.list > li");
    assert.equal(await listed.count(), 1, "one order, once");
    const row = await guest.text();
    for (const part of [reference, "$28.25", "Mom"]) assert.ok(row.includes(part), `the history does not show ${part}:\n${row}`);
    await guest.press("main ol.list a");
    await guest.saysMoney("charged");
    assert.ok((await guest.text()).includes(receipt.number) || (await guest.page.locator('main a[href$="/receipt"]').count()), "the order leads to its receipt");
    await guest.open(`/cards/${card}/history`);
    assert.ok((await guest.text()).includes(reference), "the card's history names the order");
    await guest.open("/cards");
    assert.match(await guest.text(), /Renew · \$28\.25|Renew[^]*\$28\.25/, "the plan of last time is one tap away");

    // Another device of the same person.
    const elsewhere = await here.guest({ language: "fr", script: false });
    await elsewhere.open("/sign-in");
    await elsewhere.signInByCode(email);
    assert.ok(elsewhere.page.url().endsWith("/fr/cards"), elsewhere.page.url());

    await guest.open("/account");
    await guest.press('form[action$="/sign-out-everywhere"] button');
    for (const signedOut of [guest, elsewhere]) {
      for (const path of ["/cards", `/cards/${card}`, "/orders", "/account"]) {
        await signedOut.open(path);
        assert.match(signedOut.page.url(), /\/sign-in\?next=/, `${path} is still open`);
      }
      await signedOut.done();
    }
  });

  here.atTheEnd();
});
