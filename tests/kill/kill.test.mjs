// kill -9 under load, again and again, at named points and at random ones, on both databases: nothing acknowledged is lost,
// nothing is doubled, and afterwards everything comes to an end.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Dice } from "../api/malformed.mjs";
import { Shim } from "../faults/shim.mjs";
import { full } from "../world/world.mjs";
import { Book } from "./book.mjs";
import { come_to_an_end } from "./ending.mjs";
import { Examiner } from "./examiner.mjs";
import { InFiles, InPostgres } from "./keeping.mjs";
import { Load } from "./load.mjs";
import { Moments, ways } from "./moments.mjs";

const SEED = Number(process.env.FARLINE_SEED ?? 20_261_122);
/** For each database. */
const KILLS = Number(process.env.FARLINE_KILLS ?? (full() ? 10_000 : 50));
/** Kills while the program starts for the first time, for each database. */
const STARTS = Number(process.env.FARLINE_STARTS ?? (full() ? 500 : 8));
// A world is left for a fresh one after so many kills: the examination of a database grows with what is in it.
const KILLS_PER_WORLD = 40;
const WORKERS = 6;
const CLAIMS_DIE_AFTER = 31;
/** A kill counts when so many operations a second were acknowledged just before it (or before its point was armed). */
const BUSY = Number(process.env.FARLINE_BUSY ?? 100);
const JUST_MS = 150;
/** How long that is waited for. */
const PATIENCE_MS = 2000;
/** How long it goes on, for each database, on a machine that is too slow or too busy for that many kills which count … */
const BUDGET_MS = full() ? Infinity : 60_000;
/** … and how many it must have come to by then, whether they count or not: what was left is examined after each. */
const LEAST = Math.min(KILLS, 5);
/** How long a named point is waited for, which may be a rare one. */
const RARE_MS = 1500;

const examiner = new Examiner();
after(() => examiner.stop());

/** Waits until the load is heavy enough; whether it is. */
async function busy(book) {
  const seen = [];
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    seen.push({ at: Date.now(), acknowledged: book.acknowledged });
    await pause(25);
    const just = seen.findLast(({ at }) => Date.now() - at >= JUST_MS);
    if (just && (book.acknowledged - just.acknowledged) * 1000 >= BUSY * (Date.now() - just.at)) return true;
  }
  return false;
}

/** Loads a world and kills it at a moment; how it died, and whether that counts. */
async function one_kill({ world, shim, load, book, dice }, moment) {
  const began = Date.now();
  load.start();
  const counts = await busy(book);
  if (!moment) await pause(dice.below(150));
  let how = "at random";
  if (moment) {
    shim.arm(moment);
    await Promise.race([world.ended, pause(RARE_MS, null, { ref: false })]);
    how = shim.acted() > 0 ? "as meant" : "in vain";
    shim.disarm();
  }
  const wild = load.stop();
  await world.kill();
  await wild;
  return { how, counts, loaded_ms: Date.now() - began };
}

/** Starts, loads and kills one world until enough kills count; then lets it come to its end. */
async function life(keeping, moments, sums, kills) {
  const { dice } = moments;
  const shim = await Shim.open();
  const world = await keeping.world(shim);
  const book = new Book();
  const load = new Load({ world, book, dice, workers: WORKERS, first_address: 100_000 + sums.worlds * 1000 });
  sums.worlds += 1;
  const found = [];
  let examination = null;
  try {
    for (let counted = 0; counted < kills && found.length === 0 && Date.now() < sums.until; ) {
      sums.tries += 1;
      const met = shim.points();
      const moment = moments.next();
      const { how, counts, loaded_ms } = await one_kill({ world, shim, load, book, dice }, moment);
      moments.learn(shim.points(), met);
      sums.loaded_ms += loaded_ms;
      // One examination at a time and, where it is of a copy, beside the next load.
      found.push(...((await examination) ?? []));
      const left = await keeping.left(world);
      examination = examiner.examine(left, book.copy()).finally(() => keeping.forget(left));
      if (!keeping.copies) await examination;
      if (counts) {
        counted += 1;
        sums.kills += 1;
        sums[how] += 1;
        if (how === "as meant") moments.died.add(`${moment.action} ${moment.point}`);
      }
      await world.start();
      // A request that was under way counts as dead after thirty seconds; its caller then asks again under the same key.
      await world.advance(CLAIMS_DIE_AFTER);
    }
    found.push(...((await examination) ?? []));
    if (found.length === 0) found.push(...(await come_to_an_end({ keeping, examiner, world, load, book })));
    assert.doesNotMatch(world.log, /panicked at/);
  } finally {
    await examination?.catch(() => {});
    // An orderly end is not the matter here: receipts may wait to be rendered still.
    await world.kill();
    await keeping.over(world);
    await shim.close();
    sums.acknowledged += book.acknowledged;
    sums.orders += book.orders.size;
  }
  return found;
}

async function kills_under_load(t, keeping) {
  t.diagnostic(`seed ${SEED} (FARLINE_SEED)`);
  const moments = new Moments(new Dice(SEED));
  const sums = { until: Date.now() + BUDGET_MS, kills: 0, tries: 0, acknowledged: 0, orders: 0, worlds: 0, loaded_ms: 0, "as meant": 0, "in vain": 0, "at random": 0 };
  const began = Date.now();
  const found = [];
  try {
    while (sums.kills < KILLS && found.length === 0 && Date.now() < sums.until) found.push(...(await life(keeping, moments, sums, Math.min(KILLS_PER_WORLD, KILLS - sums.kills))));
  } finally {
    const seconds = (Date.now() - began) / 1000;
    t.diagnostic(`${sums.kills} kills under at least ${BUSY} operations/s in ${seconds.toFixed(0)} s, ${sums.tries} in all, ${sums.worlds} worlds, ${sums.orders} orders`);
    t.diagnostic(`${sums["as meant"]} at named points (${moments.died.size} of ${moments.known} known), ${sums["at random"]} at random, ${sums["in vain"]} when the point did not come`);
    t.diagnostic(`${sums.acknowledged} operations acknowledged, ${((sums.acknowledged * 1000) / sums.loaded_ms).toFixed(0)}/s under load; doctor --deep ${examiner.doctor_ms()} ms in the mean`);
  }
  assert.deepEqual(found, []);
  assert.ok(sums.tries >= LEAST && sums.acknowledged > 10 * sums.tries, "there was hardly any load");
  if (sums.kills < KILLS) t.diagnostic(`TOO SLOW: only ${sums.kills} of ${sums.tries} kills were under ${BUSY} operations/s`);
  assert.ok(moments.died.size >= Math.min(60, sums.kills / 3), "hardly any named point was hit");
}

/** Kills the very first start at points of it; the next start must come up, with everything. */
async function kills_at_the_start(t, keeping) {
  const dice = new Dice(SEED);
  const shim = await Shim.open();
  const first = await keeping.world(shim);
  await first.kill();
  await keeping.over(first);
  const steps = [...shim.points()].flatMap(([point, count]) => ways(point).map((action) => ({ point, action, count })));
  const died = [];
  let starts = 0;
  try {
    for (; starts < STARTS && steps.length > 0; starts++) {
      const { point, action, count } = steps.splice(dice.below(steps.length), 1)[0];
      const moment = { point, action, skip: dice.below(count) };
      shim.arm(moment);
      const world = await keeping.place(shim);
      // How often a point comes may differ from start to start: then it is killed when it is ready.
      await world.start().catch((problem) => assert.match(problem.message, /ended before it was ready/));
      if (shim.acted() > 0) died.push(`${action} ${point}`);
      shim.disarm();
      await world.kill();
      await world.start().catch((problem) => assert.fail(`after ${JSON.stringify(moment)} it does not start: ${problem.message}`));
      const doctor = await world.command("doctor", "--deep", "--json");
      const { facts, violations } = JSON.parse(doctor.stdout);
      assert.deepEqual({ lines: facts.lines, violations }, { lines: 200, violations: [] }, JSON.stringify(moment));
      await world.kill();
      await keeping.over(world);
    }
  } finally {
    t.diagnostic(`${starts} starts, ${died.length} of them killed as meant; ${starts + steps.length} steps known`);
    await shim.close();
  }
  assert.ok(died.length >= starts / 2, `only ${died.length} of ${starts} were killed as meant`);
}

for (const keeping of [new InFiles(), new InPostgres()]) {
  test(`on ${keeping.name}`, async (t) => {
    await keeping.open();
    try {
      await t.test(`${KILLS} kills under load lose nothing acknowledged and double nothing`, (t) => kills_under_load(t, keeping));
      await t.test("a first start that was killed is made good by the next", (t) => kills_at_the_start(t, keeping));
    } finally {
      await keeping.close();
    }
  });
}

test("a planted loss, a planted doubling and a planted hole in the books are seen", async () => {
  const keeping = new InFiles();
  const world = await keeping.world();
  const book = new Book();
  const load = new Load({ world, book, dice: new Dice(7), workers: 2, first_address: 90_000 });
  load.start();
  await world.eventually("three deliveries", () => [...book.orders.values()].filter(({ states }) => states.has("delivered")).length >= 3);
  await load.stop();
  await world.kill();
  const delivered = [...book.orders.values()].find(({ states }) => states.has("delivered"));
  const spoil = async (statements) => {
    const left = await keeping.left(world);
    await examiner.spoil(left, statements);
    const found = await examiner.examine(left, book.copy());
    await keeping.forget(left);
    return found;
  };
  assert.deepEqual(await spoil([]), [], "what was left is whole");
  const entry = "UPDATE journal SET bucket_entries = NULL WHERE rowid = (SELECT MIN(rowid) FROM journal WHERE bucket_entries LIKE '%grant%')";
  assert.match((await spoil(["DROP TRIGGER journal_stays", entry])).join("\n"), /doctor: /, "an entry of a bucket is gone");
  const forgotten = `UPDATE orders SET stage = 'awaiting_payment' WHERE json_extract(body, '$.id') = '${delivered.id}'`;
  assert.match((await spoil([forgotten])).join("\n"), /doctor: /, "an order says two things");
  const receipt = `DELETE FROM receipts WHERE number = '${delivered.receipt}'`;
  assert.match((await spoil(["DROP TRIGGER receipts_remain", receipt])).join("\n"), /lost: receipt/, "a receipt is gone");
  const lost = `UPDATE orders SET body = json_set(body, '$.history', json('[{"state":"awaiting_payment","at":1}]')) WHERE json_extract(body, '$.id') = '${delivered.id}'`;
  assert.match((await spoil([lost])).join("\n"), /lost: ord_\w+ was shown as/, "a delivery was forgotten");
  const twice = "UPDATE journal SET entry_sets = json_insert(entry_sets, '$[#]', json_extract(entry_sets, '$[0]')) WHERE action = 'capture'";
  assert.match((await spoil(["DROP TRIGGER journal_stays", twice])).join("\n"), /doubled: 2 × capture/, "a capture is in the books twice");
  await keeping.over(world);
});
