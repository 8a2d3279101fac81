// Power cuts under SQLite: of a recording of the disk under load, over a kill and an orderly end. What was acknowledged
// before the cut is there. A kill cannot show this: what a killed program wrote, the kernel still has.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Client } from "../api/client.mjs";
import { Dice } from "../api/malformed.mjs";
import { Book } from "../kill/book.mjs";
import { Examiner } from "../kill/examiner.mjs";
import { Load } from "../kill/load.mjs";
import { full, startWorld } from "../world/world.mjs";
import { after_power_cut, into_folder, left_out_by_normal, read_recording, survival } from "./power.mjs";
import { Shim } from "./shim.mjs";

const SEED = Number(process.env.FARLINE_SEED ?? 20_261_128);
const CUTS = full() ? 1000 : 40;
/** Cuts after which the program itself is started again. */
const STARTS = full() ? 50 : 3;
/** How long there is load, twice. */
const LOADED_MS = full() ? 20_000 : 2000;

const examiner = new Examiner();
const dice = new Dice(SEED);
let records, book, ready_at, end_at, folder;

before(async () => {
  const shim = await Shim.open();
  folder = await mkdtemp(join(tmpdir(), "farline-world-"));
  const size = () => statSync(shim.recording).size;
  const world = await startWorld({ data: folder, environment: shim.environment(folder, { record: true }) });
  ready_at = size();
  book = new Book(size);
  const load = new Load({ world, book, dice, workers: 6, first_address: 300_000 });
  const loaded = async () => {
    load.start();
    await pause(LOADED_MS);
  };
  await loaded();
  const wild = load.stop();
  await world.kill();
  await wild;
  await world.start();
  await world.advance(31);
  await loaded();
  await load.stop();
  // An orderly end copies the log into the database, and the next start makes a new one.
  await world.stop();
  await world.start();
  await loaded();
  const last = load.stop();
  await world.kill();
  await last;
  end_at = size();
  records = read_recording(shim.recording);
  await shim.close();
});

after(async () => {
  examiner.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What is wrong after a cut at that place. */
async function wrong_after(place, known, how) {
  const cut = await into_folder(after_power_cut(records, place, how));
  const found = await examiner.examine({ folder: cut }, known);
  await rm(cut, { recursive: true, force: true });
  return found;
}

const anywhere = () => ready_at + dice.below(end_at - ready_at);

test(`after ${CUTS} power cuts everything acknowledged is there`, async (t) => {
  t.diagnostic(`seed ${SEED}, ${records.length} records, ${Math.round(end_at / 1e6)} MB, ${book.acknowledged} operations acknowledged`);
  assert.ok(book.acknowledged > 100, "there was hardly any load");
  for (let n = 0; n < CUTS; n++) {
    const place = anywhere();
    assert.deepEqual(await wrong_after(place, book.at(place), { survives: survival(dice) }), [], `cut ${n} at ${place}`);
  }
});

test("after a power cut at any time, the first start included, the program comes up", async () => {
  for (let n = 0; n < STARTS; n++) {
    const place = n % 2 === 0 ? dice.below(ready_at) : anywhere();
    const data = await into_folder(after_power_cut(records, place, { survives: survival(dice) }));
    const world = await startWorld({ data, fresh: false });
    const doctor = JSON.parse((await world.command("doctor", "--deep", "--json")).stdout);
    assert.deepEqual({ lines: doctor.facts.lines, violations: doctor.violations }, { lines: 200, violations: [] }, `a cut at ${place}`);
    // The keys outlived it too: what was given out before still opens its order.
    const order = [...book.at(place).orders.values()].at(-1);
    if (order) {
      const client = new Client(world.base);
      assert.equal((await client.see(order)).status, 200);
      assert.equal(await readFile(join(data, "receipt-key.pub"), "utf8"), await readFile(join(folder, "receipt-key.pub"), "utf8"));
      client.close();
    }
    await world.kill();
    await rm(data, { recursive: true, force: true });
  }
});

test("a database that flushes too seldom is seen: synchronous=NORMAL", async () => {
  const normal = { survives: () => false, ignores: left_out_by_normal(records) };
  const found = await wrong_after(end_at, book.copy(), normal);
  assert.match(found.join("\n"), /lost: /);
  assert.deepEqual(await wrong_after(end_at, book.copy(), { survives: () => false }), [], "and the same with all its flushes is whole");
});

test("an answer before its commit is seen", async () => {
  const place = ready_at + Math.floor((end_at - ready_at) / 2);
  assert.match((await wrong_after(place, book.copy(), { survives: () => true })).join("\n"), /lost: /);
});
