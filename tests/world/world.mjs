// The program under test, as a person starts it: `farline demo` in a folder of its own, on a free port. Every suite that
// walks the running program (journeys, pages, api, access, kill) begins here.
//
//     const world = await startWorld();          // target/debug/farline, or the program that FARLINE_BIN names
//     await world.advance(900);                   // the sandbox clock; nothing waits for real time
//     const letters = await world.mailbox();
//     await world.stop();                         // throws when the program panicked or left anything but 0

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { readMailbox } from "./mailbox.mjs";

const run = promisify(execFile);
const BUILT = fileURLToPath(new URL("../../target/debug/farline", import.meta.url));

// Longer than a first start takes on a busy machine; only a failing test waits so long.
const PATIENCE_MS = 60_000;

const running = new Set();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** The program to test. */
export const program = () => process.env.FARLINE_BIN || BUILT;

/** Whether the larger figures are wanted (`./test --full`). */
export const full = () => Boolean(process.env.FARLINE_FULL);

/** A port of 127.0.0.1 that nobody listens on just now. */
export async function freePort() {
  const server = createServer();
  await new Promise((done, fail) => server.once("error", fail).listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts a world. `data` keeps a folder of yours; otherwise there is a fresh one, which goes with the world. `store` is the
 * URL of a database (tests/world/postgres.mjs); otherwise the data is in the folder. */
export async function startWorld({ fresh = true, ...about } = {}) {
  const world = await placeWorld(about);
  try {
    await world.start({ fresh: fresh && !world.store });
  } catch (problem) {
    await world.forget();
    throw problem;
  }
  return world;
}

/** The same, but not started yet. */
export async function placeWorld({ data, port, store, environment = {} } = {}) {
  const folder = data ?? (await mkdtemp(join(tmpdir(), "farline-world-")));
  return new World({ folder, keep: Boolean(data), port: port ?? (await freePort()), store, environment });
}

class World {
  constructor({ folder, keep, port, store, environment }) {
    Object.assign(this, { folder, keep, port, store, environment, log: "", process: null });
    this.base = `http://127.0.0.1:${port}`;
  }

  /** What every command of this world is told by its environment. */
  get #surroundings() {
    return { ...process.env, ...(this.store ? { FARLINE_STORE: this.store } : {}), NO_COLOR: "1" };
  }

  /** Starts the program and waits until it answers. After `kill` it is the way to come back. */
  async start({ fresh = false } = {}) {
    const args = ["demo", "--port", String(this.port), "--data", this.folder, ...(fresh ? ["--fresh"] : [])];
    this.process = spawn(program(), args, {
      env: { ...this.#surroundings, ...this.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.ended = new Promise((done) => {
      this.process.once("error", (problem) => done({ problem }));
      this.process.once("close", (code, signal) => done({ code, signal }));
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.log += text));
    }
    // A world that a test forgot ends with the tests, and does not keep them waiting.
    running.add(this.process);
    try {
      await this.ready();
    } catch (problem) {
      await this.kill();
      throw problem;
    }
    this.#awaited("unref");
  }

  /** Whether Node goes on running for the program's sake: "ref" or "unref". */
  #awaited(how) {
    for (const handle of [this.process, this.process?.stdout, this.process?.stderr]) handle?.[how]?.();
  }

  /** Waits for `/readyz`. */
  async ready() {
    const until = Date.now() + PATIENCE_MS;
    let ending;
    this.ended.then((how) => (ending = how));
    while (Date.now() < until) {
      if (ending) throw new Error(`the program ended before it was ready: ${JSON.stringify(ending)}\n${this.log}`);
      // Whoever is killed while it answers has not answered.
      const answered = async (answer) => (await answer.arrayBuffer()) && answer.ok;
      if (await fetch(`${this.base}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(answered).catch(() => false)) return;
      await pause(20);
    }
    throw new Error(`the program was not ready after ${PATIENCE_MS} ms\n${this.log}`);
  }

  /** The address of a path. */
  at(path) {
    return new URL(path, this.base).href;
  }

  /** Moves the program's time forward. */
  async advance(seconds) {
    const answer = await fetch(this.at("/sandbox/clock"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance_s: seconds }),
    });
    if (!answer.ok) throw new Error(`the sandbox clock answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }

  /** Asks again until `look` gives something true: for what happens beside the request. */
  async eventually(what, look, patience_ms = 15_000) {
    const until = Date.now() + patience_ms;
    for (;;) {
      const seen = await look();
      if (seen) return seen;
      if (Date.now() > until) throw new Error(`after ${patience_ms} ms there was still no ${what}`);
      await pause(25);
    }
  }

  /** The demonstration's letters and texts, newest first: `{medium, to, at, language, subject, body, links}`. */
  async mailbox() {
    const answer = await fetch(this.at("/mailbox"));
    if (!answer.ok) throw new Error(`the mailbox answered ${answer.status}`);
    return readMailbox(await answer.text());
  }

  /** Runs another command of the program on the same data: `command("orders", "list")`. Gives `{code, stdout, stderr}`. */
  async command(...words) {
    try {
      const { stdout, stderr } = await run(program(), [...words, "--data", this.folder], { env: this.#surroundings });
      return { code: 0, stdout, stderr };
    } catch (problem) {
      if (typeof problem.code !== "number") throw problem;
      return { code: problem.code, stdout: problem.stdout, stderr: problem.stderr };
    }
  }

  /** `kill -9`: nothing is flushed, nobody says goodbye. */
  async kill() {
    this.#awaited("ref");
    this.process?.kill("SIGKILL");
    await this.ended;
  }

  /** Ends the program as an operator does, looks at how it went, and takes its folder away. */
  async stop() {
    this.#awaited("ref");
    this.process.kill("SIGTERM");
    const late = setTimeout(() => this.process.kill("SIGKILL"), 10_000);
    const how = await this.ended;
    clearTimeout(late);
    await this.forget();
    if (how.code !== 0) throw new Error(`the program ended with ${JSON.stringify(how)}\n${this.log}`);
    if (/panicked at/.test(this.log)) throw new Error(`the program panicked\n${this.log}`);
  }

  async forget() {
    if (!this.keep) await rm(this.folder, { recursive: true, force: true });
  }
}
