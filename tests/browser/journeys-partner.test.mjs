// A partner's person: takes a key of the sandbox and has the portal, makes a key of their own, orders with it, sees the order, a
// refused request and what it means, uploads a file with a wrong line, and ends the key. One story in each language, none of
// which needs JavaScript.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { axeFaults } from "./axe.mjs";
import { launch } from "./browser.mjs";
import { Guest, LANGUAGES } from "./guest.mjs";
import { narrowFaults, targetFaults } from "./instruments.mjs";

/** JavaScript is nothing that any of this needs. */
const SCRIPT = { zh: false, en: true, fr: false };
const PLAN = "maplewave-5gb";
/** As long as a reference may be. */
const TILL = `till-1-${"x".repeat(57)}`;

/** What the pages say (crates/texts/languages). */
const WORDS = {
  en: { delivered: "Active", unknown: "No network that we renew has this number.", nobody: "No partner account here is yours" },
  fr: { delivered: "Activée", unknown: "Aucun réseau que nous renouvelons", nobody: "Aucun compte de partenaire ici n’est à vous" },
  zh: { delivered: "已开通", unknown: "我们支持的网络中没有这个号码", nobody: "您的账户还没有合作伙伴后台" },
};

const test = (name, body) => plainTest(name, { timeout: 180_000 }, body);

let browser;
let folder;
before(async () => {
  [browser, folder] = [await launch(), await mkdtemp(join(tmpdir(), "farline-upload-"))];
});
after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** What a program of the partner is answered. */
async function asks({ guest, key }, method, path, body) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const answer = await fetch(guest.world.at(`/partner/v1/${path}`), { method, headers, body: body && JSON.stringify(body) });
  return { status: answer.status, json: await answer.json() };
}

/** Opens a part of the portal by its menu. */
const part = ({ guest }, name) => guest.press(`nav.chips a[href$="/${name}"]`);

/** Nobody's person is told what to do; a sandbox key, taken signed in, opens the portal. */
async function comeIn(story) {
  const { guest, words } = story;
  await guest.open("/partner");
  assert.match(await guest.text(), new RegExp(words.nobody));
  await guest.press(`main a[href="/${guest.language}/partners"]`);
  await guest.press('main form button[type="submit"]');
  await guest.press('main a[href*="/partner/sandbox-"]');
  story.portal = new URL(guest.page.url()).pathname;
}

/** A key is shown once. */
async function makeKey(story) {
  const { guest } = story;
  await part(story, "keys");
  await guest.page.fill("#label", "till");
  await guest.press(`main form[action$="/keys"] button`);
  story.key = (await guest.page.locator("main pre code").innerText()).trim();
  assert.match(story.key, /^farline_test_/);
  await part(story, "keys");
  assert.ok(!(await guest.text()).includes(story.key), "it is shown this once");
}

/** What the key ordered is on the overview; what was refused is among the requests, with what it means. */
async function orderAndBeRefused(story) {
  const { guest, words } = story;
  const placed = await asks(story, "POST", "orders", { reference: TILL, number: "+14165550100", product: PLAN, callback: "https://harbour.example/told" });
  assert.equal(placed.status, 201, JSON.stringify(placed.json));
  const refused = await asks(story, "POST", "orders", { reference: "till-2", number: "+14165559999", product: PLAN });
  assert.deepEqual([refused.status, refused.json.code], [404, "unknown_line"]);
  await guest.world.eventually("the order on the overview", async () => {
    await part(story, "orders").then(() => guest.page.goto(guest.world.at(story.portal)));
    const text = await guest.text();
    return text.includes(TILL) && text.includes(words.delivered);
  });
  assert.ok(!(await guest.text()).includes("till-2"), "what was refused is no order");
  await guest.world.eventually("the request in the log", async () => {
    await part(story, "requests");
    return (await guest.text()).includes(refused.json.instance);
  });
  const log = await guest.text();
  for (const said of ["POST /partner/v1/orders", "404", "unknown_line", words.unknown, "201"]) assert.ok(log.includes(said), `${said}:\n${log}`);
}

/** The counts of a file: ordered now, ordered before, refused. */
const counts = ({ guest }) => guest.page.locator('main [role="status"] dd').allInnerTexts();

/** Three lines, one of them wrong; the same file again changes nothing. */
async function uploadTwice(story) {
  const { guest, words } = story;
  const file = join(folder, `orders-${guest.language}.csv`);
  await writeFile(file, `reference,number,product\nfile-1,+14165550101,${PLAN}\nfile-2,+14165559999,${PLAN}\nfile-3,+14165550102,${PLAN}\n`);
  for (const expected of [["2", "0", "1"], ["0", "2", "1"]]) {
    await part(story, "upload");
    await guest.page.setInputFiles("#file", file);
    await guest.press('main form[enctype="multipart/form-data"] button');
    assert.deepEqual(await counts(story), expected);
    assert.match(await guest.page.locator("main ol.list > li").first().innerText(), new RegExp(`file-2[^]*unknown_line[^]*${words.unknown}`));
  }
  const saved = guest.page.waitForEvent("download");
  await guest.page.click("main a[download]");
  const chunks = await (await (await saved).createReadStream()).toArray();
  const rows = Buffer.concat(chunks).toString().replace(/^\ufeff/, "").split("\r\n");
  assert.equal(rows[0], "row,reference,order,outcome,problem,detail");
  assert.match(rows[2], /^3,file-2,,refused,unknown_line,/);
  assert.match(rows[3], /^4,file-3,ord_\w+,succeeded,,$/);
}

/** What was told and not taken is seen, and sent again. */
async function tellAgain(story) {
  const { guest } = story;
  await guest.world.eventually("the callback", async () => {
    await part(story, "callbacks");
    return (await guest.text()).includes(TILL);
  });
  assert.match(await guest.text(), /https:\/\/harbour\.example\/told/);
  await guest.press('main form[action$="/replay"] button');
  assert.equal(await guest.page.locator('main > [role="status"]').count(), 1, "what came of it is said");
}

/** Whoever is taken away by the command line is out, and let in again is in. */
async function outAndIn(story) {
  const { guest, words, email } = story;
  const code = story.portal.split("/").at(-1);
  for (const [option, status] of [["--no-person", 404], ["--person", 200]]) {
    const changed = await guest.world.command("partners", "change", code, option, email);
    assert.equal(changed.code, 0, changed.stdout + changed.stderr);
    const answer = await guest.page.goto(guest.world.at(story.portal));
    assert.equal(answer.status(), status);
    if (status === 404) assert.match(await guest.text(), new RegExp(words.nobody));
  }
}

/** The statement as a signed document: from the portal and over the API. */
async function saveStatement(story) {
  const { guest, key } = story;
  await part(story, "statement");
  assert.ok((await guest.text()).includes(TILL), await guest.text());
  const address = await guest.page.locator('main a[href*=".pdf"]').getAttribute("href");
  const cookie = (await guest.page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const today = new Date().toISOString().slice(0, 8);
  const ways = [
    [address, { cookie }],
    [`/partner/v1/statement.pdf?from=${today}01&until=${today}28&language=${LANGUAGES[guest.language]}`, { authorization: `Bearer ${key}` }],
  ];
  for (const [path, headers] of ways) {
    const answer = await fetch(guest.world.at(path), { headers });
    assert.deepEqual([answer.status, answer.headers.get("content-type")], [200, "application/pdf"], path);
    const file = join(folder, "statement.pdf");
    await writeFile(file, Buffer.from(await answer.arrayBuffer()));
    const verified = await guest.world.command("receipt", "verify", file);
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  }
}

/** Every page: nothing for axe to find, targets large enough, nothing sideways at 320 px. */
async function everyPageIsSound(story) {
  const { guest } = story;
  for (const name of ["", "/orders", "/orders?reference=nothing", "/upload", "/keys", "/requests", "/callbacks", "/statement"]) {
    await guest.page.goto(guest.world.at(`${story.portal}${name}`));
    assert.deepEqual(await axeFaults(guest.page), [], name);
    assert.deepEqual(await targetFaults(guest.page), [], name);
    assert.deepEqual(await narrowFaults(guest.page), [], name);
  }
}

/** From then on it is refused. */
async function endKey(story) {
  const { guest, key } = story;
  await part(story, "keys");
  const line = guest.page.locator("main ul.list > li", { hasText: "till" });
  await line.locator("summary").click();
  const answered = guest.page.waitForNavigation({ waitUntil: "load" });
  await line.locator("form button").click();
  await answered;
  assert.ok((await guest.page.locator('[role="status"]').innerText()).includes(key.slice(-4)));
  assert.equal((await asks(story, "GET", "balance")).status, 401);
}

describe("a partner's person", { concurrency: 1 }, () => {
  for (const language of Object.keys(LANGUAGES)) {
    test(`${LANGUAGES[language]} ${SCRIPT[language] ? "with" : "without"} JavaScript`, async (context) => {
      const world = await startWorld();
      context.after(() => world.stop());
      const guest = await Guest.arrive(world, browser, { language, script: SCRIPT[language], acceptDownloads: true });
      const story = { guest, words: WORDS[language], email: `partner.${language}@example.org` };
      await guest.register(story.email);

      await comeIn(story);
      await makeKey(story);
      await orderAndBeRefused(story);
      await uploadTwice(story);
      await tellAgain(story);
      await saveStatement(story);
      await everyPageIsSound(story);
      await endKey(story);
      await outAndIn(story);

      await guest.done();
    });
  }
});
