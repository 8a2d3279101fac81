// What each caller may expect of each route: one row for every route × method of the program. Callers all come with an order
// and a line that are not theirs; see access.test.mjs for who they are.
//
// A row is either `open` (the same for everybody, and why that is right) or the status that each foreign caller gets.

/** Callers of the API, none of whom may see the order in question. */
export const CALLERS = ["stranger", "other_order", "truncated", "altered", "forged", "swapped", "basic", "session"];

const all = (status) => Object.fromEntries(CALLERS.map((caller) => [caller, status]));
const strangers = (status, told) => ({ ...all(told), stranger: status, other_order: status });

/** The address that the foreign orders' payer left; an answer must not repeat more than the caller said. */
export const CONTACT_FIELD = "private.payer@example.org";
// Tries are counted by the address that is tried; each caller tries another.
let tried = 0;
const somebody = () => `somebody.${++tried}@example.org`;

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };
const NOT_SIGNED_IN = [303, 401, 404];
const card = (rest = "") => ({ number }) => `/en/cards/${encodeURIComponent(number)}${rest}`;
const order = (rest = "") => ({ id }) => `/api/v1/orders/${id}${rest}`;
const line = (rest) => ({ number }) => `/api/v1/lines/${number}/${rest}`;
const page = (rest = "") => ({ token }) => `/en/orders/${token}${rest}`;
const form = (fields) => ({ headers: FORM_TYPE, body: () => new URLSearchParams(fields).toString() });

/** Rows by route: `path(foreign)`, `expect` by caller, or `open` with its reason. */
export const ROWS = {
  // The API: the order's own bearer, or its owner's session; otherwise there is no such order.
  "GET /api/v1/orders/{id}": { path: order(), expect: all(404) },
  "DELETE /api/v1/orders/{id}": { path: order(), expect: all(404) },
  "GET /api/v1/orders/{id}/receipt.pdf": { path: order("/receipt.pdf"), expect: all(404) },
  "GET /api/v1/orders/{id}/proof.pdf": { path: order("/proof.pdf"), expect: all(404) },
  // Only for people who are signed in: an order's bearer opens no line.
  "GET /api/v1/lines": { path: () => "/api/v1/lines", expect: all(401) },
  "GET /api/v1/lines/{number}/balance": { path: line("balance"), expect: all(401) },
  "GET /api/v1/lines/{number}/history": { path: line("history"), expect: all(401) },
  // Anybody may renew any line; a bearer that is none is told so first. What is said never depends on usage.
  "GET /api/v1/lines/{number}/plans": { path: line("plans"), expect: strangers(200, 401) },
  "POST /api/v1/quotes": { path: () => "/api/v1/quotes", headers: JSON_TYPE, body: ({ number }) => JSON.stringify({ line: number, plan: "maplewave-5gb" }), key: true, expect: strangers(201, 401) },
  // A quote is no secret kept from its line's payer, and is used once: the foreign one was used, under another key.
  "POST /api/v1/orders": { path: () => "/api/v1/orders", headers: JSON_TYPE, body: ({ quote }) => JSON.stringify({ quote, contact: { email: "stranger@example.org" }, language: "en-CA", pay_with: "credit" }), key: true, expect: all(401) },
  "POST /api/v1/sign-in": { path: () => "/api/v1/sign-in", headers: JSON_TYPE, body: () => JSON.stringify({ email: somebody(), password: "correct horse battery staple" }), expect: all(401) },
  "ANY /api/{*rest}": { path: ({ id }) => `/api/v1/nothing/${id}`, expect: all(404) },

  // The portal: the address carries the bearer. A wrong one leads nowhere.
  "GET /{language}/orders/{token}": { path: page(), expect: all(404) },
  "GET /{language}/orders/{token}/pay": { path: page("/pay"), expect: all(404) },
  "POST /{language}/orders/{token}/cancel": { path: page("/cancel"), ...form({}), expect: all(404) },
  "POST /{language}/orders/{token}/another": { path: page("/another"), ...form({ choice: "refund" }), expect: all(404) },
  "POST /{language}/orders/{token}/wrong-number": { path: page("/wrong-number"), ...form({ confirm: "yes" }), expect: all(404) },
  "GET /{language}/orders/{token}/receipt": { path: page("/receipt"), expect: all(404) },
  "GET /{language}/orders/{token}/receipt.pdf": { path: page("/receipt.pdf"), expect: all(404) },
  "GET /{language}/orders/{token}/proof": { path: page("/proof"), expect: all(404) },
  "GET /{language}/orders/{token}/proof.pdf": { path: page("/proof.pdf"), expect: all(404) },
  "GET /{language}/check/{quote}": { path: ({ sealed }) => `/en/check/${sealed}`, expect: all(404) },
  "POST /{language}/check/{quote}": { path: ({ sealed }) => `/en/check/${sealed}`, ...form({ email: "stranger@example.org", key: "k".repeat(24) }), expect: all(404) },
  "POST /{language}/check/{quote}/province": { path: ({ sealed }) => `/en/check/${sealed}/province`, ...form({ province: "AB" }), expect: all(404) },
  "GET /{language}/renew/{link}": { path: ({ sealed }) => `/en/renew/${sealed}`, expect: all(404) },
  "POST /{language}/renew/{link}": { path: ({ sealed }) => `/en/renew/${sealed}`, ...form({ plan: "maplewave-5gb" }), expect: all(404) },
  "GET /l/{link}": { path: ({ sealed }) => `/l/${sealed}`, expect: all(303), follows: 404 },

  // The account's pages: nobody here is signed in, so each leads to signing in, or nowhere.
  "GET /{language}/cards": { path: () => "/en/cards", expect: all(NOT_SIGNED_IN) },
  "GET /{language}/cards/{id}": { path: card(), expect: all(NOT_SIGNED_IN) },
  "POST /{language}/cards/{id}/nickname": { path: card("/nickname"), ...form({ nickname: "mine" }), expect: all(NOT_SIGNED_IN) },
  "POST /{language}/cards/{id}/remove": { path: card("/remove"), ...form({ confirm: "yes" }), expect: all(NOT_SIGNED_IN) },
  "POST /{language}/cards/{id}/renew": { path: card("/renew"), ...form({ plan: "maplewave-5gb" }), expect: all(NOT_SIGNED_IN) },

  // The stand-in provider's own interface: for a program that has its key.
  "GET /sandbox/v1/checkouts": { path: ({ id }) => `/sandbox/v1/checkouts?reference=${id}`, expect: all(401) },
  "POST /sandbox/v1/checkouts": { path: () => "/sandbox/v1/checkouts", headers: JSON_TYPE, body: () => "{}", expect: all(401) },
  "GET /sandbox/v1/checkouts/{id}": { path: ({ checkout }) => `/sandbox/v1/checkouts/${checkout}`, expect: all(401) },
  "POST /sandbox/v1/checkouts/{id}/expire": { path: ({ checkout }) => `/sandbox/v1/checkouts/${checkout}/expire`, headers: JSON_TYPE, body: () => "{}", expect: all(401) },
  "GET /sandbox/v1/payments/{id}": { path: () => "/sandbox/v1/payments/pay_AAAAAAAAAAAAAAAAAAAAAA", expect: all(401) },
  "GET /sandbox/v1/refunds": { path: ({ id }) => `/sandbox/v1/refunds?reference=${id}`, expect: all(401) },
  "POST /sandbox/v1/refunds": { path: () => "/sandbox/v1/refunds", headers: JSON_TYPE, body: () => "{}", expect: all(401) },
  "GET /sandbox/v1/refunds/{id}": { path: () => "/sandbox/v1/refunds/re_AAAAAAAAAAAAAAAAAAAAAA", expect: all(401) },
  // Its pages: 128 random bits in the address are the right to pay. Another checkout's address leads nowhere.
  "GET /sandbox/pay/{id}": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}`, expect: all(404) },
  "POST /sandbox/pay/{id}": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}`, ...form({ "cc-number": "4242424242424242", "cc-exp": "12/39", "cc-csc": "123" }), expect: all(404) },
  "POST /sandbox/pay/{id}/paypal": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}/paypal`, ...form({ decision: "approve" }), expect: all(404) },
  "GET /sandbox/pay/{id}/paypal": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}/paypal`, expect: all(404) },
  "POST /sandbox/pay/{id}/challenge": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}/challenge`, ...form({ decision: "approve" }), expect: all(404) },
  "GET /sandbox/pay/{id}/challenge": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}/challenge`, expect: all(404) },
  // Whoever has no secret forges in vain.
  "POST /webhooks/sandbox": {
    path: () => "/webhooks/sandbox",
    headers: { ...JSON_TYPE, "farline-sandbox-signature": `t=1,v1=${"0".repeat(64)}` },
    body: ({ id, checkout }) => JSON.stringify({ id: "evt_forged", type: "checkout.completed", created: 1, livemode: false, data: { object: { id: checkout, reference: id, status: "complete" } } }),
    expect: all(400),
  },

  // The same for everybody: nothing in them belongs to anyone.
  "GET /": { open: "leads to the first page", path: () => "/" },
  "GET /{language}": { open: "the first page", path: () => "/en" },
  "GET /{language}/renew": { open: "leads to the first page", path: () => "/en/renew" },
  "POST /{language}/renew": { open: "anybody may look a number up; the line comes masked behind a sealed link", path: () => "/en/renew", ...form({ number: "+14165550101" }) },
  "GET /{language}/terms": { open: "terms", path: () => "/en/terms" },
  "GET /{language}/privacy": { open: "privacy", path: () => "/en/privacy" },
  "GET /{language}/complaints": { open: "complaints", path: () => "/en/complaints" },
  "GET /api/openapi.json": { open: "the contract", path: () => "/api/openapi.json" },
  "GET /problems/{code}": { open: "explains a code", path: () => "/problems/not-found" },
  // Signing in and registering. A code that nobody sent opens nothing; the payer's address is tried on purpose.
  "GET /{language}/register": { open: "the form", path: () => "/en/register" },
  "POST /{language}/register": { open: "the same for known and unknown addresses", may_refuse: true, path: () => "/en/register", ...form({ contact: CONTACT_FIELD, email: CONTACT_FIELD, password: "correct horse battery staple" }) },
  "GET /{language}/sign-in": { open: "the form", path: () => "/en/sign-in" },
  "POST /{language}/sign-in": { open: "the same for known and unknown addresses", may_refuse: true, path: () => "/en/sign-in", headers: FORM_TYPE, body: () => new URLSearchParams({ who: somebody(), password: "wrong horse battery staple" }).toString() },
  "GET /{language}/sign-in/code": { open: "the form for a code", may_refuse: true, path: () => "/en/sign-in/code" },
  "POST /{language}/sign-in/code": { open: "a wrong code", may_refuse: true, path: () => "/en/sign-in/code", ...form({ code: "000000" }) },
  "POST /{language}/sign-in/code/again": { open: "without a code asked for before", may_refuse: true, path: () => "/en/sign-in/code/again", ...form({}) },
  "POST /{language}/sign-out": { open: "ends the caller's own session, who has none", may_refuse: true, path: () => "/en/sign-out", ...form({}) },
  "GET /{language}/verify": { open: "the form for a code", may_refuse: true, path: () => "/en/verify" },
  "POST /{language}/verify": { open: "a wrong code", may_refuse: true, path: () => "/en/verify", ...form({ code: "000000" }) },
  "POST /{language}/verify/again": { open: "without a code asked for before", may_refuse: true, path: () => "/en/verify/again", ...form({}) },
  "GET /healthz": { open: "a word", path: () => "/healthz" },
  "GET /readyz": { open: "a word", path: () => "/readyz" },
  "GET /sandbox/v1/health": { open: "a word", path: () => "/sandbox/v1/health" },
  "POST /sandbox/clock": { open: "the demonstration's clock, absent outside of it", path: () => "/sandbox/clock", headers: JSON_TYPE, body: () => '{"advance_s":0}' },
  "GET /mailbox": { open: "the demonstration's mailbox, marked as open to anybody; it shows messages by design, so it is not searched", path: () => "/mailbox", shows_messages: true },
};
