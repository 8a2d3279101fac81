// A guest at the portal: what a person does who renews a card without an account, and what they can then see of it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { visitor } from "./browser.mjs";

/** Each language: its place in an address, and how pages and messages name it. */
export const LANGUAGES = { zh: "zh-CN", en: "en-CA", fr: "fr-CA" };

/** Test numbers of the sandbox provider (crates/sandbox/README.md). */
export const BANK_CARDS = {
  visa: "4242 4242 4242 4242",
  visaDebit: "4000 0566 5566 5556",
  mastercard: "5555 5555 5555 4444",
  mastercardDebit: "5200 8282 8282 8210",
  declined: "4000 0000 0000 0002",
  insufficientFunds: "4000 0000 0000 9995",
  expired: "4000 0000 0000 0069",
  wrongCode: "4000 0000 0000 0127",
  processingError: "4000 0000 0000 0119",
  challenge: "4000 0027 6000 3184",
  webhookLate: "4000 0090 0000 0110",
  webhookTwice: "4000 0090 0000 0227",
  webhookNever: "4000 0090 0000 0334",
  amountAltered: "4000 0090 0000 0441",
  afterCancellation: "4000 0090 0000 0557",
  refundFails: "4000 0000 0000 5126",
};

/** Where a guest wants to hear from us unless the journey says otherwise. */
export const CONTACT = { email: "guest@example.org", phone: "416 555 0123" };

/** The words that say whether money moved, as crates/texts/languages has them. */
export const MONEY = {
  en: { no: "No money has moved.", charged: " was charged, once.", returning: " is on its way back to you.", returned: " was refunded. Your bank" },
  fr: { no: "Aucun argent n’a bougé.", charged: " ont été débités, une seule fois.", returning: " vous sont retournés.", returned: " ont été remboursés. Votre banque" },
  zh: { no: "没有扣款。", charged: "仅此一次。", returning: "正在退还给您。", returned: "已退款。" },
};

/** One person with a browser of their own. */
export class Guest {
  constructor(world, seen, language) {
    // How often something was pressed that leads to another page.
    Object.assign(this, { world, page: seen.page, complaints: seen.complaints, close: seen.close, language, taps: 0 });
  }

  static async arrive(world, browser, { language = "en", ...options } = {}) {
    return new Guest(world, await visitor(browser, { language: LANGUAGES[language], ...options }), language);
  }

  /** Opens the first page and sends a number. */
  async lookUp(number) {
    await this.page.goto(this.world.at(`/${this.language}`));
    await this.page.fill("#number", number);
    await this.press("main form button.go");
  }

  /** From the first page to the check page. */
  async choose(number, { need, plan } = {}) {
    await this.lookUp(number);
    await this.page.waitForURL("**/renew/*");
    if (need) {
      await this.press(`nav.chips a[href$="?need=${need}"]`);
      await this.page.waitForURL(`**?need=${need}`);
    }
    await this.press(plan ? `button.tile[value="${plan}"]` : "button.tile >> nth=0");
    await this.page.waitForURL("**/check/*");
  }

  /** Fills in the check page and goes on to the payment page. */
  async agree({ email = CONTACT.email, phone = CONTACT.phone } = {}) {
    await this.page.fill("#email", email);
    await this.page.fill("#phone", phone);
    return this.goToPay();
  }

  /** From the check page, as it is filled in, to the payment page. */
  async goToPay() {
    await this.press("main .actions button.go");
    await this.page.waitForURL("**/sandbox/pay/*");
    // The provider's way back to the shop is the order's page.
    const back = await this.page.locator("main a.back").first().getAttribute("href");
    return new Order(this.world, back);
  }

  /** The order whose page is open, or is just being opened. */
  async orderShown() {
    await this.page.waitForURL("**/orders/*");
    return new Order(this.world, this.page.url());
  }

  /** From the first page to the payment page. */
  async order(number, options) {
    await this.choose(number, options);
    return this.agree(options?.contact);
  }

  /** Fills in the payment page. */
  async pay(number) {
    await this.page.fill("#cc-number", number);
    await this.page.fill("#cc-exp", "12/39");
    await this.page.fill("#cc-csc", "123");
    await this.press('form:has(#cc-number) button[type="submit"]');
  }

  /** Pays, and is led back to the order's page. */
  async payAndReturn(number) {
    await this.pay(number);
    await this.page.waitForURL("**/orders/*");
  }

  /** Opens a page in the guest's language. */
  async open(path) {
    return this.page.goto(this.world.at(`/${this.language}${path}`));
  }

  /** The codes that went to an address, newest first; each has six digits (crates/texts/languages/en-CA/notices.ftl). */
  async codes(email) {
    const letters = (await this.world.mailbox()).filter(({ medium, to }) => medium === "email" && to === email);
    return letters.flatMap(({ body }) => body.match(/#(\d{6})\b/)?.[1] ?? []);
  }

  /** The code that went to an address last, where `before` went there earlier. */
  async codeFor(email, before = 0) {
    return this.world.eventually(`code for ${email}`, async () => {
      const codes = await this.codes(email);
      return codes.length > before && codes[0];
    });
  }

  /** On the sign-in page: a code, and in. */
  async signInByCode(email) {
    const before = (await this.codes(email)).length;
    await this.page.fill("#who", email);
    await this.press('main .actions button[value="code"]');
    await this.page.fill("#code", await this.codeFor(email, before));
    await this.press("main .actions button.go");
  }

  /** Asks for an account; the page on which the code is typed. */
  async askToRegister(email) {
    await this.open("/register");
    await this.page.fill("#who", email);
    await this.press("main .actions button.go");
  }

  /** Registers by e-mail with the code from the mailbox, and is signed in. */
  async register(email) {
    await this.askToRegister(email);
    await this.page.fill("#code", await this.codeFor(email));
    await this.press("main .actions button.go");
    await this.page.waitForURL(`**/${this.language}/cards`);
  }

  /** Says which card is theirs and how they show it; the page of the proof. */
  async askToAdd(number, { proof, nickname = "" }) {
    await this.open("/cards/add");
    await this.page.fill("#number", number);
    await this.page.fill("#nickname", nickname);
    await this.page.check(`input[name="proof"][value="${proof}"]`);
    await this.press("main .actions button.go");
  }

  /** Adds a card by its PIN; the card's page, whose id it gives. */
  async addByPin(number, pin, nickname) {
    await this.askToAdd(number, { proof: "pin", nickname });
    await this.page.fill("#pin", pin);
    await this.press("main .actions button.go");
    assert.match(this.page.url(), /\/cards\/[^/]+$/, await this.text());
    return this.page.url().split("/").at(-1);
  }

  /** Presses a button or a link and waits for the page that answers. */
  async press(selector) {
    this.taps += 1;
    const answered = this.page.waitForNavigation({ waitUntil: "load" });
    await this.page.click(selector);
    return answered;
  }

  /** What the middle of the page says. */
  async text() {
    return (await this.page.locator("main").innerText()).replaceAll("\u00a0", " ").replaceAll("\u202f", " ");
  }

  /** The page says in so many words whether money moved. */
  async saysMoney(kind, amount = "") {
    const text = await this.text();
    const sentence = MONEY[this.language][kind];
    assert.ok(text.includes(sentence), `${this.page.url()} does not say “${sentence}” but:\n${text}`);
    if (amount) assert.ok(text.includes(amount), `${this.page.url()} does not name ${amount}:\n${text}`);
    const others = Object.entries(MONEY[this.language]).filter(([other, words]) => other !== kind && words !== sentence && text.includes(words));
    assert.deepEqual(others, [], "the page says two things about the money");
  }

  async done() {
    assert.deepEqual(this.complaints, [], "the browser complained");
    await this.close();
  }
}

/** An order as its buyer's bearer sees it: the token in the address of its page, whose first part is the order's id. */
export class Order {
  constructor(world, address) {
    this.world = world;
    this.address = address.replace(/[?#].*$/, "");
    this.token = decodeURIComponent(this.address.split("/orders/")[1]);
    this.id = this.token.split(".")[0];
  }

  async read() {
    const answer = await fetch(this.world.at(`/api/v1/orders/${this.id}`), { headers: { authorization: `Bearer ${this.token}` } });
    assert.equal(answer.status, 200, `the order ${this.id} cannot be read`);
    return answer.json();
  }

  /** The answer that says so, when it comes; every answer before it leads there. */
  async reaches(state) {
    let last;
    const look = async () => ((last = await this.read()).state === state ? last : null);
    return this.world.eventually(`order ${state}`, look).catch((problem) => {
      throw new Error(`${problem.message}; it is ${JSON.stringify(last)}`);
    });
  }

  /** `["e-mail delivered", "line zh-CN", …]`: every message that names the order, sorted. */
  async messages() {
    const { reference } = await this.read();
    const letters = (await this.world.mailbox()).filter(({ subject, body }) => `${subject}\n${body}`.includes(reference));
    return letters.map((letter) => named(letter)).sort();
  }

  /** Waits for exactly these messages, each once. */
  async isToldOnly(...expected) {
    const wanted = expected.toSorted().join(", ");
    let last = [];
    await this.world
      .eventually("all messages", async () => (last = await this.messages()).length >= expected.length)
      .catch(() => null);
    assert.equal(last.join(", "), wanted, "the messages about the order");
    this.expected = wanted;
  }
}

/** What a message is about, by its subject or, for a text, its sentence (crates/texts/languages/en-CA/notices.ftl). */
const SUBJECTS = [
  ["delivered", /^Renewed: /, /the card .* is renewed with /],
  ["unknown", /^Your payment is safe, /, /payment of .* is safe\. The network has not answered/],
  ["declined", /^Not renewed, you are refunded: /, /the network refused to renew /],
  ["refunding", /^Your refund is on its way: /, /: \S+ for the card .* goes back to you\. /],
  ["refunded", /^Refunded: /, / for the card .* is refunded\. /],
  ["refund failed", /^Your refund did not go through, /, /the refund of .* did not go through\./],
  ["held", /^Please choose: /, /was paid for twice\./],
  ["reversed", /^The renewal was taken back, /, /the renewal of the card .* was taken back\./],
  ["wrong number", /^We are looking into the wrong number: /, /asking the network to take back /],
];

function named({ medium, language, subject, body }) {
  if (medium === "text" && !/https?:\/\//.test(body)) return `line ${language}`;
  const kind = SUBJECTS.find(([, letter, text]) => (medium === "email" ? letter.test(subject) : text.test(body)))?.[0];
  return `${medium === "email" ? "e-mail" : "text"} ${language === "en-CA" ? (kind ?? `?? ${subject || body}`) : language}`;
}

/** The payer's messages in English, for each reason one by each medium. */
export const toPayer = (...reasons) => reasons.flatMap((reason) => [`e-mail ${reason}`, `text ${reason}`]);

/** Places an order as an app does it, without a browser. */
export async function orderByHttp(world, number, plan) {
  const asked = async (path, body) => {
    const headers = { "content-type": "application/json", "idempotency-key": randomUUID() };
    const answer = await fetch(world.at(`/api/v1/${path}`), { method: "POST", headers, body: JSON.stringify(body) });
    const text = await answer.text();
    assert.equal(answer.status, 201, `${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  };
  const line = number.replaceAll(" ", "");
  const offered = await (await fetch(world.at(`/api/v1/lines/${line}/plans`))).json();
  const quote = await asked("quotes", { line, plan: plan ?? offered.plans[0].id });
  const placed = await asked("orders", { quote: quote.id, contact: CONTACT, language: "en-CA" });
  const order = new Order(world, world.at(`/en/orders/${placed.token}`));
  order.payUrl = world.at(placed.pay_url);
  return order;
}

/** Sends the payment page's form. */
export async function payByHttp(order, number = BANK_CARDS.visa) {
  const form = new URLSearchParams({ "cc-number": number, "cc-exp": "12/39", "cc-csc": "123" });
  const answer = await fetch(order.payUrl, { method: "POST", body: form, redirect: "manual" });
  assert.equal(answer.status, 303, `the payment page answered ${answer.status}`);
  return order;
}
