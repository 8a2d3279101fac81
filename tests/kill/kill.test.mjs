// kill -9 under load, again and again: nothing acknowledged is lost, nothing is doubled, and afterwards everything comes to an end.
// The moments are random; named points in the program are not there yet.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Dice } from "../api/malformed.mjs";
import { full, startWorld } from "../world/world.mjs";
import { Book, faults, unfinished } from "./book.mjs";
import { Examiner } from "./examiner.mjs";
import { Load } from "./load.mjs";

const SEED = Number(process.env.FARLINE_SEED ?? 20_261_122);
const KILLS = Number(process.env.FARLINE_KILLS ?? (full() ? 10_000 : 300));
// A world is left for a fresh one after so many kills: the examination of a database grows with what is in it.
const KILLS_PER_WORLD = 50;
const WORKERS = 6;
const CLAIMS_DIE_AFTER = 31;
const examiner = new Examiner();
after(() => examiner.stop());

/** Starts, loads and kills one world `kills` times; then lets it come to its end. */
async function life(dice, kills, sums) {
  const world = await startWorld();
  const book = new Book();
  const load = new Load({ world, book, dice, workers: WORKERS, first_address: 100_000 + sums.worlds * 1000 });
  sums.worlds += 1;
  const found = [];
  let examination = null;
  try {
    for (let kill = 0; kill < kills; kill++) {
      const began = Date.now();
      load.start();
      await pause(100 + dice.below(300));
      const wild = load.stop();
      await world.kill();
      await wild;
      sums.loaded_ms += Date.now() - began;
      // One examination at a time, beside the next load: on the copy of what the killed program left.
      found.push(...((await examination) ?? []));
      const copy = await examiner.copy(world.folder);
      examination = examiner.examine(copy, book.copy());
      sums.kills += 1;
      await world.start();
      // A request that was under way counts as dead after thirty seconds; its caller then asks again under the same key.
      await world.advance(CLAIMS_DIE_AFTER);
    }
    found.push(...((await examination) ?? []));
    found.push(...(await come_to_an_end(world, load, book)));
    assert.doesNotMatch(world.log, /panicked at/);
    // An orderly end is not the matter here: receipts may wait to be rendered still.
    await world.kill();
    await world.forget();
  } catch (problem) {
    await examination?.catch(() => {});
    await world.kill();
    await world.forget();
    throw problem;
  } finally {
    sums.acknowledged += book.acknowledged;
    sums.orders += book.orders.size;
  }
  return found;
}

/** No more load: what was under way is finished by its callers, and then by time. */
async function come_to_an_end(world, load, book) {
  await load.finish();
  // Checkouts run out, the provider is asked, suppliers answer at last: thirty hours in steps.
  for (const seconds of [60, 900, 900, 3600, 6 * 3600, 24 * 3600]) {
    await world.advance(seconds);
    await pause(400);
  }
  let left = [];
  const until = Date.now() + 30_000;
  do {
    await pause(300);
    const copy = await examiner.copy(world.folder);
    left = unfinished(await examiner.look(copy));
    await examiner.forget(copy);
  } while (left.length > 0 && Date.now() < until);
  await world.kill();
  const copy = await examiner.copy(world.folder);
  const found = await examiner.examine(copy, book.copy());
  await world.start();
  return [...left, ...found];
}

test(`${KILLS} kills under load lose nothing acknowledged and double nothing`, async (t) => {
  t.diagnostic(`seed ${SEED} (FARLINE_SEED)`);
  const dice = new Dice(SEED);
  const sums = { kills: 0, acknowledged: 0, orders: 0, worlds: 0, loaded_ms: 0 };
  const began = Date.now();
  const found = [];
  try {
    while (sums.kills < KILLS && found.length === 0) found.push(...(await life(dice, Math.min(KILLS_PER_WORLD, KILLS - sums.kills), sums)));
  } finally {
    const seconds = (Date.now() - began) / 1000;
    t.diagnostic(`${sums.kills} kills in ${seconds.toFixed(0)} s (${(sums.kills / seconds).toFixed(2)}/s), ${sums.worlds} worlds, ${sums.orders} orders`);
    t.diagnostic(`${sums.acknowledged} operations acknowledged, ${((sums.acknowledged * 1000) / sums.loaded_ms).toFixed(0)}/s under load; doctor --deep ${examiner.doctor_ms()} ms in the mean`);
  }
  assert.deepEqual(found, []);
  assert.equal(sums.kills, KILLS);
  assert.ok(sums.acknowledged > KILLS, "there was hardly any load");
});

test("a planted loss, a planted doubling and a planted hole in the books are seen", async () => {
  const world = await startWorld();
  const book = new Book();
  const load = new Load({ world, book, dice: new Dice(7), workers: 2, first_address: 90_000 });
  load.start();
  await world.eventually("three deliveries", () => [...book.orders.values()].filter(({ states }) => states.has("delivered")).length >= 3);
  await load.stop();
  await world.kill();
  const delivered = [...book.orders.values()].find(({ states }) => states.has("delivered"));
  const spoil = async (statements) => {
    const copy = await examiner.copy(world.folder);
    await examiner.spoil(copy, statements);
    return examiner.examine(copy, book.copy());
  };
  assert.deepEqual(await spoil([]), [], "what was left is whole");
  const entry = "DELETE FROM bucket_entries WHERE (cell, line, number) IN (SELECT cell, line, number FROM bucket_entries WHERE kind LIKE '%grant%' LIMIT 1)";
  assert.match((await spoil(["DROP TRIGGER bucket_entries_remain", entry])).join("\n"), /doctor: /, "an entry of a bucket is gone");
  const forgotten = `UPDATE orders SET stage = 'awaiting_payment' WHERE json_extract(body, '$.id') = '${delivered.id}'`;
  assert.match((await spoil([forgotten])).join("\n"), /doctor: /, "an order says two things");
  const receipt = `DELETE FROM receipts WHERE number = '${delivered.receipt}'`;
  assert.match((await spoil(["DROP TRIGGER receipts_remain", receipt])).join("\n"), /lost: receipt/, "a receipt is gone");
  const lost = `UPDATE orders SET body = json_set(body, '$.history', json('[{"state":"awaiting_payment","at":1}]')) WHERE json_extract(body, '$.id') = '${delivered.id}'`;
  assert.match((await spoil([lost])).join("\n"), /lost: ord_\w+ was shown as/, "a delivery was forgotten");
  const twice = "INSERT INTO money_sets SELECT cell, line, number + 1000, kind, order_id, at FROM money_sets WHERE kind = 'capture' LIMIT 1";
  assert.match((await spoil([twice])).join("\n"), /doubled: 2 × capture/, "a capture is in the books twice");
  await world.forget();
});
