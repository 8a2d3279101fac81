// The machine's wall clock jumps under load, an hour and a day in both directions, and over restarts: nothing acknowledged is
// lost, nothing is doubled, and everything comes to an end.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Dice } from "../api/malformed.mjs";
import { Book } from "../kill/book.mjs";
import { come_to_an_end } from "../kill/ending.mjs";
import { Examiner } from "../kill/examiner.mjs";
import { InFiles } from "../kill/keeping.mjs";
import { Load } from "../kill/load.mjs";
import { full } from "../world/world.mjs";
import { Shim } from "./shim.mjs";

const SEED = Number(process.env.FARLINE_SEED ?? 20_261_201);
const [HOUR, DAY] = [3600, 86_400];
/** Where the wall clock stands, in seconds from the truth; after half of the jumps the program is killed and starts there. */
const STANDS = [HOUR, 0, -HOUR, 0, DAY, 0, -DAY, HOUR, 0];
const ROUNDS = full() ? 50 : 1;

const examiner = new Examiner();
after(() => examiner.stop());

test("the wall clock jumps back and forth under load", async (t) => {
  const keeping = new InFiles();
  const dice = new Dice(SEED);
  const shim = await Shim.open();
  const world = await keeping.world(shim);
  const book = new Book();
  const load = new Load({ world, book, dice, workers: 6, first_address: 600_000 });
  const found = [];
  try {
    for (let round = 0; round < ROUNDS && found.length === 0; round++) {
      for (const [n, seconds] of STANDS.entries()) {
        load.start();
        await load.going(5);
        shim.clock(seconds);
        await pause(dice.below(200));
        await load.going(10);
        const wild = load.stop();
        if ((n + round) % 2 === 0) {
          await world.kill();
          await wild;
          const left = await keeping.left(world);
          found.push(...(await examiner.examine(left, book.without_quotes())));
          await keeping.forget(left);
          await world.start();
          await world.advance(31);
        } else {
          await wild;
        }
      }
    }
    if (found.length === 0) found.push(...(await come_to_an_end({ keeping, examiner, world, load, book })));
    t.diagnostic(`seed ${SEED}, ${STANDS.length * ROUNDS} jumps, ${book.acknowledged} operations acknowledged`);
    assert.deepEqual(found, []);
    assert.doesNotMatch(world.log, /panicked at/);
  } finally {
    await world.kill();
    await keeping.over(world);
    await shim.close();
  }
});
