// A partner, from the sandbox's page to a delivered order, by the programs that the page shows, run as they stand there; and what a
// partner is told by callbacks, checked as a partner checks it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { program, startWorld } from "../world/world.mjs";
import { Client } from "./client.mjs";

const run = promisify(execFile);
let world;
let folder;
before(async () => {
  world = await startWorld({ store: process.env.FARLINE_TEST_STORE });
  folder = await mkdtemp(join(tmpdir(), "farline-partner-"));
});
after(async () => {
  await world?.stop();
  if (folder) await rm(folder, { recursive: true });
});

const plain = (html) => html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replace(/&(lt|gt|quot|amp);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name]);

/** The programs of a page, by the language they are in. */
function programs(html) {
  const found = html.matchAll(/<summary>([^<]+)<\/summary><pre[^>]*><code>([^]*?)<\/code><\/pre>/g);
  return Object.fromEntries([...found].map(([, name, text]) => [name, plain(text)]));
}

/** Signs up on the page of the sandbox: what it says to paste into a terminal, and the page's programs. */
async function signedUp() {
  const page = await new Client(world.base).send("POST", "/en/partners", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "" });
  assert.equal(page.status, 200, page.text);
  const [, url] = page.text.match(/export FARLINE_URL=(\S+)/);
  const [, key] = page.text.match(/export FARLINE_KEY=([^\s<]+)/);
  return { env: { ...process.env, FARLINE_URL: url, FARLINE_KEY: key }, client: new Client(world.base, { token: key }), programs: programs(page.text) };
}

/** How each kind of program is run. */
const RUN = {
  curl: (file, env) => run("sh", [file], { env }),
  Python: (file, env) => run("python3", [file], { env }),
  JavaScript: (file, env) => run(process.execPath, [file], { env }),
  Rust: async (_, env, text) => {
    // The same text, built with everything else: crates/gateways/examples.
    const asset = new URL("../../crates/channels/assets/partner/order.rs", import.meta.url);
    assert.equal(text, await readFile(asset, "utf8"));
    return run(join(dirname(program()), "examples", "partner_order"), [], { env });
  },
};
const ENDING = { curl: "sh", Python: "py", JavaScript: "mjs", Rust: "rs" };

for (const name of Object.keys(RUN)) {
  test(`the program in ${name} that partners are shown orders as it stands there, and again it is the same order`, async () => {
    const partner = await signedUp();
    const file = join(folder, `order-${name}.${ENDING[name]}`);
    await writeFile(file, partner.programs[name]);
    const first = await RUN[name](file, partner.env, partner.programs[name]);
    const again = await RUN[name](file, partner.env, partner.programs[name]);
    for (const { stdout } of [first, again]) assert.match(stdout, /succeeded/);
    const { json } = await partner.client.get("/partner/v1/orders");
    assert.deepEqual(json.orders.map((order) => [order.reference, order.outcome, order.state]), [["order-1", "succeeded", "delivered"]]);
    const balance = await world.eventually("charged", async () => {
      const { json } = await partner.client.get("/partner/v1/balance");
      return json.reserved.amount === 0 && json;
    });
    assert.equal(balance.available.amount, 100_000 - json.orders[0].price.amount);
  });
}

/** A partner's own server: takes everything, after it has refused so many. */
async function listening(refuses) {
  const told = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part)).on("end", () => {
      told.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(told.length > refuses ? 204 : 503).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { told, url: `http://127.0.0.1:${server.address().port}/told`, stop: () => server.close() };
}

/** Whether what was told is signed with a secret as the specification has it. */
function genuine(secret, { headers, body }) {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = createHmac("sha256", key).update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`).digest("base64");
  return headers["webhook-signature"].split(" ").includes(`v1,${signed}`);
}

async function farline(...words) {
  const answer = await world.command("partners", ...words);
  assert.equal(answer.code, 0, `${words.join(" ")}: ${answer.stdout}${answer.stderr}`);
  return answer.stdout.trim();
}

test("a partner of the command line pays in, orders, is told, and reads the statement to the cent", async () => {
  const partner = await listening(1);
  await farline("add", "harbour-travel", "--name", "Harbour Travel", "--province", "ON", "--discount", "8");
  await farline("change", "harbour-travel", "--callback", partner.url);
  assert.match(await farline("pay-in", "harbour-travel", "50.00", "--reference", "C1A2B3"), /50\.00/);
  await farline("pay-in", "harbour-travel", "50.00", "--reference", "c1a2 b3");
  const [key] = (await farline("key", "harbour-travel", "--label", "till")).split("\n");
  const secret = await farline("secret", "harbour-travel");
  const client = new Client(world.base, { token: key });
  const headers = { "content-type": "application/json" };
  const order = (reference, rest = {}) => client.send("POST", "/partner/v1/orders", { headers, body: JSON.stringify({ reference, number: "+1 (416) 555-0103", product: "maplewave-5gb", ...rest }) });
  const placed = await order("H-1");
  assert.equal(placed.status, 201, placed.text);
  assert.deepEqual([placed.json.price, placed.json.state, placed.json.money_moved], [{ amount: 2599, currency: "CAD" }, "delivered", true]);
  const spent = await order("H-2", { another: true });
  assert.equal(spent.status, 409, "25.99 of 50.00 is gone");
  assert.deepEqual([spent.json.code, spent.json.money_moved], ["account_used_up", false]);
  assert.equal((await order("H-1", { product: "maplewave-20gb" })).status, 422);
  await world.eventually("told once, and refused", () => partner.told.length === 1);
  await world.advance(10);
  await world.eventually("told again", () => partner.told.length === 2);
  partner.stop();
  for (const told of partner.told) {
    assert.ok(genuine(secret, told));
    assert.ok(!genuine(secret, { ...told, body: `${told.body} ` }));
  }
  assert.equal(partner.told[0].headers["webhook-id"], partner.told[1].headers["webhook-id"]);
  assert.deepEqual(JSON.parse(partner.told[1].body).data, { id: placed.json.id, reference: "H-1", state: "delivered" });
  // What came of it is noted once the answer has come back, a moment after it was sent.
  const log = await world.eventually("what came of it", async () => {
    const { json } = await client.get("/partner/v1/callbacks");
    return json.callbacks.every((one) => one.tries > 1) && json;
  });
  assert.deepEqual(log.callbacks.map((one) => [one.type, one.tries, one.came_of_it]), [["order.delivered", 2, "204"]]);
  const replayed = await client.send("POST", `/partner/v1/callbacks/${log.callbacks[0].id}/replay`, { headers });
  assert.deepEqual([replayed.status, replayed.json.came_of_it], [200, "no connection"]);
  const today = new Date(JSON.parse(partner.told[0].body).timestamp);
  const days = [-1, 1].map((by) => new Date(today.getTime() + by * 86_400_000).toISOString().slice(0, 10));
  const { json: statement } = await client.get(`/partner/v1/statement?from=${days[0]}&until=${days[1]}`);
  assert.deepEqual(statement.entries.map((entry) => [entry.kind, entry.reference, entry.amount.amount, entry.balance.amount]), [["pay_in", "C1A2B3", 5000, 5000], ["order", "H-1", -2599, 2401]]);
  assert.deepEqual([statement.opening.amount, statement.closing.amount], [0, 2401]);
  const sheet = await client.get(`/partner/v1/statement.csv?from=${days[0]}&until=${days[1]}`);
  assert.match(sheet.text, /,order,H-1,ord_\w+,-25\.99,24\.01,CAD\r\n/);
  assert.match(await farline("list"), /harbour-travel +yes +24\.01 +0\.00 +24\.01/);
  await farline("end-key", "harbour-travel", key.slice(-4));
  assert.equal((await client.get("/partner/v1/balance")).status, 401);
});

test("a key that may only read orders nothing, a body with a wrong field says which, and nobody else's order is there", async () => {
  const other = await signedUp();
  await farline("add", "atlas", "--name", "Atlas", "--province", "QC");
  const [key] = (await farline("key", "atlas", "--label", "site", "--scope", "read")).split("\n");
  const reader = new Client(world.base, { token: key });
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ reference: "A-1", number: "+14165550104", product: "maplewave-5gb" });
  assert.equal((await reader.send("POST", "/partner/v1/orders", { headers, body })).status, 403);
  const placed = await other.client.send("POST", "/partner/v1/orders", { headers, body });
  assert.equal(placed.status, 201, placed.text);
  for (const name of ["A-1", placed.json.id]) assert.equal((await reader.get(`/partner/v1/orders/${name}`)).status, 404);
  const wrong = await other.client.send("POST", "/partner/v1/orders", { headers, body: JSON.stringify({ ...JSON.parse(body), refrence: "x" }) });
  assert.equal(wrong.status, 422);
  assert.match(wrong.json.detail, /refrence/);
  const { json: number } = await reader.get("/partner/v1/numbers/14165550104");
  assert.equal(number.operator.id, "maplewave");
  assert.ok(number.products.some((product) => product.id === "maplewave-5gb" && product.price.amount > product.retail.amount), "the price is with tax");
});

test("a file of a thousand lines runs out of credit in the middle: each line is taken whole or refused, and again nothing changes", async () => {
  const { client } = await signedUp();
  // Every card of the demonstration that the operator takes, over and over under other references: another period is not wished, so
  // each card is renewed as often as its account allows.
  const rows = Array.from({ length: 1_000 }, (_, n) => `F-${n},+1416555${String(100 + (n % 40)).padStart(4, "0")},maplewave-5gb`);
  const file = ["reference,number,product", ...rows, ""].join("\r\n");
  const send = () => client.send("POST", "/partner/v1/batches", { headers: { "content-type": "text/csv" }, body: file });
  const first = await send();
  assert.equal(first.status, 200, first.text);
  assert.equal(first.json.lines.length, 1_000);
  assert.deepEqual([first.json.accepted + first.json.refused, first.json.repeated], [1_000, 0]);
  assert.ok(first.json.accepted > 0 && first.json.refused > 0, first.text.slice(0, 200));
  const refused = first.json.lines.filter((line) => line.order === null);
  assert.ok(refused.every((line) => line.problem && line.detail && line.outcome === "refused"));
  assert.ok(refused.some((line) => line.problem === "account_used_up" && line.again));
  const taken = first.json.lines.filter((line) => line.order !== null);
  const standing = async () => (await client.get("/partner/v1/balance")).json;
  const settled = await world.eventually("everything charged", async () => {
    const now = await standing();
    return now.reserved.amount === 0 && now;
  });
  let spent = 0;
  for (let before = ""; before !== null; ) {
    const { json } = await client.get(`/partner/v1/orders?limit=100${before}`);
    for (const order of json.orders) spent += order.price.amount;
    before = json.next === null ? null : `&before=${json.next}`;
  }
  assert.equal(settled.available.amount, 100_000 - spent, "the sums agree");
  assert.ok(settled.available.amount >= 0);
  const again = await send();
  const stands = new Map(again.json.lines.map((line) => [line.reference, line.order]));
  for (const line of taken) assert.equal(stands.get(line.reference), line.order);
  assert.equal(again.json.repeated, taken.length);
  const wrong = await client.send("POST", "/partner/v1/batches", { headers: { "content-type": "text/csv" }, body: "reference,number\nx,1\n" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.json.detail, /product/);
});
