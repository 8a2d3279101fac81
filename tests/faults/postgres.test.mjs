// What a database over a connection can do to the program, under load: connections are ended in storms, cut exactly at a
// COMMIT, and the server dies and comes back. The program needs no restart; nothing acknowledged is lost, nothing is doubled.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Client, source } from "../api/client.mjs";
import { Dice } from "../api/malformed.mjs";
import { Book, faults } from "../kill/book.mjs";
import { come_to_an_end } from "../kill/ending.mjs";
import { Examiner } from "../kill/examiner.mjs";
import { InPostgres } from "../kill/keeping.mjs";
import { Load } from "../kill/load.mjs";
import { full } from "../world/world.mjs";
import { Proxy } from "./proxy.mjs";

const SEED = Number(process.env.FARLINE_SEED ?? 20_261_130);
const TERMINATIONS = full() ? 5000 : 100;
const CUTS = full() ? 1000 : 20;
const DEATHS = full() ? 100 : 2;

const examiner = new Examiner();
const keeping = new InPostgres();
before(() => keeping.open());
after(async () => {
  examiner.stop();
  await keeping.close();
});

let worlds = 0;

/** What was broken off counts as under way for half a minute; then it is asked for again, and goes on. */
async function goes_on({ world, load }, more) {
  await world.eventually("working clock", () => world.advance(31).then(() => true, () => false), 60_000);
  await load.going(more);
}

/** Lets things happen to a world under load; then nothing may be wrong with it, now or when everything has come to its end. */
async function under_load(t, happens, port) {
  const world = await keeping.world(undefined, port);
  const book = new Book();
  const dice = new Dice(SEED);
  const load = new Load({ world, book, dice, workers: 6, first_address: 500_000 + 1000 * worlds++ });
  try {
    load.start();
    await load.going(20);
    await happens({ world, load, dice });
    await goes_on({ world, load }, 20);
    await load.stop();
    const found = await come_to_an_end({ keeping, examiner, world, load, book });
    t.diagnostic(`seed ${SEED}, ${book.acknowledged} operations acknowledged, ${book.orders.size} orders`);
    assert.deepEqual(found, []);
    assert.doesNotMatch(world.log, /panicked at/);
  } finally {
    await world.kill();
    await keeping.over(world);
  }
}

test(`${TERMINATIONS} connections are ended by the server`, (t) =>
  under_load(t, async ({ world, load, dice }) => {
    const end_all = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '${world.database}'`;
    let storms = 0;
    for (let ended = 0; ended < TERMINATIONS; storms++) {
      ended += Number(await keeping.server.superuser("postgres", end_all));
      if (storms % 3 === 0) await goes_on({ world, load }, 3);
      else await pause(dice.below(100));
    }
    t.diagnostic(`${storms} storms`);
  }));

test(`${CUTS} connections are cut at COMMIT, before the server hears of it or before the program hears so`, async (t) => {
  const proxy = await Proxy.open(keeping.server.socket);
  try {
    await under_load(
      t,
      async ({ world, load, dice }) => {
        for (let n = 0; n < CUTS; n++) {
          const [side, done] = [n % 2 === 0 ? "after" : "before", proxy.cut.after + proxy.cut.before];
          await pause(dice.below(50));
          proxy.plan = side;
          await world.eventually("commit", () => proxy.cut.after + proxy.cut.before > done, 60_000);
          if (n % 5 === 0) await goes_on({ world, load }, 3);
        }
        t.diagnostic(`${proxy.cut.before} before, ${proxy.cut.after} after, of ${proxy.commits} commits`);
      },
      proxy.port,
    );
  } finally {
    await proxy.close();
  }
});

// The server itself would not wait for a commit to be written, and forgets what nobody waits for (tests/world/postgres.mjs);
// the program asks it to wait.
test(`the server dies and comes back ${DEATHS} times`, (t) =>
  under_load(t, async ({ world, load, dice }) => {
    for (let n = 0; n < DEATHS; n++) {
      await keeping.server.forgetful();
      await load.going(20);
      await keeping.server.halt();
      await pause(dice.below(1000));
      await keeping.server.start();
      await goes_on({ world, load }, 10);
    }
  }));

// An order that never was the program misses itself, and nobody is told of it; a cancellation is told from what was decided.
test("commits that never were are seen", async () => {
  const proxy = await Proxy.open(keeping.server.socket);
  const world = await keeping.world(undefined, proxy.port);
  const client = new Client(world.base, { address: source(590_000) });
  const book = new Book();
  const left = { folder: world.folder, psql: keeping.server.psql(world.database) };
  try {
    const { json: quote } = await client.quote({ line: "+14165550101", plan: "maplewave-5gb", key: randomUUID() });
    book.quoted(quote);
    const { json: order } = await client.order(quote.id, { key: randomUUID(), contact: { email: "payer@example.org" } });
    const entry = book.placed(order, { line: "+14165550101", total: quote.total.amount });
    assert.deepEqual(faults(book, await examiner.look(left)), []);

    proxy.lies = (rows) => rows;
    const cancelled = await client.with(order.token).delete(`/api/v1/orders/${order.id}`);
    assert.equal(cancelled.status, 200, cancelled.text);
    book.shown(entry, cancelled.json);
    const [found] = faults(book, await examiner.look(left));
    assert.match(found, /^lost: ord_\w+ was shown as cancelled, and has only been awaiting_payment$/);
  } finally {
    client.close();
    await world.kill();
    await keeping.over(world);
    await proxy.close();
  }
});
