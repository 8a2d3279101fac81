// A disk that has no room, and one that fails, under SQLite and under load. Without room, reads go on, writes are refused
// clearly, and with room again everything goes on without a restart. After a failed write or flush the program ends, as
// nobody knows what is on the disk; what it acknowledged is there even if all that was not flushed is gone.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Client, assert_problem } from "../api/client.mjs";
import { Dice } from "../api/malformed.mjs";
import { Book } from "../kill/book.mjs";
import { Examiner } from "../kill/examiner.mjs";
import { InFiles } from "../kill/keeping.mjs";
import { Load } from "../kill/load.mjs";
import { full, startWorld } from "../world/world.mjs";
import { after_power_cut, into_folder, read_recording, survival } from "./power.mjs";
import { Shim } from "./shim.mjs";

const SEED = Number(process.env.FARLINE_SEED ?? 20_261_129);
/** How often the room runs out, each time a few allocations later than the load began. */
const TIMES_FULL = full() ? 2000 : 25;
/** How many times an I/O fails, each in a world of its own. */
const FAILURES = full() ? 300 : 5;

const examiner = new Examiner();
after(() => examiner.stop());

test(`${TIMES_FULL} times without room: reads go on, writes are refused, and it heals`, async (t) => {
  t.diagnostic(`seed ${SEED} (FARLINE_SEED)`);
  const keeping = new InFiles();
  const dice = new Dice(SEED);
  const shim = await Shim.open();
  const world = await keeping.world(shim);
  const book = new Book();
  const load = new Load({ world, book, dice, workers: 4, first_address: 400_000 });
  const delivered = () => [...book.orders.values()].find(({ states }) => states.has("delivered"));
  const places = new Map();
  try {
    load.start();
    await world.eventually("a delivery", delivered, 60_000);
    for (let n = 0; n < TIMES_FULL; n++) {
      shim.arm({ point: "farline.db* grow*", action: "fail", error: "ENOSPC", lasting: true, skip: dice.below(60) });
      await world.eventually("allocation", () => shim.acted() > 0, 60_000);
      // Whoever wants to write is told so, as soon as what is written needs more than the room that the files have already.
      const reader = new Client(world.base);
      const refused = async () => {
        const answer = await reader.quote();
        return answer.status !== 201 && answer;
      };
      assert_problem(await world.eventually("refusal", refused, 60_000), 503, "unavailable");
      const seen = await reader.see(delivered());
      assert.equal(seen.status, 200, seen.text);
      assert.equal((await reader.get("/readyz")).status, 200);
      reader.close();
      shim.disarm();
      // What could not be noted as done counts as under way for half a minute.
      await world.advance(31);
      await load.going(3);
    }
    for (const [point, count] of shim.points()) if (/^farline\.db.* grow/.test(point)) places.set(point, count);
    await load.stop();
    await load.finish();
    assert.doesNotMatch(world.log, /panicked at|has stopped/);
    await world.kill();
    const left = await keeping.left(world);
    assert.deepEqual(await examiner.examine(left, book.copy()), []);
    await keeping.forget(left);
  } finally {
    t.diagnostic(`${book.acknowledged} operations acknowledged; allocations: ${[...places].map(([point, count]) => `${count} × ${point}`).join(", ")}`);
    await world.kill();
    await keeping.over(world);
    await shim.close();
  }
});

/** Lets an I/O fail under load. Gives how the program ended, if it did, and what was wrong with what a power cut left then. */
async function failed(dice, failure) {
  const shim = await Shim.open();
  const data = await mkdtemp(join(tmpdir(), "farline-world-"));
  const world = await startWorld({ data, environment: shim.environment(data, { record: true }) });
  const book = new Book();
  const load = new Load({ world, book, dice, workers: 6, first_address: 450_000 });
  try {
    load.start();
    await load.going(20);
    shim.arm({ ...failure, action: "fail", skip: dice.below(failure.passing) });
    await world.eventually("failure", () => shim.acted() > 0, 60_000);
    const ending = await Promise.race([world.ended, pause(failure.ends ? 30_000 : 1000)]);
    const wild = load.stop();
    await world.kill();
    await wild;
    const cut = await into_folder(after_power_cut(read_recording(shim.recording), Infinity, { survives: survival(dice) }));
    const found = await examiner.examine({ folder: cut }, book.copy());
    // And it starts again there.
    const again = await startWorld({ data: cut, fresh: false });
    await again.kill();
    await rm(cut, { recursive: true, force: true });
    return { ending, found, said: world.log };
  } finally {
    await world.kill();
    await rm(data, { recursive: true, force: true });
    await shim.close();
  }
}

const FATAL = [
  { point: "farline.db-wal sync", error: "EIO", passing: 20, ends: true },
  { point: "farline.db-wal grow*", error: "EIO", passing: 200, ends: true },
];

test(`${FAILURES} failed writes and flushes: the program ends, and nothing acknowledged is lost`, async (t) => {
  const dice = new Dice(SEED);
  t.diagnostic(`seed ${SEED} (FARLINE_SEED)`);
  for (let n = 0; n < FAILURES; n++) {
    const failure = FATAL[n % FATAL.length];
    const { ending, found, said } = await failed(dice, failure);
    assert.deepEqual(found, [], JSON.stringify(failure));
    assert.equal(ending?.code, 1, `after ${failure.point} failed it ended with ${JSON.stringify(ending)}`);
    assert.match(said, /the store has stopped after a disk error/);
    assert.doesNotMatch(said, /panicked at/);
  }
});

test("a failed read is told to whoever asked, or ends the program, and nothing is lost", async () => {
  const { found, said } = await failed(new Dice(SEED), { point: "farline.db* read", error: "EIO", passing: 20, ends: false });
  assert.deepEqual(found, []);
  assert.doesNotMatch(said, /panicked at/);
});
