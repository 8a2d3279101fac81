// How well use is foretold: the figures of `farline forecast backtest` on the demonstration's cards, printed, and held against
// the mean of thirty days, which is the floor.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startWorld } from "../world/world.mjs";

let world;
before(async () => {
  world = await startWorld();
});
after(() => world?.stop());

async function backtest(...more) {
  const { code, stdout, stderr } = await world.command("forecast", "backtest", ...more);
  assert.equal(code, 0, stderr);
  return stdout;
}

test("the use of the demonstration's cards is foretold better than by the mean", async (t) => {
  for (const line of (await backtest()).trimEnd().split("\n")) t.diagnostic(line);
  const { cards, spans } = JSON.parse(await backtest("--json"));
  assert.ok(cards >= 100, `${cards} cards`);
  assert.deepEqual(
    spans.map(({ kind, days }) => `${kind} ${days}`),
    ["data", "voice", "messages"].flatMap((kind) => [7, 14, 28].map((days) => `${kind} ${days}`)),
  );
  for (const { kind, days, held_out, coverage, run_out_coverage, smoothing, mean } of spans) {
    const what = `${kind} over ${days} days`;
    assert.ok(held_out > 300, `${what}: ${held_out} spans held out`);
    assert.ok(smoothing.daily_error < mean.daily_error * 0.9, `${what}: single days`);
    // The demonstration's cards hardly change their ways, so that over weeks the mean is as good as anything; the days move with
    // the calendar, and the figures with them by some hundredths.
    assert.ok(smoothing.sum_error <= mean.sum_error * 1.05, `${what}: sums`);
    const slack = kind === "data" && days < 28 ? 1 : 1.15;
    assert.ok(smoothing.run_out_error_days <= mean.run_out_error_days * slack, `${what}: run-out dates`);
    assert.ok(coverage > 0.65 && coverage < 0.95, `${what}: the 80 % interval held ${coverage}`);
    assert.ok(run_out_coverage > 0.65, `${what}: that of dates held ${run_out_coverage}`);
  }
});
