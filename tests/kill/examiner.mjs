// Looks at what a killed program left (keeping.mjs): the program's own checker, and a look of our own.

import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { program } from "../world/world.mjs";
import { faults } from "./book.mjs";

const run = promisify(execFile);
const LOOK = fileURLToPath(new URL("look.py", import.meta.url));
const SPOIL = "import sqlite3,sys\nwith sqlite3.connect(sys.argv[1]) as d:\n  for s in sys.argv[2:]:\n    assert d.execute(s).rowcount != 0, s";

export class Examiner {
  #eyes = null;
  #waiting = [];
  #times = [];

  #open() {
    this.#eyes = spawn("python3", [LOOK], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#eyes.stdout }).on("line", (line) => this.#waiting.shift().done(JSON.parse(line)));
    this.#eyes.once("close", (code) => {
      this.#eyes = null;
      this.#waiting.splice(0).forEach(({ fail }) => fail(new Error(`look.py ended with ${code}`)));
    });
  }

  /** What is in a folder or database. */
  look({ folder, psql }) {
    if (!this.#eyes) this.#open();
    return new Promise((done, fail) => {
      this.#waiting.push({ done, fail });
      this.#eyes.stdin.write(`${JSON.stringify({ folder, psql })}\n`);
    });
  }

  /** What the program's own checker finds. */
  async #doctor({ folder, store }) {
    const began = Date.now();
    const env = { ...process.env, ...(store ? { FARLINE_STORE: store } : {}), NO_COLOR: "1" };
    const answer = await run(program(), ["doctor", "--deep", "--data", folder], { env }).catch((problem) => problem);
    this.#times.push(Date.now() - began);
    if (!answer.code && /every invariant holds/.test(answer.stdout)) return [];
    return [`doctor: ${answer.code ?? answer.signal} ${answer.stdout}${answer.stderr}`];
  }

  /** Everything that is wrong with what was left. */
  async examine(left, book) {
    const [sick, seen] = await Promise.all([this.#doctor(left), this.look(left)]);
    return [...faults(book, seen), ...sick];
  }

  /** Alters a copy as no program of ours would; each statement must alter something. */
  spoil(left, statements) {
    return run("python3", ["-c", SPOIL, join(left.folder, "farline.db"), ...statements]);
  }

  /** How long the program's own checker takes in the mean. */
  doctor_ms() {
    return Math.round(this.#times.reduce((sum, time) => sum + time, 0) / Math.max(1, this.#times.length));
  }

  stop() {
    this.#eyes?.stdin.end();
  }
}
