// Two processes on one PostgreSQL, under load on both; one is killed. No order is lost or doubled, its callers go on at the
// other, and within seconds the other does the dead one's jobs. The payment provider is a third process, as it is in life:
// the shim leads to it whoever looks for the provider at his own port, and leads its webhooks to who is alive.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Dice } from "../api/malformed.mjs";
import { Book } from "../kill/book.mjs";
import { come_to_an_end } from "../kill/ending.mjs";
import { Examiner } from "../kill/examiner.mjs";
import { InPostgres } from "../kill/keeping.mjs";
import { Load } from "../kill/load.mjs";
import { full, placeWorld } from "../world/world.mjs";
import { Shim } from "./shim.mjs";

const SEED = Number(process.env.FARLINE_SEED ?? 20_261_202);
const DEATHS = full() ? 50 : 1;
/** Nothing takes so long on a machine that works. */
const PATIENCE_MS = 120_000;

const examiner = new Examiner();
after(() => examiner.stop());

/** Three places with the same keys: the payment provider, and two processes on one database. */
async function three(keeping) {
  const folders = await Promise.all(Array.from({ length: 3 }, () => mkdtemp(join(tmpdir(), "farline-world-"))));
  const shims = await Promise.all(folders.map(() => Shim.open()));
  const database = await keeping.server.database();
  const store = keeping.server.url(database);
  const [provider, one, other] = await Promise.all(
    folders.map((data, n) => placeWorld({ data, store: n > 0 ? store : undefined, environment: shims[n].environment(data) })),
  );
  Object.assign(other, { database });
  Object.assign(one, { database });
  await provider.start();
  for (const world of [one, other]) {
    await cp(join(provider.folder, "keys"), join(world.folder, "keys"), { recursive: true });
    shims[world === one ? 1 : 2].redirect(world.port, provider.port);
    await world.start();
  }
  shims[0].redirect(provider.port, one.port);
  const over = async () => {
    for (const world of [provider, one, other]) await world.kill();
    await keeping.server.discard(database);
    for (const shim of shims) await shim.close();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  };
  return { provider, one, other, webhooks: shims[0], over };
}

/** Whether a job is due and not done. */
async function overdue(world) {
  const { stdout } = await world.command("doctor", "--json");
  const { next_job_due } = JSON.parse(stdout);
  return next_job_due !== null && Date.parse(next_job_due) <= Date.now();
}

/** Kills one of two under load; how many seconds later the other had done everything that was due. */
async function one_dies({ provider, one, other, webhooks }, load) {
  load.start();
  await load.going(100);
  const first = load.stop();
  await one.kill();
  const died = Date.now();
  await first;
  webhooks.redirect(provider.port, other.port);
  load.turn(one, other);
  // The other is asked for everything now; what it finishes on the dead one's cells leaves jobs there.
  load.start();
  await load.going(60);
  const answered = Date.now() - died;
  await load.stop();
  assert.ok(await overdue(other), "nothing was left to take over");
  await other.eventually("end of the dead one's jobs", async () => !(await overdue(other)), PATIENCE_MS);
  return { answered, taken_over: Date.now() - died };
}

test("two share a database, one dies under load, and the other takes over", async (t) => {
  const keeping = new InPostgres();
  await keeping.open();
  const dice = new Dice(SEED);
  const found = [];
  try {
    for (let n = 0; n < DEATHS && found.length === 0; n++) {
      const worlds = await three(keeping);
      const { provider, one, other } = worlds;
      const book = new Book();
      const load = new Load({ worlds: [one, other], book, dice, workers: 8, first_address: 700_000 });
      try {
        const { answered, taken_over } = await one_dies(worlds, load);
        t.diagnostic(`seed ${SEED}: sixty answers in ${(answered / 1000).toFixed(1)} s after the death, all jobs done after ${(taken_over / 1000).toFixed(1)} s`);
        found.push(...(await come_to_an_end({ keeping, examiner, world: other, load, book, others: [provider], provider: provider.folder })));
        t.diagnostic(`${book.acknowledged} operations acknowledged, ${book.orders.size} orders`);
        assert.doesNotMatch(one.log + other.log, /panicked at/);
      } finally {
        await worlds.over();
      }
    }
    assert.deepEqual(found, []);
  } finally {
    await keeping.close();
  }
});
