// The harness's own tests: a world that starts, moves, dies and comes back, against a stand-in for the program.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { freePort, startWorld } from "./world.mjs";

const STAND_IN = fileURLToPath(new URL("stand_in.mjs", import.meta.url));
chmodSync(STAND_IN, 0o755);
process.env.FARLINE_BIN = STAND_IN;

const startWith = (mode) => startWorld({ environment: { STAND_IN: mode } });

test("a world starts, answers, and takes its folder away", async () => {
  const world = await startWorld();
  assert.ok(existsSync(world.folder));
  assert.equal((await fetch(world.at("/now"))).status, 200);
  await world.stop();
  assert.ok(!existsSync(world.folder));
});

test("the clock goes forward by what was asked", async () => {
  const world = await startWorld();
  await world.advance(900);
  await world.advance(100);
  assert.equal(await (await fetch(world.at("/now"))).text(), "1000");
  await assert.rejects(world.advance("soon"), /the sandbox clock answered 422/);
  await world.stop();
});

test("the mailbox is read as a person reads it", async () => {
  const world = await startWorld();
  const [letter, text] = await world.mailbox();
  assert.deepEqual(letter, {
    medium: "email",
    to: "a***@example.org",
    at: "3:30 a.m.",
    language: "fr-CA",
    subject: "Votre code & plus",
    body: "Le code est 123456\u00a0.\nVoir http://127.0.0.1/r?a=1&b=2",
    links: ["http://127.0.0.1/r?a=1&b=2"],
  });
  assert.equal(text.medium, "text");
  assert.equal(text.body, "验证码 🌏 654321");
  await world.stop();
});

test("a killed world comes back on the same port with the same data", async () => {
  const world = await startWorld();
  await world.kill();
  assert.equal((await world.ended).signal, "SIGKILL");
  await assert.rejects(fetch(world.at("/now")));
  await world.start();
  assert.equal(readFileSync(join(world.folder, "starts"), "utf8"), "fresh\nagain\n");
  assert.equal((await fetch(world.at("/now"))).status, 200);
  await world.stop();
});

test("other commands see the same data, and their refusals are told", async () => {
  const world = await startWorld();
  const answer = await world.command("doctor", "--deep");
  assert.deepEqual(JSON.parse(answer.stdout), { verb: "doctor", words: ["--deep", "--data", world.folder] });
  assert.equal((await world.command("refuse")).code, 3);
  await world.stop();
});

test("a program that cannot start is told with what it said", async () => {
  await assert.rejects(startWith("dies"), /ended before it was ready[^]*no such operator/);
});

test("a panic or a bad ending fails the test that stops the world", async () => {
  await assert.rejects((await startWith("panics")).stop(), /panicked/);
  await assert.rejects((await startWith("fails")).stop(), /"code":4/);
});

test("what never comes is not waited for for ever", async () => {
  const world = await startWorld();
  let looks = 0;
  assert.equal(await world.eventually("third look", () => ++looks === 3 && "seen"), "seen");
  await assert.rejects(world.eventually("miracle", () => false, 100), /still no miracle/);
  await world.stop();
});

test("a world that a test forgot ends with the tests", async () => {
  const script = `import { startWorld } from ${JSON.stringify(new URL("world.mjs", import.meta.url).href)};
    console.log((await startWorld()).base);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]);
  assert.match(stdout, /^http:/);
  await assert.rejects(fetch(stdout.trim()));
});

test("free ports differ from the ports in use", async () => {
  const world = await startWorld();
  assert.notEqual(await freePort(), world.port);
  await world.stop();
});
