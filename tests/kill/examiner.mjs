// Looks at what a killed program left: the program's own checker, and a look of our own, on a copy, so that the program can
// start again meanwhile.

import { execFile, spawn } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { program } from "../world/world.mjs";
import { faults } from "./book.mjs";

const run = promisify(execFile);
const LOOK = fileURLToPath(new URL("look.py", import.meta.url));
const SPOIL = "import sqlite3,sys\nwith sqlite3.connect(sys.argv[1]) as d:\n  for s in sys.argv[2:]:\n    assert d.execute(s).rowcount != 0, s";
const KEPT = ["farline.db", "farline.db-wal", "sandbox.jsonl"];

export class Examiner {
  #eyes = null;
  #waiting = [];
  #times = [];

  #open() {
    this.#eyes = spawn("python3", [LOOK], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#eyes.stdout }).on("line", (line) => this.#waiting.shift().done(JSON.parse(line)));
    this.#eyes.once("close", (code) => this.#waiting.splice(0).forEach(({ fail }) => fail(new Error(`look.py ended with ${code}`))));
  }

  /** Copies what the database and the provider keep. */
  async copy(folder) {
    const copy = await mkdtemp(join(tmpdir(), "farline-killed-"));
    for (const file of KEPT) {
      await copyFile(join(folder, file), join(copy, file)).catch((problem) => {
        if (problem.code !== "ENOENT" || file === "farline.db") throw problem;
      });
    }
    return copy;
  }

  forget(copy) {
    return rm(copy, { recursive: true, force: true });
  }

  /** What is in a folder. */
  look(copy) {
    if (!this.#eyes) this.#open();
    return new Promise((done, fail) => {
      this.#waiting.push({ done, fail });
      this.#eyes.stdin.write(`${copy}\n`);
    });
  }

  /** Everything that is wrong with a copy, which goes afterwards. */
  async examine(copy, book) {
    const began = Date.now();
    const doctor = await run(program(), ["doctor", "--deep", "--data", copy], { env: { ...process.env, NO_COLOR: "1" } }).catch((problem) => problem);
    this.#times.push(Date.now() - began);
    const found = faults(book, await this.look(copy));
    if (doctor.code || !/every invariant holds/.test(doctor.stdout)) found.push(`doctor: ${doctor.code} ${doctor.stdout}${doctor.stderr}`);
    await this.forget(copy);
    return found;
  }

  /** Alters a copy as no program of ours would; each statement must alter something. */
  spoil(copy, statements) {
    return run("python3", ["-c", SPOIL, join(copy, "farline.db"), ...statements]);
  }

  /** How long the program's own checker takes in the mean. */
  doctor_ms() {
    return Math.round(this.#times.reduce((sum, time) => sum + time, 0) / Math.max(1, this.#times.length));
  }

  stop() {
    this.#eyes?.stdin.end();
  }
}
