// A caller of the program over HTTP, as an app would be: quotes, orders, the stand-in provider's page by plain form posts.
// Limits count by address, so a caller says which of the loopback addresses it speaks from.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";

/** The first line of the demonstration, on an own network. */
export const LINE = "+1 416 555 0100";
/** A plan of that line's operator, 25.00 before tax. */
export const PLAN = "maplewave-5gb";
/** Approved by the stand-in provider. */
export const APPROVED = "4242 4242 4242 4242";
/** Declined by it. */
export const DECLINED = "4000 0000 0000 0002";

/** The n-th loopback address that is not 127.0.0.1. */
export const source = (n) => `127.${1 + ((n >> 16) % 250)}.${(n >> 8) & 255}.${n & 255}`;

let addresses = 0;

/** A caller with connections and an address of its own. */
export class Client {
  constructor(base, { address = source(++addresses), token, language } = {}) {
    const { hostname, port } = new URL(base);
    Object.assign(this, { base, hostname, port, address, token, language });
    this.agent = new Agent({ keepAlive: true, maxSockets: 32, localAddress: address });
  }

  /** The same caller with another bearer. */
  with(token) {
    const other = Object.create(this);
    other.token = token;
    return other;
  }

  /** Sends a request. `body` is octets or a text; gives `{status, headers, octets, text, json}`. */
  send(method, path, { headers = {}, body, patience_ms = 40_000 } = {}) {
    const url = new URL(path, this.base);
    const own = { ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), ...(this.language ? { "accept-language": this.language } : {}) };
    return new Promise((done, fail) => {
      const outgoing = request(
        { hostname: url.hostname, port: url.port, path: path.startsWith("/") ? path : url.pathname + url.search, method, headers: { ...own, ...headers }, agent: this.agent },
        (incoming) => {
          const parts = [];
          incoming.on("data", (part) => parts.push(part)).once("error", fail);
          incoming.once("end", () => done(answer(incoming, Buffer.concat(parts))));
        },
      );
      outgoing.once("error", fail).setTimeout(patience_ms, () => outgoing.destroy(new Error(`no answer after ${patience_ms} ms: ${method} ${path}`)));
      if (body !== undefined) outgoing.setHeader("content-length", Buffer.byteLength(body));
      outgoing.end(body);
    });
  }

  get(path, headers) {
    return this.send("GET", path, { headers });
  }

  delete(path, headers) {
    return this.send("DELETE", path, { headers });
  }

  /** Posts JSON under an idempotency key; `null` leaves the key out. */
  post(path, value, key) {
    return this.keyed("POST", path, value, key);
  }

  put(path, value, key) {
    return this.keyed("PUT", path, value, key);
  }

  keyed(method, path, value, key = randomUUID()) {
    const headers = { "content-type": "application/json", ...(key === null ? {} : { "idempotency-key": key }) };
    return this.send(method, path, { headers, body: typeof value === "string" ? value : JSON.stringify(value) });
  }

  /** Posts a form, as a browser without scripts does. */
  form(path, fields) {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return this.send("POST", path, { headers, body: new URLSearchParams(fields).toString() });
  }

  quote({ line = LINE, plan = PLAN, province = "ON", key } = {}) {
    return this.post("/api/v1/quotes", { line, plan, province }, key);
  }

  order(quote, { key, contact = { email: `payer.${this.address}@example.org` }, language = "en-CA", ...more } = {}) {
    return this.post("/api/v1/orders", { quote, contact, language, ...more }, key);
  }

  /** Fills in the card form of the payment page. */
  pay(pay_url, card = APPROVED) {
    const url = new URL(pay_url, this.base);
    return this.form(url.href, { "cc-number": card, "cc-exp": "12/39", "cc-csc": "123" });
  }

  /** An order as the holder of its bearer sees it. */
  see(order) {
    return this.with(order.token).get(`/api/v1/orders/${order.id}`);
  }

  close() {
    this.agent.destroy();
  }
}

function answer(incoming, octets) {
  const text = octets.toString("utf8");
  const is_json = /^application\/(problem\+)?json\b/.test(incoming.headers["content-type"] ?? "");
  let json = null;
  if (is_json && octets.length > 0) {
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
  }
  return { status: incoming.statusCode, headers: incoming.headers, octets, text, json };
}

/** A placed order: `{id, reference, pay_url, token, total}`. */
export async function placed(client, options = {}) {
  const quoted = await client.quote(options);
  assert.equal(quoted.status, 201, quoted.text);
  const order = await client.order(quoted.json.id, options.order);
  assert.equal(order.status, 201, order.text);
  return { ...order.json, total: quoted.json.total, quote: quoted.json.id };
}

/** An order that was paid and delivered. */
export async function delivered(world, client, options = {}) {
  const order = await placed(client, options);
  const paid = await client.pay(order.pay_url);
  assert.equal(paid.status, 303, paid.text);
  const seen = await world.eventually("delivered order", async () => {
    const answer = await client.see(order);
    return answer.json?.state === "delivered" && answer.json;
  });
  return { ...order, seen };
}

const CODE = /^[a-z][a-z0-9_]*$/;

/** What is wrong with an answer as a problem of the API; nothing, if it is one. */
export function not_a_problem({ status, headers, json }, { method = "GET" } = {}) {
  if (!/^application\/problem\+json\b/.test(headers["content-type"] ?? "")) return `content type ${headers["content-type"]}`;
  if (method === "HEAD") return null;
  if (!json || typeof json !== "object") return "no JSON";
  const is_text = (name) => typeof json[name] === "string" && json[name] !== "";
  for (const name of ["type", "title", "code", "detail", "instance"]) if (!is_text(name)) return `${name} is ${JSON.stringify(json[name])}`;
  if (json.status !== status) return `status in the body is ${json.status}`;
  if (!CODE.test(json.code)) return `code ${json.code}`;
  if (![true, false, "unknown"].includes(json.money_moved)) return `money_moved is ${JSON.stringify(json.money_moved)}`;
  return null;
}

/** Asserts that an answer is that problem. */
export function assert_problem(answer, status, code) {
  assert.equal(answer.status, status, answer.text);
  assert.equal(not_a_problem(answer), null, answer.text);
  if (code) assert.equal(answer.json.code, code);
}
