// The shim's own tests, and those of the power cuts: against a few lines of Python that write, flush and ask for the time.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { promisify } from "node:util";

import { Dice } from "../api/malformed.mjs";
import { after_power_cut, left_out_by_normal, read_recording } from "./power.mjs";
import { Shim } from "./shim.mjs";

const run = promisify(execFile);
const BEGIN = "import os, sys, time\nos.chdir(sys.argv[1])\nhere = os.getcwd()\nf = os.open(here + '/book', os.O_RDWR | os.O_CREAT)\n";

let shim, data;
beforeEach(async () => {
  shim = await Shim.open();
  data = await mkdtemp(join(tmpdir(), "farline-shim-"));
});
afterEach(async () => {
  await shim.close();
  await rm(data, { recursive: true, force: true });
});

/** Runs it under the shim: `{stdout, code, signal}`. */
async function python(script, about) {
  const env = { ...process.env, ...shim.environment(data, about) };
  return run("python3", ["-c", BEGIN + script, data], { env }).catch((problem) => problem);
}

const written = () => readFile(join(data, "book"), "utf8");

test("points are named by what is done, and counted", async () => {
  await python("os.write(f, b'one'); os.write(f, b'two'); os.fsync(f); os.pwrite(f, b'O', 0); os.ftruncate(f, 1)\nos.rename(here + '/book', here + '/old'); os.unlink(here + '/old')");
  assert.deepEqual(Object.fromEntries(shim.points()), {
    "book make": 1, "book grow": 2, "book sync": 1, "book write": 1, "book cut": 1, "old rename": 1, "old remove": 1,
  });
});

test("it dies before, halfway and after the occurrence that is meant", async () => {
  const script = "for n in range(5): os.write(f, b'%d%d' % (n, n))";
  for (const [action, left] of [["die before", "0011"], ["die halfway", "00112"], ["die after", "001122"]]) {
    shim.arm({ point: "book grow", action, skip: 2 });
    const { signal } = await python(script);
    assert.deepEqual([signal, await written(), shim.acted()], ["SIGKILL", left, 1], action);
    await rm(join(data, "book"));
  }
  assert.equal((await python(script)).signal, undefined, "once is once");
  assert.equal(await written(), "0011223344");
});

test("it fails once, or for as long as it is armed", async () => {
  const script = "for n in range(4):\n  try: os.write(f, b'%d' % n)\n  except OSError as e: print(e.errno)";
  shim.arm({ point: "book grow", action: "fail", error: "ENOSPC", skip: 1 });
  assert.equal((await python(script)).stdout, "28\n");
  assert.equal(await written(), "023");
  shim.arm({ point: "b* write", action: "fail", error: "EIO", lasting: true });
  assert.equal((await python(script)).stdout, "5\n".repeat(4));
  shim.disarm();
  assert.equal((await python(script)).stdout, "");
});

test("the wall clock moves, and no other", async () => {
  const script = "print(round(time.time()), round(time.monotonic()))";
  const [wall, other] = (await python(script)).stdout.split(" ").map(Number);
  shim.clock(-86_400);
  const [moved, same] = (await python(script)).stdout.split(" ").map(Number);
  assert.ok(Math.abs(moved - wall + 86_400) < 60, `${wall} and ${moved}`);
  assert.ok(same - other < 60);
});

test("after a power cut there is what was flushed, and of the rest what survives", async () => {
  const folder = "d = os.open(here, os.O_RDONLY); os.fsync(d)\n";
  await python(`os.write(f, b'a' * 512)\nos.fsync(f)\n${folder}os.write(f, b'b' * 1024)\nos.open(here + '/new', os.O_CREAT)`, { record: true });
  const records = read_recording(shim.recording);
  const cut = (survives, place = Infinity) => {
    const files = after_power_cut(records, place, { survives });
    return Object.fromEntries([...files].map(([name, { octets, length }]) => [name, octets.toString("latin1", 0, length).replace(/(.)\1*/gs, (same, letter) => `${letter === "\0" ? "." : letter}${same.length}`)]));
  };
  assert.deepEqual(cut(() => false), { book: "a512" });
  assert.deepEqual(cut(() => true), { book: "a512b1024", new: "" });
  let asked = 0;
  // The name of the new file is not there; of the two sectors, the second alone is.
  assert.deepEqual(cut(() => ++asked === 3), { book: "a512.512b512" });
  assert.deepEqual(cut(() => true, records[0].ends), { book: "" });
  assert.deepEqual(cut(() => false, records.find(({ kind }) => kind === "folder synced").begins), {}, "a file whose folder was not flushed");
});

test("what was written while a flush was under way is not flushed by it", () => {
  const at = (place, kind, rest) => ({ kind, name: "book", offset: 0, octets: Buffer.from(""), begins: place, ends: place + 1, ...rest });
  const records = [at(0, "made"), at(1, "folder synced", { name: ".", offset: 1 }), at(2, "written", { octets: Buffer.from("a") })];
  records.push(at(3, "written", { offset: 1, octets: Buffer.from("b") }), at(4, "synced", { offset: 3 }));
  const { octets, length } = after_power_cut(records, Infinity, { survives: () => false }).get("book");
  assert.equal(octets.toString("latin1", 0, length), "a");
});

test("the flushes that synchronous=NORMAL leaves out are those of commits", () => {
  const [log, base] = ["farline.db-wal", "farline.db"];
  const records = [["written", log], ["synced", log], ["written", log], ["synced", log], ["written", base], ["synced", base], ["written", log], ["synced", log]].map(
    ([kind, name]) => ({ kind, name }),
  );
  const left_out = left_out_by_normal(records);
  assert.deepEqual(records.map((record, n) => (left_out(record) ? n : null)).filter((n) => n !== null), [1, 7]);
});

test("the same seed gives the same cut", async () => {
  await python("for n in range(20): os.write(f, b'%d' % (n % 10) * 600)", { record: true });
  const records = read_recording(shim.recording);
  const seen = (seed) => {
    const dice = new Dice(seed);
    const files = after_power_cut(records, Infinity, { survives: () => dice.roll() < 0.7 });
    return files.get("book")?.octets.toString("latin1") ?? "none";
  };
  assert.equal(seen(3), seen(3));
  assert.ok(new Set(Array.from({ length: 20 }, (_, seed) => seen(seed))).size > 3);
});
