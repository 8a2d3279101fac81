// How a world of these tests ends: everything that was begun comes to its end, and nothing is wrong with it.

import { setTimeout as pause } from "node:timers/promises";

import { unfinished } from "./book.mjs";

/** What is left unfinished is looked at again for so long. */
const PATIENCE_MS = 60_000;

/** No more load: what was under way is finished by its callers, and then by time. `others` are worlds with a clock that goes
 * along, and `provider` is the folder of the payment provider's journal. Gives what is wrong. */
export async function come_to_an_end({ keeping, examiner, world, load, book, others = [], provider = world.folder }) {
  // What was broken off counts as under way for half a minute.
  await world.advance(31);
  await load.finish();
  await load.again();
  // Checkouts run out, the provider is asked, suppliers answer at last: thirty hours in steps.
  for (const seconds of [60, 900, 900, 3600, 6 * 3600, 24 * 3600]) {
    for (const each of [...others, world]) await each.advance(seconds);
    await pause(400);
  }
  const until = Date.now() + PATIENCE_MS;
  const at = keeping.copies ? {} : { folder: provider };
  let open = [];
  do {
    await pause(300);
    const seen = await keeping.seen(world);
    open = unfinished(await examiner.look({ ...seen, ...at }));
    await keeping.forget(seen);
  } while (open.length > 0 && Date.now() < until);
  await world.kill();
  const left = await keeping.left(world);
  const found = await examiner.examine({ ...left, ...at }, book.without_quotes());
  await keeping.forget(left);
  return [...open, ...found];
}
