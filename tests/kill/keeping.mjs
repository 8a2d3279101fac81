// Where the worlds of these tests keep their data, and how what a killed one left is laid before the examiner: SQLite as a
// copy, so that the program can start again meanwhile, and PostgreSQL as it stands, once nobody is connected any more.

import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { startPostgres } from "../world/postgres.mjs";
import { placeWorld } from "../world/world.mjs";

/** How long the server may take to notice that a program is gone, and to end what it was doing for it. */
const PATIENCE_MS = 60_000;
const KEPT = ["farline.db", "farline.db-wal", "sandbox.jsonl"];

async function started(world) {
  await world.start();
  return world;
}

const folder = () => mkdtemp(join(tmpdir(), "farline-world-"));
const gone = (path) => rm(path, { recursive: true, force: true });

export class InFiles {
  name = "SQLite";
  /** Whether the program may start again while it is examined. */
  copies = true;

  async open() {}

  /** The place of a world, under a shim if there is one. */
  async place(shim) {
    const data = await folder();
    return placeWorld({ data, environment: shim?.environment(data) });
  }

  /** A fresh world. */
  async world(shim) {
    return started(await this.place(shim));
  }

  /** What a stopped world left. */
  async left(world) {
    const copy = await mkdtemp(join(tmpdir(), "farline-killed-"));
    for (const file of KEPT) {
      await copyFile(join(world.folder, file), join(copy, file)).catch((problem) => {
        if (problem.code !== "ENOENT" || file === "farline.db") throw problem;
      });
    }
    return { folder: copy };
  }

  /** What is seen of a running one that has nothing to write. */
  seen(world) {
    return this.left(world);
  }

  forget(left) {
    return gone(left.folder);
  }

  /** A world is needed no more. */
  over(world) {
    return gone(world.folder);
  }

  async close() {}
}

export class InPostgres {
  name = "PostgreSQL";
  copies = false;

  async open() {
    this.server = await startPostgres();
  }

  /** `port` is that of a proxy between the program and the server. */
  async place(shim, port) {
    const data = await folder();
    const database = await this.server.database();
    const world = await placeWorld({ data, store: this.server.url(database, port), environment: shim?.environment(data) });
    return Object.assign(world, { database });
  }

  async world(shim, port) {
    return started(await this.place(shim, port));
  }

  async left(world) {
    const others = `SELECT count(*) FROM pg_stat_activity WHERE datname = '${world.database}'`;
    const until = Date.now() + PATIENCE_MS;
    while ((await this.server.superuser("postgres", others)) !== "0") {
      if (Date.now() > until) throw new Error(`after ${PATIENCE_MS} ms a killed program is still connected`);
      await pause(10);
    }
    return this.seen(world);
  }

  async seen(world) {
    return { folder: world.folder, store: this.server.url(world.database), psql: this.server.psql(world.database) };
  }

  async forget() {}

  async over(world) {
    await this.server.discard(world.database);
    await gone(world.folder);
  }

  close() {
    return this.server.stop();
  }
}
