// Requests as octets on a socket: what no well-behaved client would send.

import { connect } from "node:net";

/** Sends octets and reads until the other side closes: `{octets, reset, late}`. */
export function exchange({ port, address, octets, pieces, patience_ms = 40_000, half_close = false }) {
  return new Promise((done, fail) => {
    const socket = connect({ host: "127.0.0.1", port, localAddress: address });
    const parts = [];
    let reset = false;
    let late = false;
    let is_open = false;
    socket.setTimeout(patience_ms, () => {
      late = true;
      socket.destroy();
    });
    socket.once("connect", () => {
      is_open = true;
      for (const piece of pieces ?? [octets]) socket.write(piece);
      if (half_close) socket.end();
    });
    socket.on("data", (part) => parts.push(part));
    socket.once("error", (problem) => {
      reset = true;
      if (!is_open) fail(problem);
    });
    socket.once("close", () => done({ octets: Buffer.concat(parts), reset, late }));
  });
}

/** The first answer in what came back, and what follows it; null when there is none. */
export function first_answer(octets, method = "GET") {
  const end = octets.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [line, ...fields] = octets.subarray(0, end).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1]);
  const headers = Object.fromEntries(fields.map((field) => [field.slice(0, field.indexOf(":")).toLowerCase(), field.slice(field.indexOf(":") + 1).trim()]));
  const rest = octets.subarray(end + 4);
  if (status === 100) return first_answer(rest, method);
  const { body, after } = method === "HEAD" ? { body: Buffer.alloc(0), after: rest } : body_of(headers, rest);
  const text = body.toString("utf8");
  let json = null;
  if (/json/.test(headers["content-type"] ?? "") && body.length > 0) {
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
  }
  return { status, headers, octets: body, text, json, after };
}

function body_of(headers, rest) {
  if (/chunked/i.test(headers["transfer-encoding"] ?? "")) return unchunked(rest);
  const length = headers["content-length"] === undefined ? rest.length : Number(headers["content-length"]);
  return { body: rest.subarray(0, length), after: rest.subarray(length) };
}

function unchunked(rest) {
  const parts = [];
  let at = 0;
  for (;;) {
    const end = rest.indexOf("\r\n", at);
    const size = end < 0 ? 0 : Number.parseInt(rest.subarray(at, end).toString("latin1"), 16);
    if (!size) return { body: Buffer.concat(parts), after: end < 0 ? Buffer.alloc(0) : rest.subarray(end + 4) };
    parts.push(rest.subarray(end + 2, end + 2 + size));
    at = end + 4 + size;
  }
}

/** All answers in what came back. */
export function all_answers(octets) {
  const answers = [];
  for (let rest = octets; rest.length > 0; ) {
    const answer = first_answer(rest);
    if (!answer) break;
    answers.push(answer);
    rest = answer.after;
  }
  return answers;
}

/** A request as octets; `fields` are `[name, value]`, values may be octets. */
export function octets_of({ method, target, fields = [], body = Buffer.alloc(0), version = "HTTP/1.1" }) {
  const head = [text(method), " ", text(target), ` ${version}\r\n`, ...fields.flatMap(([name, value]) => [text(name), ": ", text(value), "\r\n"]), "\r\n"];
  return Buffer.concat([...head.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part, "utf8"))), Buffer.from(body)]);
}

const text = (part) => (Buffer.isBuffer(part) ? part : String(part));
