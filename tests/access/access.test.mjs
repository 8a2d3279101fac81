// Nobody reads or changes another's line, order or receipt: every route × caller × foreign id.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { Client, delivered, placed } from "../api/client.mjs";
import { startWorld } from "../world/world.mjs";
import { KNOWN_PIN, Person, hidden, posted } from "./accounts.mjs";
import { nests_of_the_program, routes_in, routes_of_the_program } from "./routes.mjs";
import { CALLERS, CONTACT_FIELD, ROWS, wish } from "./rows.mjs";

// Two cards of one account: an order of its own that was delivered, and a guest's that waits for its payment. A third card
// is about to be added. Another account has a card and an order of its own.
// What is searched for in answers is none of the numbers that the pages give as examples.
const PAID_LINE = "+14165550105";
const OPEN_LINE = "+14165550108";
const PROVING_LINE = "+14165550100";
const OTHER_LINE = "+14165550104";
const UNHELD_LINE = "+14165550106";
const NICKNAMES = { [PAID_LINE]: "Winnipeg grandmother", [OPEN_LINE]: "Cottage alarm" };
const HELPER = "private.helper@example.org";
const HELPER_NAME = "Cousin Océane";

let world;
let holder;
let somebody_else;
let foreign;
let open;
let other;
const client = () => new Client(world.base);
const order = { contact: { email: CONTACT_FIELD } };

/** What there is about a card of the holder's: the order, the card, who was asked to help, and the proof under way. */
async function about(number, placed_order, proving) {
  const card = await holder.add(number, NICKNAMES[number]);
  const invited = await holder.form(`/en/cards/${card}/helpers`, { name: HELPER_NAME, contact: HELPER });
  assert.equal(invited.status, 303, invited.text);
  const helpers = (await holder.get(`/en/cards/${card}/helpers`)).text;
  const [, helper] = /\/helpers\/([^/"]+)\/revoke/.exec(helpers);
  const { contacts, lines } = (await holder.get("/en/account/data.json")).json;
  const { iccid } = lines.find((line) => line.id === card);
  const approval = await world.eventually("link for the helper", async () => {
    const letter = (await world.mailbox()).find(({ to, links }) => to === HELPER && links.some((link) => link.includes("/approve/")));
    return letter && new URL(letter.links.find((link) => link.includes("/approve/")), world.base).pathname;
  });
  const wrong_approval = approval.slice(0, -1) + (approval.endsWith("A") ? "B" : "A");
  return { number, contact: CONTACT_FIELD, card, helper, iccid, approval, wrong_approval, contact_id: contacts[0].id, proving, pin: KNOWN_PIN, ...placed_order };
}

/** The holder's card renews itself with the method that was kept; gives the method's id. */
async function renewing(number) {
  const by = client().with(holder.bearer);
  const [{ id }] = (await by.get("/api/v1/methods")).json.methods;
  const wanted = { ...wish, pay_with: id };
  const text = await by.post(`/api/v1/lines/${number}/auto-renew/consent`, wanted);
  assert.equal(text.status, 201, text.text);
  const { version, fingerprint } = text.json;
  const on = await by.put(`/api/v1/lines/${number}/auto-renew`, { ...wanted, agreed: { version, fingerprint } });
  assert.equal(on.status, 200, on.text);
  return id;
}

before(async () => {
  world = await startWorld();
  holder = await Person.register(world, CONTACT_FIELD);
  somebody_else = await Person.register(world, "other@example.org");
  await somebody_else.add(OTHER_LINE, "mine");
  const proving = await holder.begin(PROVING_LINE);
  const kept = { ...order, save_method: true };
  foreign = await about(PAID_LINE, await delivered(world, client().with(holder.bearer), { line: PAID_LINE, order: kept }), proving);
  open = await about(OPEN_LINE, await placed(client(), { line: OPEN_LINE, order }), proving);
  const method = await renewing(PAID_LINE);
  for (const target of [foreign, open]) Object.assign(target, { method });
  other = await placed(client().with(somebody_else.bearer), { line: OTHER_LINE, order: { contact: { email: "other@example.org" } } });
});
after(() => world.stop());

/** The token that a caller shows instead of the order's own. */
const TOKENS = {
  stranger: () => undefined,
  other_order: () => other.token,
  truncated: ({ token }) => token.slice(0, -1),
  altered: ({ token }) => token.slice(0, -1) + (token.endsWith("A") ? "B" : "A"),
  forged: ({ id }) => `${id}.${"A".repeat(32)}`,
  // The other order's seal on this order's id.
  swapped: ({ id }) => `${id}.${other.token.split(".")[1]}`,
  basic: () => "basic",
  session: () => "A".repeat(43),
  account: () => somebody_else.bearer,
};

/** The cookie of a caller who has one, and the anti-forgery value that goes into forms. */
const SESSIONS = {
  signed_in: () => [somebody_else.cookie, somebody_else.csrf],
  no_csrf: () => [somebody_else.cookie],
  // The holder's value on somebody else's session.
  foreign_csrf: () => [somebody_else.cookie, holder.csrf],
  forged_cookie: () => [`${somebody_else.cookie.split("=")[0]}=${"A".repeat(43)}`, holder.csrf],
  altered_cookie: () => [holder.cookie.replace(/=(.)/, (_, sign) => (sign === "A" ? "=B" : "=A")), holder.csrf],
};

/** The request of a row by a caller. */
async function ask(route, row, caller, target) {
  const method = route.split(" ")[0] === "ANY" ? "GET" : route.split(" ")[0];
  const token = TOKENS[caller]?.(target);
  const [cookie, csrf] = SESSIONS[caller]?.() ?? [];
  // In the portal the token stands in the address: a caller there has a wrong one, or none.
  const in_address = caller === "other_order" ? target.id : (token ?? target.id);
  const wrong_checkout = target.checkout.slice(0, -1) + (target.checkout.endsWith("A") ? "B" : "A");
  const about = { ...target, token: encodeURIComponent(in_address), sealed: encodeURIComponent(token ?? target.quote), wrong_checkout };
  const headers = { ...(row.headers ?? {}), ...(row.key ? { "idempotency-key": randomUUID() } : {}) };
  if (caller === "basic") headers.authorization = `Basic ${Buffer.from("admin:admin").toString("base64")}`;
  else if (token) headers.authorization = `Bearer ${token}`;
  if (cookie) headers.cookie = cookie;
  const is_form = headers["content-type"] === "application/x-www-form-urlencoded";
  const said = row.body?.(about);
  const by = client();
  const body = is_form && csrf ? `${said}&csrf=${encodeURIComponent(csrf)}` : said;
  const answer = await by.send(method, row.path(about), { headers, body });
  const next = row.follows && (await by.get(answer.headers.location ?? "/", headers));
  by.close();
  if (row.ends && caller === "signed_in") {
    const gone = await client().get("/en/account", { cookie });
    assert.equal(gone.status, 303, `${route} left the session open`);
    const elsewhere = await client().with(somebody_else.bearer).get("/api/v1/lines");
    assert.equal(elsewhere.status, row.ends === "every session" ? 401 : 200, `${route} and the account's other session`);
    await somebody_else.sign_in();
  }
  return { answer, next, said: row.path(about) + decodeURIComponent((said ?? "").replaceAll("+", " ")) };
}

/** What of a foreign order stands in an answer; nothing, if all is well. */
function leaks({ text, headers }, target, known) {
  const said = text + JSON.stringify(headers);
  const national = target.number.slice(2);
  const secrets = {
    "the full number": [target.number, national, `${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`, `${national.slice(0, 3)}-${national.slice(3, 6)}-${national.slice(6)}`, `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}`],
    "the reference": [target.reference, target.reference.replace("-", "")],
    "the contact": [target.contact],
    "the receipt's number": target.seen ? [target.seen.receipt.number] : [],
    "the bearer": [target.token],
    "the card's id": [target.card],
    "the card's number": [target.iccid],
    "what its holder calls it": [NICKNAMES[target.number]],
    "who helps": [HELPER, HELPER_NAME, target.helper],
    "the holder's address": [target.contact_id],
    "the holder's saved method": [target.method],
    "the holder's session": [holder.bearer, holder.cookie.split("=")[1], holder.csrf],
  };
  return Object.entries(secrets).filter(([, forms]) => forms.some((form) => said.includes(form) && !known.includes(form))).map(([what]) => what);
}

/** The order, the line and the account as their rightful holder finds them. */
const state_of = async (target) => {
  const { status, json } = await client().with(holder.bearer).get(`/api/v1/lines/${target.number}/balance`);
  assert.equal(status, 200, "the holder does not see the line any more");
  const renewal = (await client().with(holder.bearer).get(`/api/v1/lines/${target.number}/auto-renew`)).json;
  return { order: (await client().see(target)).json, balance: json, renewal, holdings: await holder.holdings() };
};

/** Whether an answer is one of those expected: a status, or one with the beginning of where it leads. */
function is_expected({ status, headers }, expected) {
  return [expected].flat().some((one) => {
    const [wanted, address] = String(one).split(" ");
    const path = (headers.location ?? "").split("?")[0];
    return status === Number(wanted) && (address === undefined || (address.endsWith("/") ? path.startsWith(address) : path === address));
  });
}

test("every route of the program has a row, and every row a route", () => {
  const routes = routes_of_the_program().map(({ method, pattern }) => `${method} ${pattern}`);
  assert.ok(routes.length > 40, `the parser found only ${routes.length} routes`);
  assert.deepEqual(routes.filter((route) => !ROWS[route]), [], "routes without a row in tests/access/rows.mjs");
  assert.deepEqual(Object.keys(ROWS).filter((route) => !routes.includes(route)), [], "rows without a route");
  for (const [route, row] of Object.entries(ROWS)) {
    assert.ok(row.open || CALLERS.every((caller) => row.expect[caller]), `${route} has no status for each caller`);
  }
  // Routers that come from elsewhere are known by name, so that none slips past.
  assert.deepEqual(nests_of_the_program(), ["fallback(problem::no_such_page)", "method_not_allowed_fallback(method_not_allowed)", "method_not_allowed_fallback(problem::method_not_allowed)", 'nest("/sandbox", sandbox.router()),']);
});

test("the parser of routes sees what it must, and refuses what it does not understand", () => {
  assert.deepEqual(routes_in('.route("/a/{b}", get(x).post(y::z).delete(w))\n// .route("/c", get(x))\n.route(\n  "/d",\n  axum::routing::any(|| async { "get(" }),\n)'), [
    { method: "GET", pattern: "/a/{b}" },
    { method: "POST", pattern: "/a/{b}" },
    { method: "DELETE", pattern: "/a/{b}" },
    { method: "ANY", pattern: "/d" },
  ]);
  assert.throws(() => routes_in(".route(ADDRESS, get(x))"), /not written out/);
  assert.throws(() => routes_in('.route("/a", handler)'), /without a method/);
});

test("every route × caller × foreign order: the expected answer, nothing of it told, nothing changed", async (t) => {
  const faults = new Map();
  const fault = (what, caller) => faults.set(what, [...(faults.get(what) ?? []), caller]);
  let asked = 0;
  for (const target of [foreign, open]) {
    target.checkout = new URL(target.pay_url, world.base).pathname.split("/").at(-1);
    const before = await state_of(target);
    for (const [route, row] of Object.entries(ROWS)) {
      for (const caller of CALLERS) {
        const { answer, next, said } = await ask(route, row, caller, target);
        asked += 1;
        const where = `${route}, ${target === foreign ? "a delivered order" : "an open order"}`;
        const expected = row.expect?.[caller];
        const told = `${answer.status} ${answer.headers.location?.split("?")[0] ?? ""}`.trim();
        if (expected ? !is_expected(answer, expected) : answer.status >= 400) fault(`${where}: ${told} instead of ${expected ?? "a page"}`, caller);
        if (next && next.status !== row.follows) fault(`${where}: then ${next.status} instead of ${row.follows}`, caller);
        // What the caller said himself may be said back to him.
        const leaked = row.shows_messages ? [] : [...leaks(answer, target, said + (row.names_card ? target.card : "")), ...(next ? leaks(next, target, said) : [])];
        if (leaked.length > 0) fault(`${where}: tells ${leaked.join(" and ")}`, caller);
      }
      assert.deepEqual(await state_of(target), before, `${route} changed the order`);
    }
  }
  t.diagnostic(`${asked} requests over ${Object.keys(ROWS).length} routes × ${CALLERS.length} callers × 2 orders`);
  assert.deepEqual([...faults].map(([what, callers]) => `${what} (${callers.join(", ")})`), []);
});

test("the rightful holder is let in by the same routes", async () => {
  // The check of checks: if these were refused too, the table above would prove nothing.
  const own = client().with(foreign.token);
  for (const path of [`/api/v1/orders/${foreign.id}`, `/api/v1/orders/${foreign.id}/receipt.pdf`, `/api/v1/orders/${foreign.id}/proof.pdf`, `/en/orders/${foreign.token}`, `/en/orders/${foreign.token}/receipt`, `/en/orders/${foreign.token}/receipt.pdf`, `/en/orders/${foreign.token}/proof.pdf`]) {
    assert.equal((await own.get(path)).status, 200, path);
  }
  const { text } = await own.get(`/en/orders/${foreign.token}`);
  assert.deepEqual(leaks({ text, headers: {} }, foreign, "").includes("the reference"), true, "the search for leaks finds nothing where there is something");
  const cancelled = await client().with(open.token).delete(`/api/v1/orders/${open.id}`);
  assert.equal(cancelled.status, 200);
});

test("a used-up or unknown id answers as a foreign one does, octet for octet", async () => {
  const shape = ({ status, headers, text }) => [status, headers["content-type"], headers["www-authenticate"], text.replace(/req_[0-9a-f]+/, "req")];
  const unknown = foreign.id.slice(0, -4) + (foreign.id.endsWith("0000") ? "1111" : "0000");
  for (const rest of ["", "/receipt.pdf", "/proof.pdf"]) {
    const real = await client().get(`/api/v1/orders/${foreign.id}${rest}`);
    assert.deepEqual(shape(await client().get(`/api/v1/orders/${unknown}${rest}`)), shape(real), rest);
    assert.deepEqual(shape(await client().with(other.token).get(`/api/v1/orders/${foreign.id}${rest}`)), shape(real), rest);
  }
});

test("the holder is let in by the account's pages, and nobody else became one", async () => {
  for (const { card, number } of [foreign, open]) {
    for (const rest of ["", "/history", "/helpers"]) assert.equal((await holder.get(`/en/cards/${card}${rest}`)).status, 200, rest);
    for (const rest of ["balance", "history"]) assert.equal((await client().with(holder.bearer).get(`/api/v1/lines/${number}/${rest}`)).status, 200, rest);
    const { text } = await holder.get(`/en/cards/${card}/helpers`);
    const found = leaks({ text, headers: {} }, { ...foreign, ...open, card, number, helper: "none" }, "");
    assert.ok(found.includes("what its holder calls it") && found.includes("the card's id") && found.includes("who helps"), `the search for leaks found only ${found}`);
  }
  assert.equal((await client().with(holder.bearer).get(`/api/v1/orders/${foreign.id}`)).status, 200);
  // The address under which somebody else typed the right PIN in vain is good for whoever it was made for.
  const card = await holder.prove(open.proving);
  assert.equal((await holder.get(`/en/cards/${card}`)).status, 200);
  assert.equal((await holder.get(foreign.approval)).status, 200);
  const numbers = async ({ bearer }) => (await client().with(bearer).get("/api/v1/lines")).json.lines.map(({ number }) => number).sort();
  assert.deepEqual(await numbers(holder), [PAID_LINE, OPEN_LINE, PROVING_LINE].sort());
  assert.deepEqual(await numbers(somebody_else), [OTHER_LINE]);
});

test("whoever begins to add a card is not told whether it is held", async () => {
  // An account may ask for a few codes at a time; the table asked for some.
  await world.advance(700);
  for (const proof of ["code", "pin", "puk", "holder"]) {
    const seen = [];
    for (const number of [PAID_LINE, UNHELD_LINE]) {
      const begun = await somebody_else.form("/en/cards/add", { number, proof });
      const address = begun.headers.location ?? "";
      const { status, text } = await somebody_else.get(address);
      const plain = text.replaceAll(address.split("/").at(-1), "TOKEN").replaceAll(`••${number.slice(-2)}`, "••NN");
      seen.push([begun.status, begun.text, address.length, status, plain]);
    }
    assert.deepEqual([seen[0][0], seen[0][3]], [303, 200], proof);
    assert.ok(seen[0][4].includes("••NN"), proof);
    assert.deepEqual(seen[0], seen[1], `${proof}: a held card is answered otherwise`);
  }
});

test("a code that was sent for one account does nothing for another", async () => {
  const address = "private.second@example.org";
  const asked = await holder.form("/en/account/contacts", { contact: address });
  assert.equal(asked.status, 200);
  const stolen = { challenge: hidden(asked.text, "challenge"), code: await holder.code(address) };
  const before = [await holder.holdings(), await somebody_else.holdings()];
  const answer = await somebody_else.form("/en/verify", stolen);
  assert.equal(answer.status, 422, `${answer.status} ${answer.headers.location}`);
  assert.deepEqual([await holder.holdings(), await somebody_else.holdings()], before);
  // Nor does one for the end of an account, on either.
  const last = await holder.code();
  await world.advance(700);
  const ending = await holder.form("/en/account/delete", { confirm: "yes" });
  assert.equal(ending.status, 200);
  const end = { challenge: hidden(ending.text, "challenge"), code: await holder.code(CONTACT_FIELD, last) };
  const refused = await somebody_else.form("/en/verify", end);
  assert.equal(refused.status, 422, `${refused.status} ${refused.headers.location}`);
  assert.equal((await posted(world, "/en/verify", end)).headers.location?.split("?")[0], "/en/sign-in", "without a session");
  for (const person of [holder, somebody_else]) assert.equal((await person.get("/en/account")).status, 200);
});

test("signing in and registering answer alike for the holder's address and for nobody's, octet for octet", async () => {
  // As long as the holder's, and masked alike.
  const NOBODY = "private.bayer@example.org";
  const masked = ({ status, headers, text }, email) => {
    const { date, ...rest } = headers;
    assert.ok(date);
    const plain = (said) =>
      said
        .replaceAll(email, "WHO")
        .replaceAll(encodeURIComponent(email), "WHO")
        .replace(/req_[0-9a-f]+/g, "req")
        .replace(/(name="challenge" value=")([^"]+)/g, (_, name, value) => `${name}${value.length} signs`)
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "INSTANT");
    return [status, plain(JSON.stringify(rest)), plain(text)];
  };
  const seal = async (way, email) => hidden((await posted(world, way, { who: email, way: "code", password: way.endsWith("register") ? "Nine-kettles on the railway roof" : "" })).text, "challenge");
  const ways = {
    "API, a wrong password": [401, (email) => client().post("/api/v1/sign-in", { email, password: "correct horse battery staple" })],
    "API, a code": [202, (email) => client().post("/api/v1/sign-in", { email })],
    "API, a wrong code": [422, (email) => client().post("/api/v1/sign-in", { email, code: "000000" })],
    "a wrong password": [401, (email) => posted(world, "/en/sign-in", { who: email, password: "correct horse battery staple", way: "password" })],
    "a code": [200, (email) => posted(world, "/en/sign-in", { who: email, way: "code" })],
    "a wrong code": [422, async (email) => posted(world, "/en/sign-in/code", { challenge: await seal("/en/sign-in", email), code: "000000" })],
    "registering": [200, (email) => posted(world, "/en/register", { who: email, password: "Nine-kettles on the railway roof" })],
    "registering without a password": [200, (email) => posted(world, "/en/register", { who: email, password: "" })],
    "registering, a wrong code": [422, async (email) => posted(world, "/en/verify", { challenge: await seal("/en/register", email), code: "000000" })],
    "registering, another code": [200, async (email) => posted(world, "/en/verify/again", { challenge: await seal("/en/register", email) })],
    "another address of an account": [200, (email) => somebody_else.form("/en/account/contacts", { contact: email })],
  };
  const differences = [];
  for (const [way, [status, asked]] of Object.entries(ways)) {
    // Codes for one address are counted: each way begins anew.
    await world.advance(700);
    const answers = [];
    for (const email of [CONTACT_FIELD, NOBODY]) answers.push(masked(await asked(email), email));
    if (answers[0][0] !== status) differences.push(`${way}: ${answers[0][0]} instead of ${status}`);
    for (const at of [0, 1, 2]) {
      const [known, unknown] = answers.map((answer) => String(answer[at]));
      const where = [...known].findIndex((sign, index) => sign !== unknown[index]);
      if (known !== unknown) differences.push(`${way}: "${known.slice(Math.max(where - 40, 0), where + 60)}" against "${unknown.slice(Math.max(where - 40, 0), where + 60)}"`);
    }
  }
  // Too many codes are too many for either.
  await world.advance(700);
  const counts = [];
  for (const email of [CONTACT_FIELD, NOBODY]) {
    const statuses = [];
    for (let time = 0; time < 5; time++) statuses.push((await client().post("/api/v1/sign-in", { email })).status);
    counts.push(statuses);
  }
  assert.ok(counts[0].includes(429), `codes are sent without end: ${counts[0]}`);
  assert.deepEqual(counts[0], counts[1]);
  assert.deepEqual(differences, []);
});
