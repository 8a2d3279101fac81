// How long a restart takes after kill -9 under load, with a database of some size: a figure for a person to read, not a test.
//
//     FARLINE_BIN=target/release/farline node tests/kill/restart.mjs [LINES] [KILLS]
//
// A million and a half lines make a gigabyte. The time is from the start of the program to its first answer, a quote, which is
// written; it includes what the killed one left in the log.
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { once } from "node:events";

import { Client } from "../api/client.mjs";
import { Dice } from "../api/malformed.mjs";
import { placeWorld } from "../world/world.mjs";
import { Book } from "./book.mjs";
import { Load } from "./load.mjs";

const [LINES, KILLS] = [Number(process.argv[2] ?? 1_500_000), Number(process.argv[3] ?? 10)];
const COLUMNS = "number,iccid,operator,province,language,activated_on,expires_on,anniversary_day,pin,puk,data_granted";
const day = (from_now) => new Date(Date.now() + from_now * 86_400_000).toISOString().slice(0, 10);

/** Twenty digits whose last one checks the others (ITU-T E.118, by Luhn). */
function iccid(index) {
  const digits = `8930299${String(index).padStart(12, "0")}`;
  const sum = [...digits].reduce((total, digit, at) => total + (at % 2 === 1 ? Number(digit) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit]), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

async function write_lines(path) {
  const file = createWriteStream(path);
  file.write(`${COLUMNS}\n`);
  const dates = `${day(-30)},${day(20)}`;
  for (let n = 0; n < LINES; n++) {
    const row = `,${iccid(n)},maplewave,ON,zh-CN,${dates},,,,5 GB\n`;
    if (!file.write(row)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}

const size = (path) => stat(path).then(({ size }) => size, () => 0);
const megabytes = (octets) => `${Math.round(octets / 1e6)} MB`;

const world = await placeWorld();
await world.start({ fresh: true });
const path = join(world.folder, "lines.csv");
await write_lines(path);
const imported = await world.command("import", "lines", path);
if (imported.code !== 0) throw new Error(imported.stderr);
console.log(imported.stdout.trim());

const took = [];
const [book, dice] = [new Book(), new Dice(1)];
for (let n = 0; n < KILLS; n++) {
  const load = new Load({ world, book, dice, workers: 6, first_address: 700_000 + 1000 * n });
  load.start();
  await load.going(200);
  const wild = load.stop();
  await world.kill();
  await wild;
  const [data, log] = await Promise.all(["farline.db", "farline.db-wal"].map((name) => size(join(world.folder, name))));
  const began = performance.now();
  await world.start();
  const client = new Client(world.base);
  const answer = await client.quote();
  took.push(performance.now() - began);
  client.close();
  if (answer.status !== 201) throw new Error(answer.text);
  console.log(`${megabytes(data)} and ${megabytes(log)} of log: serving after ${Math.round(took.at(-1))} ms`);
}
took.sort((one, other) => one - other);
console.log(`${KILLS} kills: median ${Math.round(took[Math.floor(KILLS / 2)])} ms, longest ${Math.round(took.at(-1))} ms`);
await world.kill();
await world.forget();
