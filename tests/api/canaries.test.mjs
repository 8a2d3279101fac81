// What must never be written anywhere: card numbers and codes, passwords, one-time codes, sessions and bearers, keys. People use
// them here as they should; then everything that the program left is searched: its log, its data, and every page it gave; once
// with its data in a file of SQLite, and once in PostgreSQL, of which a dump is searched.

import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Person, posted } from "../access/accounts.mjs";
import { startPostgres } from "../world/postgres.mjs";
import { startWorld } from "../world/world.mjs";
import { Client, placed } from "./client.mjs";

const PASSWORD = "Seven-lanterns by the frozen lake";
const CARDS = ["4000056655665556", "4000000000000002"];
// A real number's shape that is no test number: refused, and nowhere written.
const STRANGE = "4539148803436467";
const CODE = "83917";

const grouped = (number) => number.replace(/(\d{4})(?=\d)/g, "$1 ");

/** Every file of a folder and of those in it. */
async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Whether a secret stands in octets: as it is, or in hexadecimal, as a dump writes the octets of a column. */
const stands = (octets, secret) => octets.includes(secret) || octets.includes(Buffer.from(secret).toString("hex"));

/** Data in a file of the world's folder. Planted is a file beside it. */
async function in_a_file() {
  const world = await startWorld();
  const planted = join(world.folder, "planted.txt");
  return { world, dump: async () => [], plant: (text) => writeFile(planted, text), unplant: () => writeFile(planted, ""), close: () => world.stop() };
}

/** Data in PostgreSQL: what the database holds is read from a dump of it. Planted is a row. */
async function in_postgresql() {
  const server = await startPostgres();
  const name = await server.database();
  const world = await startWorld({ store: server.url(name) }).catch(async (problem) => {
    await server.stop();
    throw problem;
  });
  return {
    world,
    dump: async () => [["the dump", await server.dump(name)]],
    plant: (text) => server.superuser(name, `INSERT INTO settings (name, value) VALUES ('planted', '${text}')`),
    unplant: () => server.superuser(name, "DELETE FROM settings WHERE name = 'planted'"),
    close: () => world.stop().finally(() => server.stop()),
  };
}

// The demonstration's letter box is where one-time codes are meant to be read; key files hold keys.
const everywhere = (file) => !/mailbox\.jsonl$|\.key$/.test(file);
const database = (file) => /farline\.db/.test(file);

for (const [where, open] of [["a file", in_a_file], ["PostgreSQL", in_postgresql]]) describe(`canaries, with the data in ${where}`, () => {
  let kept, world, person, secrets;
  const bearers = {};
  const pages = [];
  // The stand-in's page lists its test numbers, so only a stranger's number can be looked for there.
  const paying = [];

  /** Where something stands that must not: `secret in place`. */
  async function leaks(sought, shown, is_searched) {
    const places = [["the log", Buffer.from(world.log)], ...shown.map(([what, text]) => [what, Buffer.from(text)]), ...(await kept.dump())];
    for (const file of (await files(world.folder)).filter(is_searched)) places.push([file, await readFile(file)]);
    return places.flatMap(([place, octets]) => Object.entries(sought).filter(([, secret]) => stands(octets, secret)).map(([name]) => `${name} in ${place}`));
  }

  before(async () => {
    kept = await open();
    world = kept.world;
    person = await Person.register(world, "canary@example.org");
    secrets = { password: PASSWORD, session: person.cookie.split("=")[1], "api bearer": person.bearer };
    for (const number of [...CARDS, STRANGE]) Object.assign(secrets, { [number]: number, [grouped(number)]: grouped(number) });
    for (const file of await files(world.folder)) {
      if (/\.key$/.test(file)) secrets[file] = (await readFile(file, "utf8")).trim();
    }
    const guest = new Client(world.base);
    for (const number of [...CARDS, STRANGE]) {
      const order = await placed(guest);
      const url = new URL(order.pay_url, world.base).href;
      const answer = await guest.form(url, { "cc-number": grouped(number), "cc-exp": "12/39", "cc-csc": CODE.slice(0, 4) });
      paying.push([`the payment page after ${number.slice(-4)}`, answer.text]);
      pages.push(["where it leads", JSON.stringify(answer.headers)], ["the order", (await guest.see(order)).text]);
      // The signed receipt of a delivered order leads whoever has it to the order's page: there the bearer is meant to be.
      if (answer.status !== 303) bearers[order.id] = order.token;
    }
    // A wrong password and a wrong code are typed, too.
    const asked = await posted(world, "/en/sign-in", { who: "canary@example.org", password: PASSWORD.toUpperCase(), way: "password" });
    pages.push(["a failed sign-in", asked.text]);
    secrets["wrong password"] = PASSWORD.toUpperCase();
    for (const path of ["/en/account", "/en/cards", "/en/orders", "/en/account/data.json"]) {
      pages.push([path, (await person.get(path)).text]);
    }
    await world.advance(3_600);
    guest.close();
  });
  after(() => kept?.close());

  test("the search finds what is planted", async () => {
    await kept.plant(`…${grouped(CARDS[0])}…`);
    const found = await leaks(secrets, pages, everywhere);
    await kept.unplant();
    assert.equal(found.length, 1, `the planted card number alone is found: ${found}`);
    assert.match(found[0], /planted\.txt|the dump/);
  });

  test("keys are kept in files of their own, which are searched for", () => {
    const keys = Object.keys(secrets).filter((name) => name.endsWith(".key"));
    assert.ok(keys.length >= 2, `keys: ${keys}`);
    for (const name of keys) assert.ok(secrets[name].length >= 32, `${name} is short`);
  });

  test("no card number, password, session or key is anywhere", async () => {
    assert.deepEqual(await leaks(secrets, pages, everywhere), []);
    const stranger = { [STRANGE]: STRANGE, [grouped(STRANGE)]: grouped(STRANGE) };
    assert.deepEqual(await leaks(stranger, paying, everywhere), []);
  });

  // It is part of the addresses that payers are given, and of nothing that is kept.
  test("the bearer of an order is neither logged nor in the database", async () => {
    assert.deepEqual(await leaks(bearers, [], database), []);
  });

  test("no address of the program carries what must not be in one", () => {
    const addresses = [...world.log.matchAll(/https?:\/\/\S+/g)].map(([address]) => address);
    for (const address of addresses) assert.ok(!/token=|password=|code=|cc-/.test(address), address);
  });
});
