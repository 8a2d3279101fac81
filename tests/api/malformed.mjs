// Malformed requests from a seed: the same seed gives the same requests, ids of the running world apart.

/** Randomness that can be had again. */
export class Dice {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** 0 ≤ x < 1 (mulberry32). */
  roll() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  }

  below(most) {
    return Math.floor(this.roll() * most);
  }

  one(list) {
    return list[this.below(list.length)];
  }

  octets(length) {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}

/** What attackers type: SQL, templates, scripts, headers, logs, paths, formulas, formats, odd characters. */
export const PAYLOADS = [
  "' OR '1'='1", "'; DROP TABLE orders; --", "\" OR 1=1 --", "1) UNION SELECT body FROM orders --", "%' AND randomblob(1000000000) --", "' || sqlite_version() || '",
  "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{% raw %}", "{{constructor.constructor('return 1')()}}", "${jndi:ldap://127.0.0.1:1/a}",
  "<script>alert(1)</script>", "\"><svg onload=alert(1)>", "javascript:alert(1)", "<!--", "]]>", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
  "a\r\nSet-Cookie: a=b", "a\nBcc: all@example.org", "a@example.org\r\nBcc: b@example.org", "%0d%0aX-Injected:%201", "\u2028log line", "\u001b[31mred\u001b[0m", "\u0000", "a\u0000b",
  "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2f", "....//....//", "C:\\Windows\\win.ini", "file:///etc/passwd", "/dev/zero", "~root", "$(id)", "`id`", "; id", "| id", "&& id",
  "=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"http://127.0.0.1\")", "\t=1", "%s%s%s%n", "%x%x%x", "{0}", "{}", "%p",
  "http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "gopher://127.0.0.1:1/", "//example.org", "http://a:b@example.org",
  "\u202e+14165550100", "＋１４１６５５５０１００", "+1 (416) 555-0100 ext 9", "001 416 555 0100", "٠١٢٣٤٥", "１２３", "𝟙𝟚𝟛", "\ud83d\ude00", "a\u0301".repeat(200), "ﷺ".repeat(50), "\ufeff", "\u200b", "İ", "ß",
  "NaN", "Infinity", "-0", "1e309", "0x10", "1_000", "null", "true", "undefined", "[]", "9".repeat(400), "-1", "0", "0.001", "1e-7", "2147483648", "9223372036854775808", "18446744073709551616",
  "a".repeat(10_000), " ".repeat(1000), "+".repeat(300), "\\".repeat(99), "\"".repeat(99), "__proto__", "constructor", "hasOwnProperty",
  "ord_", "ord_00000000000000000000000000", "quo_ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "ord_8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "cs_", "lin_00000000000000000000000000",
];

/** Values that stand where another type belongs. */
const WRONG = [null, true, false, 0, -1, 1.5, 1e300, "", " ", [], {}, [[]], { a: 1 }, ["a", "b"], "9".repeat(30), -9007199254740993, [null], { amount: 1, currency: "CAD" }];

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "LOCK", "get", "G", "QUERY", "X".repeat(40)];
const TYPES = ["text/plain", "application/xml", "multipart/form-data; boundary=a", "application/x-www-form-urlencoded", "application/jsonp", "application/json2", "json", "", ";", "application/json; charset=utf-16", "a/b/c", "*/*", "application/problem+json", "text/json"];
const ENCODINGS = ["gzip", "br", "deflate", "compress", "identity, gzip", "x"];

const cad = (amount) => ({ amount, currency: "CAD" });
const wish = { plan: "maplewave-5gb", trigger: { kind: "below", allowance: "data", amount: 500_000_000 }, pay_with: "link", caps: { charge: cad(9000), day: cad(9000), month: cad(9000) }, language: "en-CA", province: null };

/** Every route of the API with a body that would be right: `at(ids)` is the path. Those of `account` come mostly from the holder
 * of the line. Nothing ever says that a text was agreed to, so nothing is turned on. */
export const ROUTES = [
  { method: "GET", at: () => "/api/openapi.json" },
  { method: "POST", at: () => "/api/v1/sign-in", body: () => ({ email: "a@example.org", password: "correct horse battery" }) },
  { method: "GET", at: () => "/api/v1/lines", account: true },
  { method: "GET", at: () => "/api/v1/lines/+14165550100/balance", part: "+14165550100", account: true },
  { method: "GET", at: () => "/api/v1/lines/+14165550100/history", part: "+14165550100", query: ["after", "limit"], account: true },
  { method: "GET", at: () => "/api/v1/lines/+14165550100/auto-renew", part: "+14165550100", query: ["language"], account: true },
  { method: "PUT", at: () => "/api/v1/lines/+14165550100/auto-renew", part: "+14165550100", body: () => ({ ...wish, agreed: null }), keyed: true, account: true },
  { method: "DELETE", at: () => "/api/v1/lines/+14165550100/auto-renew", part: "+14165550100", account: true },
  { method: "POST", at: () => "/api/v1/lines/+14165550100/auto-renew/consent", part: "+14165550100", body: () => wish, keyed: true, account: true },
  { method: "GET", at: () => "/api/v1/methods", account: true },
  { method: "DELETE", at: () => "/api/v1/methods/pm_0000000000000000000000000", part: "pm_0000000000000000000000000", account: true },
  { method: "GET", at: () => "/api/v1/lines/+14165550100/plans", part: "+14165550100", query: ["need", "language"] },
  { method: "POST", at: () => "/api/v1/quotes", body: () => ({ line: "+14165550100", plan: "maplewave-5gb", promotion: null, province: "ON" }), keyed: true },
  { method: "POST", at: () => "/api/v1/orders", body: ({ quote }) => ({ quote, contact: { email: "a@example.org", phone: null }, language: "en-CA", pay_with: null, another: false }), keyed: true },
  { method: "GET", at: ({ order }) => `/api/v1/orders/${order}`, id: true },
  { method: "DELETE", at: ({ order }) => `/api/v1/orders/${order}`, id: true },
  { method: "GET", at: ({ order }) => `/api/v1/orders/${order}/receipt.pdf`, id: true },
  { method: "GET", at: ({ order }) => `/api/v1/orders/${order}/proof.pdf`, id: true },
  { method: "GET", at: () => "/api/v1/no-such-thing", part: "no-such-thing" },
];

const percent = (text) => Buffer.from(text, "utf8").reduce((all, octet) => `${all}%${octet.toString(16).padStart(2, "0")}`, "");
const key = (dice) => dice.octets(16).toString("hex");

/** Puts a value at a random place of a body. */
function spoiled(dice, value, wrong) {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return wrong;
  const names = Object.keys(value);
  const name = dice.one(names);
  const inner = value[name];
  const deeper = inner && typeof inner === "object" && dice.roll() < 0.7;
  return { ...value, [name]: deeper ? spoiled(dice, inner, wrong) : wrong };
}

/** The ways to be malformed. Each changes a request `{method, target, fields, body}` in place; `raw` means that the parser of HTTP may answer. */
export const KINDS = {
  wrong_method(dice, wire) {
    wire.method = dice.one(METHODS);
  },
  broken_json(dice, wire) {
    const whole = JSON.stringify(wire.json ?? { a: [1, 2, { b: "c" }] });
    const cut = whole.slice(0, dice.below(whole.length));
    const bits = [cut, `${whole}${whole}`, `${whole},`, whole.replaceAll('"', "'"), whole.replace(":", "="), `\ufeff${whole}`, "", " ", "{", "nul", "{\"a\":01}", "{\"a\":1,}", "{\"a\":\"\\x\"}", "{\"a\":\"\\ud800\"}", "[1 2]", "//a\n{}", "NaN", whole.replace("{", '{"line":1,"line":2,')];
    wire.body = dice.one(bits);
  },
  deep_json(dice, wire) {
    const deep = dice.one([33, 100, 1000, 10_000, 30_000]);
    wire.body = dice.one([() => "[".repeat(deep), () => "[".repeat(deep) + "]".repeat(deep), () => '{"a":'.repeat(Math.min(deep, 9000)), () => `{"line":${"[".repeat(deep)}${"]".repeat(deep)}}`])();
  },
  huge_body(dice, wire) {
    const size = dice.one([65_537, 70_000, 200_000]);
    wire.body = dice.one([() => JSON.stringify({ line: "a".repeat(size) }), () => " ".repeat(size), () => `{${Array.from({ length: size / 8 }, (_, n) => `"${n}":0`).join(",")}}`])();
    wire.may_reset = true;
  },
  wrong_types(dice, wire) {
    wire.body = JSON.stringify(dice.roll() < 0.15 ? dice.one(WRONG) : spoiled(dice, wire.json ?? {}, dice.one(WRONG)));
  },
  tampered(dice, wire) {
    const extra = dice.one([{ price: 1 }, { total: { amount: 0, currency: "CAD" } }, { amount: -1 }, { discount: 99 }, { quantity: -1 }, { state: "delivered" }, { token: "a" }, { currency: "XXX" }, { __proto__: null, constructor: 1 }, { pay_with: "credit" }, { pay_with: "free" }, { another: true }]);
    wire.body = JSON.stringify({ ...(wire.json ?? {}), ...extra });
  },
  injection(dice, wire) {
    const payload = dice.one(PAYLOADS);
    const where = dice.below(4);
    if (where === 0 && wire.json) wire.body = JSON.stringify(spoiled(dice, wire.json, payload));
    else if (where === 1) wire.target += `${wire.target.includes("?") ? "&" : "?"}${dice.one(wire.query ?? ["a"])}=${percent(payload)}`;
    else if (where === 2) wire.fields.push([dice.one(["accept-language", "authorization", "user-agent", "x-forwarded-for", "cookie", "referer", "origin"]), Buffer.from(payload.replace(/[\u0000-\u001f]/g, " "), "utf8")]);
    else wire.target = into_path(wire, percent(payload.slice(0, 2000)));
  },
  broken_utf8(dice, wire) {
    const bad = dice.one([[0xff], [0xc3, 0x28], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]]);
    const where = dice.below(3);
    const escaped = bad.map((octet) => `%${octet.toString(16)}`).join("");
    if (where === 0) wire.body = Buffer.concat([Buffer.from('{"line":"'), Buffer.from(bad), Buffer.from('","plan":"a"}')]);
    else if (where === 1) wire.target = into_path(wire, escaped);
    else wire.target += `?${dice.one(wire.query ?? ["need"])}=${escaped}`;
  },
  odd_query(dice, wire) {
    const name = dice.one(wire.query ?? ["need"]);
    wire.target += dice.one([`?${name}`, `?${name}=`, `?${name}=a&${name}=b`, `?&&&`, `?=`, `?${name}[]=1`, `?${name}=%`, `?${name}=%zz`, `?limit=0`, `?limit=-1`, `?limit=101`, `?limit=99999999999`, `?limit=abc`, `?after=a`, `?${"a=b&".repeat(500)}`, "?language=xx", "#a", "//", "/", "/.", "/..", "/%2e%2e", ";a=b"]);
  },
  odd_headers(dice, wire) {
    const odd = dice.one([
      ["accept", "a".repeat(5000)], ["accept-language", "fr;q=9,*;q=-1,;;;"], ["accept-language", Buffer.from([0xff, 0xfe])], ["cookie", "a=b; ".repeat(400)], ["x-empty", ""], ["host", "evil.example"],
      ["authorization", ""], ["authorization", "Bearer"], ["authorization", "Bearer "], ["authorization", "Basic YTpi"], ["authorization", Buffer.from([0x42, 0xff])], ["authorization", `Bearer ${"a".repeat(8000)}`], ["authorization", "Bearer a.b"], ["authorization", "Bearer ."],
      ["range", "bytes=0-1,5-,a"], ["if-none-match", "*"], ["if-modified-since", "never"], ["expect", "100-continue"], ["upgrade", "h2c"], ["connection", "upgrade, close"], ["x-http-method-override", "DELETE"], ["content-encoding", dice.one(ENCODINGS)], ["date", "32 Feb"], ["forwarded", "for=\"[::1"], ["x-forwarded-for", "127.0.0.1, ".repeat(300)], ["max-forwards", "-1"], ["te", "trailers, deflate"],
    ]);
    wire.fields.push(odd);
    wire.raw = true;
  },
  too_many_headers(dice, wire) {
    const number = dice.one([90, 101, 300]);
    for (let n = 0; n < number; n++) wire.fields.push([`x-${n}`, "a".repeat(dice.one([1, 10, 300]))]);
    wire.raw = true;
    wire.may_reset = true;
  },
  wrong_content_type(dice, wire) {
    wire.body ??= JSON.stringify(wire.json ?? {});
    wire.type = dice.one(TYPES);
  },
  bad_key(dice, wire) {
    wire.key = dice.one([null, "", "a", "short", "a".repeat(21), "a".repeat(256), "with space in the middle of it", Buffer.from("schlüssel-schlüssel-schlüssel"), Buffer.from([0xff, 0xfe, 0xfd]), "the-same-key-for-everybody-0001", "the-same-key-for-everybody-0001", "00000000-0000-0000-0000-000000000000"]);
    if (dice.roll() < 0.5 && wire.json) wire.body = JSON.stringify(spoiled(dice, wire.json, dice.one(PAYLOADS)));
  },
  bad_bearer(dice, wire, { token }) {
    const at = dice.below(token.length);
    const forged = dice.one([token.slice(0, at), `${token}a`, token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1), token.replace(".", ""), token.replace(".", ".."), `.${token}`, token.toLowerCase(), token.split(".")[0], `${token.split(".")[0]}.`, key(dice), dice.octets(40).toString("base64")]);
    wire.fields.push(["authorization", `Bearer ${forged}`]);
  },
  framing(dice, wire) {
    const body = JSON.stringify(wire.json ?? {});
    const forms = [
      { fields: [["transfer-encoding", "chunked"], ["content-length", "4"]], body: `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` },
      { fields: [["content-length", "4"], ["content-length", "400"]], body },
      { fields: [["content-length", "-1"]], body }, { fields: [["content-length", "+5"]], body }, { fields: [["content-length", "1e3"]], body }, { fields: [["content-length", "99999999999999999999"]], body },
      { fields: [["transfer-encoding", "chunked"]], body: "zz\r\nabc\r\n0\r\n\r\n" }, { fields: [["transfer-encoding", "chunked"]], body: "ffffffffffffffff1\r\na\r\n0\r\n\r\n" }, { fields: [["transfer-encoding", "chunked"]], body: `${body.length.toString(16)};${"a=b;".repeat(20)}\r\n${body}\r\n0\r\ntrailer: a\r\n\r\n` },
      { fields: [["transfer-encoding", "xchunked"]], body }, { fields: [["transfer-encoding", "chunked, identity"]], body: "0\r\n\r\n" }, { fields: [["transfer-encoding ", "chunked"]], body: "0\r\n\r\n" }, { fields: [["transfer-encoding", "\u000bchunked"]], body: "0\r\n\r\n" },
      { version: "HTTP/1.0", fields: [], body: "" }, { version: "HTTP/2.0", fields: [], body: "" }, { version: "HTTP/9.9", fields: [], body: "" }, { version: "HTTQ/1.1", fields: [], body: "" }, { version: "", fields: [], body: "" },
      { fields: [["na me", "a"]], body: "" }, { fields: [["", "a"]], body: "" }, { fields: [["x", "a\u0000b"]], body: "" }, { fields: [[" x", "folded"]], body: "" },
      { target: "", fields: [], body: "" }, { target: "*", fields: [], body: "" }, { target: "http://evil.example/api/v1/lines", fields: [], body: "" }, { target: "api/v1/lines", fields: [], body: "" }, { target: `/api/${"a".repeat(70_000)}`, fields: [], body: "" }, { target: "/api/v1/lines /x", fields: [], body: "" },
      { octets: dice.octets(1 + dice.below(400)) }, { octets: Buffer.from("\r\n\r\n\r\n") }, { octets: Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") }, { octets: Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]) }, { octets: Buffer.from("GET /api/v1/lines HTTP/1.1") }, { octets: Buffer.from("GET /api/v1/lines HTTP/1.1\nHost: a\n\n") },
    ];
    Object.assign(wire, { framed: dice.one(forms), raw: true, may_reset: true });
  },
};

function into_path(wire, piece) {
  const [path, rest] = wire.target.split("?");
  const parts = path.split("/");
  const at = wire.part ? parts.lastIndexOf(wire.part) : parts.length - 1;
  parts[at < 0 ? parts.length - 1 : at] = piece;
  return parts.join("/") + (rest ? `?${rest}` : "");
}

/** The n-th malformed request: `{kind, route, method, octets, raw, may_reset}`. */
export function malformed(dice, n, ids, { octets_of, routes = ROUTES }) {
  const names = Object.keys(KINDS);
  const kind = names[n % names.length];
  // Signing in hashes passwords, which is slow on purpose: a smaller share.
  let route = routes[Math.floor(n / names.length) % routes.length];
  if (route.at(ids) === "/api/v1/sign-in" && dice.roll() < 0.5) route = routes.find((other) => other.keyed) ?? routes[0];
  const json = route.body?.(ids);
  const wire = { method: route.method, target: route.at(ids), fields: [], json, query: route.query, part: route.part, key: undefined, type: "application/json" };
  if (route.id && kind !== "bad_bearer" && dice.roll() < 0.5) wire.fields.push(["authorization", `Bearer ${ids.token}`]);
  if (route.account && kind !== "bad_bearer" && dice.roll() < 0.8) wire.fields.push(["authorization", `Bearer ${ids.bearer}`]);
  KINDS[kind](dice, wire, ids);
  const said = { kind, route: `${route.method} ${route.at({ order: "{id}", quote: "" })}`, method: wire.method, raw: wire.raw ?? false, may_reset: wire.may_reset ?? false };
  if (wire.framed?.octets) return { ...said, octets: wire.framed.octets, half_close: true };
  const fields = [["host", "127.0.0.1"], ["connection", "close"]];
  if (wire.key !== null) fields.push(["idempotency-key", wire.key ?? key(dice)]);
  if (wire.framed) {
    const framed = [...fields, ["content-type", wire.type], ...wire.framed.fields];
    return { ...said, octets: octets_of({ ...wire, fields: framed, body: wire.framed.body, target: wire.framed.target ?? wire.target, version: wire.framed.version }), half_close: true };
  }
  const body = Buffer.from(wire.body ?? (json ? JSON.stringify(json) : ""));
  if (body.length > 0) fields.push(["content-type", wire.type], ["content-length", String(body.length)]);
  return { ...said, octets: octets_of({ ...wire, fields: [...fields, ...wire.fields], body }) };
}
