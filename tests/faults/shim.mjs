// The shim between the program under test and its C library (shim.h): compiled once, preloaded into one world, and told
// through a shared file at which named point to end the program, to make it fail, or how far to move its clock.
//
//     const shim = await Shim.open();
//     const world = await startWorld({ data, environment: shim.environment(data) });
//     shim.arm({ point: "farline.db-wal sync", action: "die after", skip: 3 });

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, openSync, readSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const SOURCES = fileURLToPath(new URL(".", import.meta.url));
const BUILT = fileURLToPath(new URL("../../.test-tools/faults", import.meta.url));

// As in shim.h.
const ACTIONS = ["nothing", "die before", "die halfway", "die after", "fail"];
const AT = { action: 0, skip: 4, error: 8, lasting: 12, acted: 16, names: 20, clock: 24, from: 32, to: 34, point: 40, seen: 160 };
const NAME = 120;
const ENTRY = NAME + 8;
const NAMES = 1000;
const SIZE = AT.seen + NAMES * ENTRY;

/** Compiles the shim, once for each state of its sources. */
async function built() {
  const files = readdirSync(SOURCES).filter((name) => /\.[ch]$/.test(name)).sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(SOURCES, file)));
  const library = join(BUILT, `shim-${hash.digest("hex").slice(0, 16)}.so`);
  try {
    readFileSync(library);
  } catch {
    await mkdir(BUILT, { recursive: true });
    const sources = files.filter((name) => name.endsWith(".c")).map((name) => join(SOURCES, name));
    const fresh = `${library}.${process.pid}`;
    await run("cc", ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", fresh, ...sources]);
    await rename(fresh, library);
  }
  return library;
}

export class Shim {
  /** A shim's shared file, in a folder of its own. */
  static async open() {
    const shim = new Shim();
    shim.library = await built();
    shim.folder = await mkdtemp(join(tmpdir(), "farline-faults-"));
    shim.file = openSync(join(shim.folder, "control"), "w+");
    ftruncateSync(shim.file, SIZE);
    return shim;
  }

  /** What makes a program run under it: `data` is its data folder, `record` whether its disk is recorded. */
  environment(data, { record = false } = {}) {
    const environment = { LD_PRELOAD: this.library, FARLINE_FAULTS: this.folder, FARLINE_FAULTS_DATA: data };
    return record ? { ...environment, FARLINE_FAULTS_DISK: "1" } : environment;
  }

  #put(at, octets) {
    writeSync(this.file, octets, 0, octets.length, at);
  }

  #number(at) {
    const octets = Buffer.alloc(4);
    readSync(this.file, octets, 0, 4, at);
    return octets.readUInt32LE();
  }

  #set(at, value) {
    const octets = Buffer.alloc(4);
    octets.writeUInt32LE(value);
    this.#put(at, octets);
  }

  /** From now on something happens at a point: once, or (a failure that is `lasting`) until it is disarmed. */
  arm({ point, action, skip = 0, error = "EIO", lasting = false }) {
    if (!ACTIONS.includes(action)) throw new Error(`there is no ${action}`);
    this.disarm();
    const name = Buffer.alloc(NAME);
    name.write(point);
    this.#put(AT.point, name);
    this.#set(AT.skip, skip);
    this.#set(AT.error, constants.errno[error]);
    this.#set(AT.lasting, lasting ? 1 : 0);
    this.#set(AT.acted, 0);
    this.#set(AT.action, ACTIONS.indexOf(action));
  }

  disarm() {
    this.#set(AT.action, 0);
  }

  /** How often something was done since it was armed. */
  acted() {
    return this.#number(AT.acted);
  }

  /** Adds so many seconds to the wall clock, and to no other. */
  clock(seconds) {
    const octets = Buffer.alloc(8);
    octets.writeBigInt64LE(BigInt(seconds));
    this.#put(AT.clock, octets);
  }

  /** Whoever connects to one port of the loopback interface comes to another. */
  redirect(from, to) {
    const octets = Buffer.alloc(4);
    octets.writeUInt16LE(from, 0);
    octets.writeUInt16LE(to, 2);
    this.#put(AT.from, octets);
  }

  /** Every point met so far, with how often. */
  points() {
    const octets = Buffer.alloc(SIZE);
    readSync(this.file, octets, 0, SIZE, 0);
    const points = new Map();
    for (let n = 0; n < octets.readUInt32LE(AT.names); n++) {
      const at = AT.seen + n * ENTRY;
      const name = octets.toString("utf8", at, at + NAME).split("\0")[0];
      points.set(name, Number(octets.readBigUInt64LE(at + NAME)));
    }
    return points;
  }

  /** Where the recording of the disk is. */
  get recording() {
    return join(this.folder, "disk");
  }

  async close() {
    closeSync(this.file);
    await rm(this.folder, { recursive: true, force: true });
  }
}
