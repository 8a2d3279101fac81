// What a person at the command line does about money that goes back: a dispute that a bank opens, and refunds by hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { orderByHttp, payByHttp } from "../browser/guest.mjs";
import { startWorld } from "../world/world.mjs";

/** Approved; a minute later the payer's bank takes the money back (crates/sandbox/README.md). */
const DISPUTED = "4000 0000 0000 0259";

let world;
before(async () => (world = await startWorld()));
after(() => world?.stop());

/** A delivered order, and its reference. */
async function delivered(number, card) {
  const order = await payByHttp(await orderByHttp(world, number), card);
  await order.reaches("delivered");
  return (await order.read()).reference;
}

/** The command's answer; it must end with this status. */
async function farline(status, ...words) {
  const answer = await world.command(...words);
  assert.equal(answer.code, status, `${words.join(" ")}: ${answer.stdout}${answer.stderr}`);
  return answer.stdout + answer.stderr;
}

/** The amount beside a name in the day's report. */
async function reported(name) {
  const report = await farline(0, "report", "money", "--zone", "UTC");
  return report.match(new RegExp(`^ +${name} +([-\\d.,]+)$`, "m"))?.[1];
}

test("a bank takes back what was delivered: a person sees it, and the day's money still adds up", async () => {
  const reference = await delivered("+1 416 555 0101", DISPUTED);
  await world.advance(120);
  const waiting = async () => {
    const list = await farline(0, "orders", "list", "--needs-person");
    return list.includes(reference) && list;
  };
  assert.match(await world.eventually("person's task", waiting), new RegExp(`${reference} +delivered +dispute `));
  assert.match(await farline(0, "orders", "show", reference), /needs_response \(fraudulent\), 28\.25 CAD disputed, 28\.25 CAD taken back/);
  assert.match(await farline(1, "orders", "refund", reference, "--reason", "as asked"), /bank has taken this payment back.*no money moved/);
  assert.equal(await reported("taken back by banks"), "28.25");
  assert.equal(await reported("difference"), "0.00");
  await farline(0, "orders", "resolve", reference, "--verdict", "close", "--reason", "evidence sent");
  assert.match(await farline(0, "orders", "list", "--needs-person"), /No order waits/);
});

test("a person gives back a part, the same words give it once, credit is on the line, and no more than was paid goes back", async () => {
  const reference = await delivered("+1 416 555 0102");
  const refund = (status, ...words) => farline(status, "orders", "refund", reference, ...words);
  assert.match(await refund(0, "--amount", "5.00", "--reason", "slow for a day"), /given back 5\.00 CAD; 23\.25 CAD/);
  assert.match(await refund(0, "--amount", "5.00", "--reason", "slow for a day"), /given back 5\.00 CAD; 23\.25 CAD/);
  assert.match(await refund(0, "--amount", "3", "--as-credit", "--reason", "as agreed"), /3\.00 CAD as credit on the line; 20\.25 CAD/);
  assert.match(await refund(1, "--amount", "20.26", "--reason", "all of it"), /20\.25 CAD of its payment is left; no money moved/);
  assert.match(await refund(1, "--amount", "five", "--reason", "all of it"), /“five” is not an amount of CAD; no money moved/);
  const shown = async () => {
    const text = await farline(0, "orders", "show", reference);
    return /refund 1: 5\.00 CAD, given back/.test(text) && /refund 2: 3\.00 CAD as credit on the line, given back/.test(text);
  };
  await world.eventually("both refunds", shown);
  assert.equal(await reported("given back"), "8.00");
  assert.equal(await reported("difference"), "0.00");
  assert.match(await farline(0, "doctor", "--deep"), /every invariant holds/);
});
