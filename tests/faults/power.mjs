// Power cuts, made of a recording of the disk (disk.c): what was flushed is there; of what was not, anything may be there,
// in any order and torn at the edges of sectors. One run of the program gives as many cuts as are wanted.

import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const KINDS = [null, "made", "written", "cut", "synced", "removed", "renamed", "folder synced"];
const HEAD = 24;
/** What a disk writes whole. */
const SECTOR = 512;
/** It is built anew from the log. */
const FORGOTTEN = /-shm$/;

/** The records of a recording, in order: `{kind, name, offset, octets, begins, ends}`. */
export function read_recording(path) {
  const all = readFileSync(path);
  const records = [];
  for (let at = 0; at + HEAD <= all.length; ) {
    const [name_length, length] = [all.readUInt32LE(at + 4), Number(all.readBigUInt64LE(at + 16))];
    const ends = at + HEAD + name_length + length;
    if (ends > all.length) break;
    const name = all.toString("utf8", at + HEAD, at + HEAD + name_length);
    const record = { kind: KINDS[all.readUInt32LE(at)], name, offset: Number(all.readBigUInt64LE(at + 8)), octets: all.subarray(at + HEAD + name_length, ends), begins: at, ends };
    if (!FORGOTTEN.test(name)) records.push(record);
    at = ends;
  }
  return records;
}

class File {
  octets = Buffer.alloc(0);
  length = 0;
  /** What was done to it and is not flushed. */
  waiting = [];

  write(offset, octets) {
    const end = offset + octets.length;
    if (end > this.octets.length) {
      const larger = Buffer.alloc(Math.max(end, 2 * this.octets.length));
      this.octets.copy(larger, 0, 0, this.length);
      this.octets = larger;
    }
    octets.copy(this.octets, offset);
    this.length = Math.max(this.length, end);
  }

  cut(length) {
    if (length < this.length) this.octets.fill(0, length, this.length);
    else if (length > this.length) this.write(length, Buffer.alloc(0));
    this.length = length;
  }

  #apply({ kind, offset, octets }) {
    if (kind === "cut") this.cut(offset);
    else this.write(offset, octets);
  }

  /** What was done before this place of the recording is on the disk. */
  flush(reaches) {
    const stays = this.waiting.findIndex(({ begins }) => begins >= reaches);
    for (const each of this.waiting.splice(0, stays < 0 ? Infinity : stays)) this.#apply(each);
  }

  /** Of what is not flushed, that which `survives` says. */
  lose(survives) {
    for (const each of this.waiting) {
      if (each.kind === "cut") {
        if (survives()) this.cut(each.offset);
        continue;
      }
      for (let at = 0; at < each.octets.length; ) {
        const size = Math.min(SECTOR - ((each.offset + at) % SECTOR), each.octets.length - at);
        if (survives()) this.write(each.offset + at, each.octets.subarray(at, at + size));
        at += size;
      }
    }
    this.waiting = [];
  }
}

const folder_of = (name) => (name.includes("/") ? dirname(name) : ".");

/** The files of a folder as the power cut at that place of the recording leaves them. `survives` is asked about each sector
 * and each name that was not flushed. `ignores` names flushes that count as not done. */
export function after_power_cut(records, place, { survives, ignores = () => false }) {
  const [names, kept] = [new Map(), new Map()];
  let waiting = [];
  const rename = (map, { kind, name, to, file }) => {
    if (kind === "made") map.set(name, file);
    else map.delete(name);
    if (kind === "renamed") map.set(to, file);
  };
  for (const record of records) {
    if (record.ends > place) break;
    const { kind, name, offset, octets, begins } = record;
    if (kind === "written" || kind === "cut") names.get(name)?.waiting.push(record);
    else if (kind === "synced") {
      if (!ignores(record)) names.get(name)?.flush(offset);
    } else if (kind === "folder synced") {
      const flushed = (each) => folder_of(each.name) === name && each.begins < offset;
      for (const each of waiting.filter(flushed)) rename(kept, each);
      waiting = waiting.filter((each) => !flushed(each));
    } else {
      const change = { kind, name, begins, to: octets.toString("utf8"), file: kind === "made" ? new File() : names.get(name) };
      rename(names, change);
      waiting.push(change);
    }
  }
  // Names reach the disk in their order, up to some point.
  for (const each of waiting) {
    if (!survives()) break;
    rename(kept, each);
  }
  for (const file of new Set(kept.values())) file.lose(survives);
  return kept;
}

/** Writes such files into a folder of their own. */
export async function into_folder(files) {
  const folder = await mkdtemp(join(tmpdir(), "farline-cut-"));
  for (const [name, { octets, length }] of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, octets.subarray(0, length), { mode: 0o600 });
  }
  return folder;
}

/** How much survives a cut: nothing, everything, or some. */
export function survival(dice) {
  const share = dice.one([0, 0, 0.1, 0.5, 0.5, 0.9, 1]);
  return () => dice.roll() < share;
}

/** The flushes that SQLite leaves out with `synchronous=NORMAL`: of the log, but for those before a checkpoint. */
export function left_out_by_normal(records) {
  const out = new Set();
  let last = null;
  for (const record of records) {
    if (record.kind === "synced" && record.name === "farline.db-wal") last = record;
    if (record.kind === "written" && record.name === "farline.db-wal" && last) {
      out.add(last);
      last = null;
    }
    if (record.kind === "written" && record.name === "farline.db") last = null;
  }
  if (last) out.add(last);
  return (record) => out.has(record);
}
