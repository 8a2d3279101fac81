// What was bought at a shop is redeemed by whoever bought it: without an account, without JavaScript, once.
import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { launch } from "./browser.mjs";
import { Guest } from "./guest.mjs";

const CARD = "416 555 0100";
const OTHER = "416 555 0101";
const FOREIGN = "902 555 0183";
const [ZH, EN, FR] = ["DEMN-STRN-CDEA-2222", "DEMN-STRN-CDEA-3333", "DEMN-STRN-CDEA-4444"];

/** How a receipt names whoever took the money, as crates/texts/languages/…/receipt.ftl has it. */
const SOLD_AT = { zh: "枫叶远游卡，店铺订单 voucher-demonstration-1", en: "枫叶远游卡, its order voucher-demonstration-2", fr: "枫叶远游卡, sa commande voucher-demonstration-3" };
/** How an order says that we took nothing. */
const MONEY = { zh: "我们没有收款", en: "We took no money", fr: "Nous n’avons reçu aucun argent" };

const test = (name, body) => plainTest(name, { timeout: 60_000 }, body);

let world, browser;
before(async () => ([world, browser] = await Promise.all([startWorld(), launch()])));
after(async () => {
  await browser?.close();
  await world?.stop();
});

/** Opens the page and says what was bought, and for which card. */
async function say(guest, bought, number) {
  await guest.page.goto(world.at(`/${guest.language}/redeem`));
  await guest.page.fill("#bought", bought);
  await guest.page.fill("#number", number);
  await guest.press("main form button.go");
}

for (const [language, code, card] of [["zh", ZH, CARD], ["en", EN, OTHER], ["fr", FR, "514 555 0100"]]) {
  test(`${language}: a code renews a card in three taps, and the receipt takes no money for itself`, async () => {
    const guest = await Guest.arrive(world, browser, { language, script: false });
    await guest.page.goto(world.at(`/${language}`));
    await guest.press(`a[href="/${language}/redeem"]`);
    await guest.page.fill("#bought", code.toLowerCase().replaceAll("-", " "));
    await guest.page.fill("#number", card);
    await guest.press("main form button.go");
    const check = await guest.page.locator("main").innerText();
    assert.match(check, /枫叶远游卡/);
    assert.match(check, /5\sG[Bo]/);
    await guest.press("main form button.go");
    await guest.page.waitForURL("**/orders/*");
    const order = guest.page.url();
    assert.ok((await guest.page.locator("main").innerText()).includes(MONEY[language]));
    // The order says nothing of money that we took; the receipt says who took it, and has no tax.
    const receipt = await guest.page.context().newPage();
    await receipt.goto(`${order}/receipt`);
    const words = await receipt.locator("main").innerText();
    assert.ok(words.includes(SOLD_AT[language]), words.slice(0, 600));
    assert.ok(!/HST|TVH|TPS|GST/.test(words), words.slice(0, 600));
    await receipt.close();
    // The same code and card lead to the same order; another card learns that it was used, and that nothing moved.
    await say(guest, code, card);
    assert.equal(guest.page.url(), order);
    await say(guest, code, card === CARD ? OTHER : CARD);
    await guest.page.waitForSelector("[role=alert]");
    assert.equal(await guest.page.locator("#bought").inputValue(), code);
    await guest.close();
  });
}

test("what is no purchase, no card, or not for the card is said beside the field", async () => {
  const guest = await Guest.arrive(world, browser, { language: "en", script: false });
  const spare = "DEMN-STRN-CDEA-5555";
  for (const [bought, number, field] of [
    ["190000000000000001", CARD, "bought"],
    ["ABCD-EFGH-JKLM-NPQR", CARD, "bought"],
    [spare, "416 555 9999", "number"],
    [spare, "12", "number"],
    [spare, FOREIGN, "number"],
  ]) {
    await say(guest, bought, number);
    assert.equal(await guest.page.locator(`#${field}[aria-invalid=true]`).count(), 1, `${bought} ${number}`);
    assert.match(await guest.page.locator("[role=alert]").innerText(), /No money has moved|Nothing/);
  }
  await guest.close();
});

test("a seller brings the export of a shop, and reads of each row what became of it", async () => {
  const file = join(tmpdir(), `farline-trades-${process.pid}.csv`);
  const row = (tid, message) => `="${tid}",="${tid + 1n}",maplewave-5gb,1,128.00,"买家已付款，等待卖家发货",${message}`;
  const text = ["订单编号,子订单编号,商家编码,购买数量,买家实际支付金额,订单状态,买家留言", row(190000000000000101n, "4165550102"), row(190000000000000201n, "请快一点")].join("\n");
  try {
    await writeFile(file, `${text}\n`);
    const checked = await world.command("import", "trades", "--shop", "maple-market", "--dry-run", file);
    assert.match(checked.stdout, /2 orders could be taken in/, checked.stderr);
    const said = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const taken = await world.command("import", "trades", "--shop", "maple-market", file);
      assert.equal(taken.code, 0, taken.stderr);
      said.push(taken.stdout);
    }
    assert.match(said[0], /190000000000000101 {2}190000000000000102 {2}Farline [A-Z0-9]{4}-[A-Z0-9]{4}/);
    assert.match(said[0], /190000000000000201 {2}190000000000000202 {2}waits for no_number/);
    assert.equal(said[1], said[0]);
    // The buyer who wrote no number says it on the page.
    const guest = await Guest.arrive(world, browser, { language: "en", script: false });
    await say(guest, "190000000000000201", "416 555 0103");
    await guest.press("main form button.go");
    await guest.page.waitForURL("**/orders/*");
    await guest.close();
    const listing = await world.command("listing", "maplewave-5gb");
    assert.equal(listing.code, 0, listing.stderr);
    for (const words of ["内容：5 GB", "Contents: 5 GB", "Contenu\u00a0: 5\u00a0Go", "/zh/redeem"]) assert.ok(listing.stdout.includes(words), `${words}: ${listing.stdout}`);
  } finally {
    await rm(file, { force: true });
  }
});

test("a seller makes codes at the command line: written once, good at once, revoked while unused", async () => {
  const file = join(tmpdir(), `farline-vouchers-${process.pid}.csv`);
  const make = ["vouchers", "make", "winter", "--shop", "maple-market", "--plan", "maplewave-5gb", "--price", "99.00 CNY", "--count", "3", "--out", file];
  try {
    const made = await world.command(...make);
    assert.equal(made.code, 0, made.stderr);
    const rows = (await readFile(file, "utf8")).trim().split("\n");
    assert.equal(rows[0], "number,code");
    assert.equal(rows.length, 4);
    const again = await world.command(...make);
    assert.notEqual(again.code, 0);
    const revoked = await world.command("vouchers", "revoke", "winter", "--number", "2");
    assert.match(revoked.stdout, /1 revoked/);
    const listed = JSON.parse((await world.command("vouchers", "list", "--json")).stdout);
    const winter = listed.find(({ batch }) => batch === "winter");
    assert.deepEqual([winter.unused, winter.used, winter.revoked], [2, 0, 1]);
    const doctor = await world.command("doctor", "--deep");
    assert.equal(doctor.code, 0, doctor.stdout + doctor.stderr);
  } finally {
    await rm(file, { force: true });
  }
});

test("guessing is stopped, and a short address leads to the page with the code filled in", async () => {
  const guest = await Guest.arrive(world, browser, { language: "zh", script: false });
  await guest.page.goto(world.at(`/redeem?bought=${ZH}`));
  assert.equal(await guest.page.locator("#bought").inputValue(), ZH);
  assert.match(guest.page.url(), /\/zh\/redeem/);
  const body = (turn) => new URLSearchParams({ bought: `19000000000000${1000 + turn}`, number: CARD });
  const statuses = [];
  for (let turn = 0; turn < 12; turn += 1) {
    const answer = await fetch(world.at("/zh/redeem"), { method: "POST", body: body(turn) });
    statuses.push(answer.status);
  }
  assert.equal(statuses.at(-1), 429, statuses.join(" "));
  await guest.page.goto(world.at("/zh/sellers"));
  assert.match(await guest.page.locator("main").innerText(), /枫叶远游卡/);
  await guest.close();
});
