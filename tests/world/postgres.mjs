// A PostgreSQL server of the test's own, in a temporary folder, as an unprivileged user, and removed with it. The machine's
// own clusters are not touched. What is committed outlives every end of the server, but not one of the machine. It is
// reached over a socket, or through a proxy of the test's (tests/faults/proxy.mjs).
//
//     const server = await startPostgres();
//     const world = await startWorld({ store: server.url(await server.database()) });
//     await server.stop();

import { execFile, spawn } from "node:child_process";
import { chownSync, existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

// By the server's own rule a commit is not waited for: a program that wants what it acknowledges to outlive the server
// has to ask for it (see `forgetful`).
const OPTIONS = {
  listen_addresses: "''",
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  max_connections: "100",
  shared_buffers: "64MB",
  autovacuum: "off",
};
/** The role that the program is: not a superuser, as an operator's would not be. */
const ROLE = "farline";

const running = new Set();
process.once("exit", () => running.forEach((server) => server.end_now()));

/** The newest installed server programs. */
function programs() {
  if (process.env.FARLINE_POSTGRES_BIN) return process.env.FARLINE_POSTGRES_BIN;
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(debian, version, "bin")), ...(process.env.PATH ?? "").split(delimiter)];
  const found = folders.find((folder) => existsSync(join(folder, "initdb")));
  if (!found) throw new Error("PostgreSQL's server programs are not installed (Debian: apt-get install postgresql)");
  return found;
}

/** PostgreSQL refuses to run as root; then it runs as the distribution's user for it, or as nobody. */
function unprivileged() {
  if (process.getuid() !== 0) return {};
  const users = readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":"));
  const [, , uid, gid] = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  return { uid: Number(uid), gid: Number(gid) };
}

export async function startPostgres() {
  const folder = await mkdtemp(join(tmpdir(), "farline-pg-"));
  const server = new Postgres(folder);
  try {
    await server.set_up();
  } catch (problem) {
    await server.stop();
    throw problem;
  }
  return server;
}

class Postgres {
  #databases = 0;

  constructor(folder) {
    Object.assign(this, { folder, data: join(folder, "data"), programs: programs(), user: unprivileged(), process: null });
  }

  /** Where the server's socket is. */
  get socket() {
    return join(this.folder, ".s.PGSQL.5432");
  }

  async set_up() {
    if (this.user.uid !== undefined) chownSync(this.folder, this.user.uid, this.user.gid);
    const initdb = ["-D", this.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"];
    await run(join(this.programs, "initdb"), initdb, { ...this.user, cwd: "/" });
    await this.start();
    await this.superuser("postgres", `CREATE ROLE ${ROLE} LOGIN CREATEDB`);
  }

  /** Starts the server, and waits until it answers. */
  async start() {
    const options = Object.entries(OPTIONS).flatMap(([name, value]) => ["-c", `${name}=${value === "''" ? "" : value}`]);
    this.process = spawn(join(this.programs, "postgres"), ["-D", this.data, "-k", this.folder, ...options], {
      ...this.user,
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    this.process.stderr.setEncoding("utf8").on("data", (text) => (said = (said + text).slice(-20_000)));
    this.ended = new Promise((done) => this.process.once("close", done));
    let over = false;
    this.ended.then(() => (over = true));
    running.add(this);
    while (!over) {
      if (await run(join(this.programs, "pg_isready"), ["--quiet", "--host", this.folder]).catch(() => null)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`PostgreSQL did not start\n${said}`);
  }

  /** Stops the process that writes in the background what nobody waits for: a server that dies then has lost it. */
  async forgetful() {
    this.writer = Number(await this.superuser("postgres", "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'"));
    process.kill(this.writer, "SIGSTOP");
  }

  /** Ends the server as a crash does. */
  async halt() {
    this.process.kill("SIGQUIT");
    if (this.writer) {
      // The order to die reaches it first.
      await new Promise((done) => setTimeout(done, 100));
      process.kill(this.writer, "SIGCONT");
      this.writer = null;
    }
    await this.ended;
    running.delete(this);
  }

  /** What is still possible while Node ends. */
  end_now() {
    this.process.kill("SIGQUIT");
  }

  /** Makes an empty database, and gives its name. */
  async database() {
    const name = `world_${(this.#databases += 1)}`;
    await this.superuser("postgres", `CREATE DATABASE ${name} OWNER ${ROLE}`);
    return name;
  }

  /** Removes a database with everything in it. */
  discard(database) {
    return this.superuser("postgres", `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  }

  /** The URL of a database, by the socket or through a port of the loopback interface. */
  url(database, port) {
    if (!port) return `postgres://${ROLE}@${encodeURIComponent(this.folder)}/${database}`;
    return `postgres://${ROLE}@127.0.0.1:${port}/${database}?sslmode=disable`;
  }

  /** The command that speaks to a database as a superuser, and gives rows alone. */
  psql(database) {
    const words = ["--no-psqlrc", "--quiet", "--tuples-only", "--set", "ON_ERROR_STOP=1"];
    return [join(this.programs, "psql"), ...words, "--username", "postgres", "--host", this.folder, "--dbname", database];
  }

  /** Runs SQL in a database, and gives what it answers, one line per row. */
  async superuser(database, sql) {
    const [psql, ...words] = this.psql(database);
    return (await run(psql, [...words, "--no-align", "--command", sql])).stdout.trim();
  }

  /** Everything in a database as SQL, as `pg_dump` writes it. */
  async dump(database) {
    const words = ["--username", "postgres", "--host", this.folder, "--dbname", database];
    return (await run(join(this.programs, "pg_dump"), words, { maxBuffer: 1 << 30, encoding: "buffer" })).stdout;
  }

  async stop() {
    if (this.process?.exitCode === null) await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }
}
