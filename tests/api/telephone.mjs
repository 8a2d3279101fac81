// A carrier of calls and text messages, as Twilio is one: it signs what it sends, follows what it is told, and presses keys
// for a caller. What is heard is compared with the robot's own texts, so that a test can ask which were never heard.

import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { decoded } from "../world/mailbox.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TEXTS = {
  mandarin: "languages/zh-CN",
  cantonese: "spoken/yue-HK",
  english: "languages/en-CA",
  french: "languages/fr-CA",
};
/** The tongues in the order of their keys, with what their voices' languages are called. */
export const TONGUES = { mandarin: "cmn-CN", cantonese: "yue-CN", english: "en-CA", french: "fr-CA" };

/** The robot's sentences of a tongue: key → pattern. */
function sentences(tongue) {
  const source = readFileSync(join(ROOT, "crates/texts", TEXTS[tongue], "voice.ftl"), "utf8");
  const rows = source.matchAll(/^(robot-[\w-]+) = (.+)$/gm);
  const pattern = (text) => new RegExp(`^${text.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(.+)")}$`);
  return Object.fromEntries([...rows].map(([, key, text]) => [key, pattern(text)]));
}
/** The sentences by tongue. */
export const SENTENCES = Object.fromEntries(Object.keys(TEXTS).map((tongue) => [tongue, sentences(tongue)]));
/** The places in a call, as the machine itself lists them. */
export const PLACES = /NAMES: \[&str; \d+\] =\s*\[([^\]]*)\]/
  .exec(readFileSync(join(ROOT, "crates/domain/src/hotline/robot/machine.rs"), "utf8"))[1]
  .match(/\w+/g);

/** What Twilio's signature is (docs/operate/voice.md). */
export const signature = (token, url, fields) =>
  createHmac("sha1", token).update(url + Object.keys(fields).sort().map((name) => name + fields[name]).join("")).digest("base64");

export class Carrier {
  constructor(world) {
    this.world = world;
    this.token = readFileSync(join(world.folder, "keys", "sandbox-voice.key"), "utf8").trim();
    // `tongue key` of every sentence heard, and every place reached.
    Object.assign(this, { heard: new Set(), places: new Set(), transcript: [] });
  }

  /** Posts a webhook. `altered` changes it after it was signed. */
  async post(path, fields, altered = {}) {
    const url = this.world.base + path;
    const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature(this.token, url, fields), ...altered.headers };
    for (const [name, value] of Object.entries(headers)) if (value === null) delete headers[name];
    const body = new URLSearchParams({ ...fields, ...altered.fields }).toString();
    const answer = await fetch(this.world.base + (altered.path ?? path), { method: altered.method ?? "POST", headers, body: altered.method === "GET" ? undefined : body });
    return { status: answer.status, text: await answer.text() };
  }

  /** What a text message is answered; empty for none. */
  async text(from, body, { id = `SM${randomBytes(16).toString("hex")}`, ...more } = {}) {
    const { status, text } = await this.post("/webhooks/sms", { MessageSid: id, From: from.replaceAll(" ", ""), To: "+18005550142", Body: body, ...more });
    assert.equal(status, 200, text);
    assert.match(text, /^<\?xml version="1\.0" encoding="UTF-8"\?><Response(\/>|>.*<\/Response>)$/s);
    return decoded(/<Message>(.*)<\/Message>/s.exec(text)?.[1] ?? "");
  }

  /** Calls. */
  async call(from, id) {
    const call = new Call(this, from.replaceAll(" ", ""), id);
    await call.begin();
    return call;
  }
}

class Call {
  constructor(carrier, from, id = `CA${randomBytes(16).toString("hex")}`) {
    Object.assign(this, { carrier, from, id });
  }

  get fields() {
    return { CallSid: this.id, From: this.from, To: "+18005550142", CallStatus: "in-progress" };
  }

  begin() {
    return this.send("/webhooks/voice", {});
  }

  /** Presses keys where the call waits for them. */
  async press(keys) {
    assert.ok(this.action, `nobody waits for ${keys}: ${this.said.join(" ")}`);
    return this.send(this.action, { Digits: keys });
  }

  /** Says and presses nothing. */
  async wait() {
    return this.send(this.action, {});
  }

  async keys(...all) {
    for (const keys of all) await this.press(keys);
    return this;
  }

  /** Sends a webhook and follows what it is told. */
  async send(path, more) {
    const { status, text } = await this.carrier.post(path, { ...this.fields, ...more });
    assert.equal(status, 200, `${path}: ${text}`);
    this.xml = text;
    this.action = /<Gather [^>]*action="([^"]*)"/.exec(text)?.[1];
    if (this.action) this.action = decoded(this.action).slice(this.carrier.world.base.length);
    const over = /<(Dial|Enqueue)\b/.test(text) ? "connecting" : "over";
    this.place = this.action ? new URL(this.action, "http://x").searchParams.get("at") : over;
    this.carrier.places.add(this.place);
    this.keys_heard = [];
    this.said = [...text.matchAll(/<Say language="([^"]*)"[^>]*>([^<]*)<\/Say>/g)].map(([, language, said]) => this.#hear(language, decoded(said)));
    return this;
  }

  #hear(language, said) {
    const [tongue] = Object.entries(TONGUES).find(([, name]) => name === language);
    // The longest that fits: a sentence with a date also looks like the one without.
    const fits = Object.entries(SENTENCES[tongue]).filter(([, pattern]) => pattern.test(said));
    assert.ok(fits.length, `nobody ever wrote this in ${tongue}: ${said}`);
    const [key] = fits.sort(([, a], [, b]) => b.source.length - a.source.length)[0];
    assert.doesNotMatch(said, /[⟦⟧]/);
    this.keys_heard.push(key);
    this.carrier.heard.add(`${tongue} ${key}`);
    return said;
  }

  /** That these sentences were said, in this order. */
  says(...keys) {
    assert.deepEqual(this.keys_heard.filter((key) => key !== "robot-menu"), keys.map((key) => `robot-${key}`), this.said.join(" | "));
    return this;
  }
}
