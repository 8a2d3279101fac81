// Stands between the program and PostgreSQL, reads what both say, and cuts a connection exactly at a COMMIT: before the server
// hears of it, or after it has committed and before the program hears so.

import { createServer, connect } from "node:net";

/** The messages of one side, whole, with their kind (protocol 3.0; the first of the program's has none). */
class Messages {
  #octets = Buffer.alloc(0);

  constructor(begins) {
    this.begins = begins;
  }

  *take(more) {
    this.#octets = Buffer.concat([this.#octets, more]);
    for (;;) {
      const kind = this.begins ? 1 : 0;
      if (this.#octets.length < kind + 4) return;
      const length = kind + this.#octets.readUInt32BE(kind);
      if (this.#octets.length < length) return;
      const octets = this.#octets.subarray(0, length);
      this.#octets = this.#octets.subarray(length);
      yield { kind: kind ? String.fromCharCode(octets[0]) : "", octets, text: octets.toString("latin1", kind + 4) };
      this.begins = true;
    }
  }
}

const is_commit = ({ kind, text }) => kind === "Q" && text === "COMMIT\0";
const is_committed = ({ kind, text }) => kind === "C" && text === "COMMIT\0";
const ROLL_BACK = Buffer.from("Q\0\0\0\x0dROLLBACK\0", "latin1");
const is_rolled_back = ({ kind, text }) => kind === "C" && text === "ROLLBACK\0";
const COMMITTED = Buffer.from("C\0\0\0\x0bCOMMIT\0", "latin1");

export class Proxy {
  /** Cut at commits: by what was done. */
  cut = { before: 0, after: 0 };
  commits = 0;
  /** "nothing", or at the next commit "before" or "after". */
  plan = "nothing";
  /** For a test of the tests: whether the program is to hear of a commit that never was. It is told whether rows were
   * written just before, in one go, as the line pipeline does. */
  lies = () => false;
  #connections = new Set();

  /** Opens a proxy to a server's socket. */
  static async open(socket) {
    const proxy = new Proxy();
    proxy.socket = socket;
    proxy.server = createServer((program) => proxy.#between(program));
    await new Promise((done, fail) => proxy.server.once("error", fail).listen(0, "127.0.0.1", done));
    proxy.port = proxy.server.address().port;
    return proxy;
  }

  #between(program) {
    const database = connect(this.socket);
    const end = () => {
      program.destroy();
      database.destroy();
      this.#connections.delete(end);
    };
    this.#connections.add(end);
    for (const side of [program, database]) side.setNoDelay?.(true).on("error", end).on("close", end);
    const [wants, answers] = [new Messages(false), new Messages(true)];
    let [cuts, lied] = [false, false];
    program.on("data", (octets) => {
      let rows = false;
      for (const message of wants.take(octets)) {
        if (is_commit(message)) {
          this.commits += 1;
          if (this.plan === "before") {
            this.#did("before");
            return end();
          }
          if (this.lies(rows)) {
            lied = true;
            database.write(ROLL_BACK);
            continue;
          }
          if (this.plan === "after") cuts = true;
        }
        database.write(message.octets);
        rows = true;
      }
      return undefined;
    });
    database.on("data", (octets) => {
      for (const message of answers.take(octets)) {
        if (cuts && is_committed(message)) {
          this.#did("after");
          return end();
        }
        program.write(lied && is_rolled_back(message) ? COMMITTED : message.octets);
        if (is_rolled_back(message)) lied = false;
      }
      return undefined;
    });
  }

  #did(what) {
    this.cut[what] += 1;
    this.plan = "nothing";
  }

  async close() {
    for (const end of this.#connections) end();
    await new Promise((done) => this.server.close(done));
  }
}
