// What each caller may expect of each route: one row for every route × method of the program. Callers all come with an order
// and a line that are not theirs; see access.test.mjs for who they are.
// A status of three digits, or with the beginning of where it leads: "303 /en/sign-in".
//
// A row is either `open` (the same for everybody, and why that is right) or the status that each foreign caller gets.

/** Callers none of whom may see the order or the line in question. */
const STRANGERS = ["stranger", "other_order", "truncated", "altered", "forged", "swapped", "basic", "session"];
/** Callers with a cookie, and the bearer of an account: each is somebody else, or nobody. */
export const COOKIES = ["signed_in", "no_csrf", "foreign_csrf", "forged_cookie", "altered_cookie"];
export const CALLERS = [...STRANGERS, ...COOKIES, "account"];

const each = (callers, status) => Object.fromEntries(callers.map((caller) => [caller, status]));
const all = (status) => each(CALLERS, status);
/** The API knows no cookies: who has only one is a stranger to it. `account` is somebody else's bearer. */
const strangers = (status, told, account = status) => ({ ...all(told), stranger: status, other_order: status, ...each(COOKIES, status), account });
/** Somebody else's bearer says who they are; to the API all others are nobody. */
const account = (status, other) => ({ ...all(status), account: other });
/** Pages of accounts. Whoever is not signed in is led to signing in; a bearer of the API is no cookie. */
const SIGN_IN = "303 /en/sign-in";
/** Pages of the desk lead to a door of their own. */
const DESK = "303 /en/desk/sign-in";
const own_page = (status) => ({ ...all(SIGN_IN), signed_in: status, no_csrf: status, foreign_csrf: status });
/** Pages of the desk: nobody here is of the staff. */
const DESK_SIGN_IN = "303 /en/desk/sign-in";
/** Their forms: a session without its own anti-forgery value is refused before anything else. */
const own_form = (status) => ({ ...all(SIGN_IN), signed_in: status, no_csrf: 403, foreign_csrf: 403 });
/** Forms that need no session: one that is there must show its anti-forgery value. */
const any_form = (status) => ({ ...all(status), no_csrf: 403, foreign_csrf: 403 });

/** The address that the foreign orders' payer left; an answer must not repeat more than the caller said. */
export const CONTACT_FIELD = "private.payer@example.org";
// Tries are counted by the address that is tried; each caller tries another.
let tried = 0;
const somebody = () => `somebody.${++tried}@example.org`;

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };
/** What an auto-renew of a line would be. */
const cad = (amount) => ({ amount, currency: "CAD" });
export const wish = { plan: "maplewave-5gb", trigger: { kind: "cycle" }, pay_with: "link", caps: { charge: cad(9_000), day: cad(9_000), month: cad(9_000) }, language: "en-CA" };
const card = (rest = "") => ({ card: id }) => `/en/cards/${id}${rest}`;
const order = (rest = "") => ({ id }) => `/api/v1/orders/${id}${rest}`;
const line = (rest) => ({ number }) => `/api/v1/lines/${number}/${rest}`;
const page = (rest = "") => ({ token }) => `/en/orders/${token}${rest}`;
const rescue = (rest = "") => ({ reference }) => `/en/desk/orders/${reference}${rest}`;
/** A form; `fields` may come from what the foreign order is. */
const form = (fields) => ({ headers: FORM_TYPE, body: (about) => new URLSearchParams(typeof fields === "function" ? fields(about) : fields).toString() });

/** A webhook of the telephone, as somebody would send it who is not the carrier. */
const UNSIGNED = ({ number }) => ({ CallSid: "CA1", MessageSid: "SM1", From: number, Digits: "1", Body: "BAL" });

/** Rows by route: `path(foreign)`, `expect` by caller, or `open` with its reason. */
export const ROWS = {
  // The API: the order's own bearer, or its owner's session; otherwise there is no such order.
  "GET /api/v1/orders/{id}": { path: order(), expect: all(404) },
  "DELETE /api/v1/orders/{id}": { path: order(), expect: all(404) },
  "GET /api/v1/orders/{id}/receipt.pdf": { path: order("/receipt.pdf"), expect: all(404) },
  "GET /api/v1/orders/{id}/proof.pdf": { path: order("/proof.pdf"), expect: all(404) },
  // Only for people who are signed in: an order's bearer opens no line.
  "GET /api/v1/lines": { path: () => "/api/v1/lines", expect: account(401, 200) },
  "GET /api/v1/lines/{number}/balance": { path: line("balance"), expect: account(401, 404) },
  "GET /api/v1/lines/{number}/history": { path: line("history"), expect: account(401, 404) },
  // The right to the line is asked for before the key, and before what is wanted is read.
  "GET /api/v1/lines/{number}/auto-renew": { path: line("auto-renew"), expect: account(401, 404) },
  "PUT /api/v1/lines/{number}/auto-renew": { path: line("auto-renew"), headers: JSON_TYPE, body: () => JSON.stringify({ ...wish, agreed: { version: "2026-11-28", fingerprint: "0".repeat(64) } }), key: true, expect: account(401, 404) },
  "DELETE /api/v1/lines/{number}/auto-renew": { path: line("auto-renew"), expect: account(401, 404) },
  "POST /api/v1/lines/{number}/auto-renew/consent": { path: line("auto-renew/consent"), headers: JSON_TYPE, body: () => JSON.stringify(wish), key: true, expect: account(401, 404) },
  // One's own saved methods; somebody else's is none.
  "GET /api/v1/methods": { path: () => "/api/v1/methods", expect: account(401, 200) },
  "DELETE /api/v1/methods/{id}": { path: ({ method }) => `/api/v1/methods/${method}`, expect: account(401, 404) },
  // Anybody may renew any line; a bearer that is none is told so first. What is said never depends on usage.
  "GET /api/v1/lines/{number}/plans": { path: line("plans"), expect: strangers(200, 401) },
  "POST /api/v1/quotes": { path: () => "/api/v1/quotes", headers: JSON_TYPE, body: ({ number }) => JSON.stringify({ line: number, plan: "maplewave-5gb" }), key: true, expect: strangers(201, 401) },
  // A quote is no secret kept from its line's payer, and is used once: the foreign one was used, under another key.
  "POST /api/v1/orders": { path: () => "/api/v1/orders", headers: JSON_TYPE, body: ({ quote }) => JSON.stringify({ quote, contact: { email: "stranger@example.org" }, language: "en-CA", pay_with: "credit" }), key: true, expect: account(401, 403) },
  "POST /api/v1/sign-in": { path: () => "/api/v1/sign-in", headers: JSON_TYPE, body: () => JSON.stringify({ email: somebody(), password: "correct horse battery staple" }), expect: all(401) },
  "ANY /api/{*rest}": { path: ({ id }) => `/api/v1/nothing/${id}`, expect: all(404) },

  // The partner API: a key of a partner, which no bearer of ours is; its document is open to all.
  "GET /partner/v1/numbers/{number}": { path: ({ number }) => `/partner/v1/numbers/${number}`, expect: all(401) },
  "POST /partner/v1/orders": { path: () => "/partner/v1/orders", headers: JSON_TYPE, body: ({ number }) => JSON.stringify({ reference: "x", number, product: "maplewave-5gb" }), expect: all(401) },
  "GET /partner/v1/orders": { path: () => "/partner/v1/orders", expect: all(401) },
  "GET /partner/v1/orders/{id}": { path: ({ id }) => `/partner/v1/orders/${id}`, expect: all(401) },
  "DELETE /partner/v1/orders/{id}": { path: ({ id }) => `/partner/v1/orders/${id}`, expect: all(401) },
  "GET /partner/v1/orders/{id}/receipt.pdf": { path: ({ id }) => `/partner/v1/orders/${id}/receipt.pdf`, expect: all(401) },
  "POST /partner/v1/batches": { path: () => "/partner/v1/batches", headers: { "content-type": "text/csv" }, body: ({ number }) => `reference,number,product\nx,${number},maplewave-5gb\n`, expect: all(401) },
  "GET /partner/v1/balance": { path: () => "/partner/v1/balance", expect: all(401) },
  "GET /partner/v1/statement": { path: () => "/partner/v1/statement?from=2026-11-01", expect: all(401) },
  "GET /partner/v1/statement.csv": { path: () => "/partner/v1/statement.csv?from=2026-11-01", expect: all(401) },
  "GET /partner/v1/statement.pdf": { path: () => "/partner/v1/statement.pdf?from=2026-11-01", expect: all(401) },
  "GET /partner/v1/callbacks": { path: () => "/partner/v1/callbacks", expect: all(401) },
  "POST /partner/v1/callbacks/{id}/replay": { path: ({ id }) => `/partner/v1/callbacks/${id}-1/replay`, expect: all(401) },
  "ANY /partner/{*rest}": { path: ({ id }) => `/partner/v1/nothing/${id}`, expect: all(401) },

  // The portal: the address carries the bearer. A wrong one leads nowhere.
  "GET /{language}/orders/{token}": { path: page(), expect: all(404) },
  "GET /{language}/orders/{token}/pay": { path: page("/pay"), expect: all(404) },
  "POST /{language}/orders/{token}/cancel": { path: page("/cancel"), ...form({}), expect: all(404) },
  "POST /{language}/orders/{token}/another": { path: page("/another"), ...form({ choice: "refund" }), expect: all(404) },
  "POST /{language}/orders/{token}/wrong-number": { path: page("/wrong-number"), ...form({ confirm: "yes" }), expect: all(404) },
  "POST /{language}/orders/{token}/cancel-queued": { path: page("/cancel-queued"), ...form({ confirm: "yes" }), expect: all(404) },
  "GET /{language}/orders/{token}/receipt": { path: page("/receipt"), expect: all(404) },
  "GET /{language}/orders/{token}/receipt.pdf": { path: page("/receipt.pdf"), expect: all(404) },
  "GET /{language}/orders/{token}/proof": { path: page("/proof"), expect: all(404) },
  "GET /{language}/orders/{token}/proof.pdf": { path: page("/proof.pdf"), expect: all(404) },
  "GET /{language}/check/{quote}": { path: ({ sealed }) => `/en/check/${sealed}`, expect: all(404) },
  "POST /{language}/check/{quote}": { path: ({ sealed }) => `/en/check/${sealed}`, ...form({ email: "stranger@example.org", key: "k".repeat(24) }), expect: all(404) },
  "POST /{language}/check/{quote}/promotion": { path: ({ sealed }) => `/en/check/${sealed}/promotion`, ...form({ promotion: "first10" }), expect: all(404) },
  "POST /{language}/check/{quote}/province": { path: ({ sealed }) => `/en/check/${sealed}/province`, ...form({ province: "AB" }), expect: any_form(404) },
  "GET /{language}/renew/{link}": { path: ({ sealed }) => `/en/renew/${sealed}`, expect: all(404) },
  "POST /{language}/renew/{link}": { path: ({ sealed }) => `/en/renew/${sealed}`, ...form({ plan: "maplewave-5gb" }), expect: all(404) },
  "GET /l/{link}": { path: ({ sealed }) => `/l/${sealed}`, expect: all(303), follows: 404 },

  // The account's pages. Somebody else's card is no card; somebody else's proof, request or address is none either.
  "GET /{language}/cards": { path: () => "/en/cards", expect: own_page(200) },
  "GET /{language}/cards/add": { path: () => "/en/cards/add", expect: own_page(200) },
  // Anybody signed in may begin to add any card, held or not, and is told the same (a test of its own). The address of the
  // proof names the card by its id, which opens nothing for others, as the other rows show.
  "POST /{language}/cards/add": { path: () => "/en/cards/add", ...form(({ number }) => ({ number, proof: "pin" })), expect: own_form("303 /en/cards/add/"), names_card: true },
  "GET /{language}/cards/add/{request}": { path: ({ proving }) => proving, expect: own_page(404) },
  "POST /{language}/cards/add/{request}": { path: ({ proving }) => proving, ...form(({ pin }) => ({ pin })), expect: own_form(404) },
  "GET /{language}/cards/{id}": { path: card(), expect: own_page(404) },
  "GET /{language}/cards/{id}/usage": { path: card("/usage"), expect: own_page(404) },
  "GET /{language}/cards/{id}/history": { path: card("/history"), expect: own_page(404) },
  "GET /{language}/cards/{id}/keep": { path: card("/keep"), expect: own_page(404) },
  "GET /{language}/cards/{id}/keep.ics": { path: card("/keep.ics"), expect: own_page(404) },
  "GET /{language}/cards/{id}/auto-renew": { path: card("/auto-renew"), expect: own_page(404) },
  "POST /{language}/cards/{id}/auto-renew": { path: card("/auto-renew"), ...form({ plan: "maplewave-5gb", when: "before-0", pay_with: "link", step: "agree", agree: "yes" }), expect: own_form(404) },
  "GET /{language}/cards/{id}/auto-renew/off": { path: card("/auto-renew/off"), expect: own_page(404) },
  "POST /{language}/cards/{id}/auto-renew/off": { path: card("/auto-renew/off"), ...form({}), expect: own_form(404) },
  "GET /{language}/cards/{id}/reminders": { path: card("/reminders"), expect: own_page(404) },
  "POST /{language}/cards/{id}/reminders": { path: card("/reminders"), ...form({ by: "email" }), expect: own_form(404) },
  "GET /{language}/cards/{id}/helpers": { path: card("/helpers"), expect: own_page(404) },
  "POST /{language}/cards/{id}/helpers": { path: card("/helpers"), ...form(() => ({ name: "me", contact: somebody() })), expect: own_form(404) },
  "POST /{language}/cards/{id}/helpers/{helper}/revoke": { path: ({ card: id, helper }) => `/en/cards/${id}/helpers/${helper}/revoke`, ...form({}), expect: own_form(404) },
  "POST /{language}/cards/{id}/nickname": { path: card("/nickname"), ...form({ nickname: "mine" }), expect: own_form(404) },
  "POST /{language}/cards/{id}/remove": { path: card("/remove"), ...form({ confirm: "yes" }), expect: own_form(404) },
  "POST /{language}/cards/{id}/renew": { path: card("/renew"), ...form({ plan: "maplewave-5gb" }), expect: own_form(404) },
  "GET /{language}/approve/{token}": { path: ({ wrong_approval }) => wrong_approval, expect: all(404) },
  // What names nothing bought is nothing, whoever says it and for whichever card. (Guesses are counted: journeys-redeem.)
  "POST /{language}/redeem": { path: () => "/en/redeem", ...form({ bought: "", number: "+14165550101" }), expect: any_form(404) },
  "POST /{language}/redeem/confirm": { path: () => "/en/redeem/confirm", ...form({ bought: "", number: "+14165550101" }), expect: any_form(404) },
  // A key of the sandbox, for whoever asks; where money is real there is no such thing.
  "POST /{language}/partners": { path: () => "/en/partners", ...form({}), expect: any_form(200) },
  // The portal of partners' people: whoever took a key above is one of their own partner's, and nobody is of another's.
  "GET /{language}/partner": { path: () => "/en/partner?all", expect: own_page(200) },
  "GET /{language}/partner/{partner}": { path: () => "/en/partner/harbour-travel", expect: own_page(404) },
  "GET /{language}/partner/{partner}/orders": { path: ({ id }) => `/en/partner/harbour-travel/orders?reference=${id}`, expect: own_page(404) },
  "GET /{language}/partner/{partner}/upload": { path: () => "/en/partner/harbour-travel/upload", expect: own_page(404) },
  // Sent as a form without a file, its anti-forgery value is not read.
  "POST /{language}/partner/{partner}/upload": { path: () => "/en/partner/harbour-travel/upload", ...form({}), expect: own_page(403) },
  "GET /{language}/partner/{partner}/keys": { path: () => "/en/partner/harbour-travel/keys", expect: own_page(404) },
  "POST /{language}/partner/{partner}/keys": { path: () => "/en/partner/harbour-travel/keys", ...form({ label: "mine", scope: "order" }), expect: own_form(404) },
  "POST /{language}/partner/{partner}/keys/{ending}/end": { path: () => "/en/partner/harbour-travel/keys/x9Qz/end", ...form({}), expect: own_form(404) },
  "GET /{language}/partner/{partner}/requests": { path: () => "/en/partner/harbour-travel/requests", expect: own_page(404) },
  "GET /{language}/partner/{partner}/callbacks": { path: () => "/en/partner/harbour-travel/callbacks", expect: own_page(404) },
  "POST /{language}/partner/{partner}/callbacks/{id}/replay": { path: ({ id }) => `/en/partner/harbour-travel/callbacks/${id}-1/replay`, ...form({}), expect: own_form(404) },
  "GET /{language}/partner/{partner}/statement": { path: () => "/en/partner/harbour-travel/statement", expect: own_page(404) },
  "GET /{language}/partner/{partner}/statement.csv": { path: () => "/en/partner/harbour-travel/statement.csv?month=2026-11", expect: own_page(404) },
  "GET /{language}/partner/{partner}/statement.pdf": { path: () => "/en/partner/harbour-travel/statement.pdf?month=2026-11", expect: own_page(404) },
  "POST /{language}/approve/{token}": { path: ({ wrong_approval }) => wrong_approval, ...form({ answer: "yes" }), expect: any_form(404) },
  // Paging from somebody else's order shows one's own orders, or nothing.
  "GET /{language}/orders": { path: ({ id }) => `/en/orders?after=${id}`, expect: own_page(200) },
  "GET /{language}/account": { path: () => "/en/account", expect: own_page(200) },
  "GET /{language}/account/data.json": { path: () => "/en/account/data.json", expect: own_page(200) },
  // Somebody else's saved method, page of a provider or wish to save one is none.
  "GET /{language}/account/methods": { path: () => "/en/account/methods", expect: own_page(200) },
  "POST /{language}/account/methods": { path: () => "/en/account/methods", ...form({ provider: "nobody" }), expect: own_form(422) },
  "GET /{language}/account/methods/added/{token}": { path: ({ sealed }) => `/en/account/methods/added/${sealed}`, expect: own_page(404) },
  "GET /{language}/account/methods/{id}/remove": { path: ({ method }) => `/en/account/methods/${method}/remove`, expect: own_page(404) },
  "POST /{language}/account/methods/{id}/remove": { path: ({ method }) => `/en/account/methods/${method}/remove`, ...form({}), expect: own_form(404) },
  "POST /{language}/account/marketing": { path: () => "/en/account/marketing", ...form({ medium: "email", act: "end" }), expect: own_form("303 /en/account") },
  // A link that we did not sign ends nobody's consent.
  "GET /{language}/unsubscribe/{token}": { path: ({ wrong_approval }) => wrong_approval.replace("/approve/", "/unsubscribe/"), expect: all(404) },
  "POST /{language}/unsubscribe/{token}": { path: ({ wrong_approval }) => wrong_approval.replace("/approve/", "/unsubscribe/"), ...form({ "List-Unsubscribe": "One-Click" }), expect: any_form(404) },
  "POST /{language}/account/language": { path: () => "/en/account/language", ...form({ language: "en-CA" }), expect: own_form("303 /en/account") },
  // Somebody else's address answers as one that nobody has: a code is on its way.
  "POST /{language}/account/contacts": { path: () => "/en/account/contacts", ...form(({ contact }) => ({ contact })), expect: own_form(200) },
  "POST /{language}/account/contacts/{id}/remove": { path: ({ contact_id }) => `/en/account/contacts/${contact_id}/remove`, ...form({}), expect: own_form(404) },
  "POST /{language}/account/password": { path: () => "/en/account/password", ...form({ current: "not the password of anybody", password: "Nine-kettles on the railway roof" }), expect: own_form(401) },
  "POST /{language}/account/delete": { path: () => "/en/account/delete", ...form({ confirm: "yes" }), expect: own_form(200) },
  "POST /{language}/account/sign-out-everywhere": { path: () => "/en/account/sign-out-everywhere", ...form({}), expect: own_form("303 /en"), ends: "every session" },
  "POST /{language}/sign-out": { path: () => "/en/sign-out", ...form({}), expect: own_form("303 /en"), ends: "this session" },

  // The desk's orders and its day: for those who are signed in at the desk, whose cookie none of these has.
  "GET /{language}/desk/orders": { path: () => "/en/desk/orders", expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/orders/{reference}": { path: rescue(), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/orders/{reference}/take": { path: rescue("/take"), ...form({ take_method: "cash", take_amount: "28.25" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/orders/{reference}/refund": { path: rescue("/refund"), ...form({ refund_reason: "kind" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/orders/{reference}/given-back": { path: rescue("/given-back"), ...form({ given_refund: "1", given_method: "cash", given_reason: "kind" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/orders/{reference}/rescue": { path: rescue("/rescue"), ...form({ what: "delivered", rescue_reason: "kind" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/orders/{reference}/requests/{request}": { path: rescue("/requests/rrq_0000000000000000000000000"), ...form({ answer: "agree" }), expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/today": { path: () => "/en/desk/today", expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/partners": { path: () => "/en/desk/partners", expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/partners/{partner}": { path: () => "/en/desk/partners/harbour-travel", expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/partners/{partner}/pay-in": { path: () => "/en/desk/partners/harbour-travel/pay-in", ...form({ amount: "500.00", paid_by: "bank_transfer", reference: "C1A2B3C4", reason: "kind" }), expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/promotions": { path: () => "/en/desk/promotions", expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/promotions": { path: () => "/en/desk/promotions", ...form({ code: "spring" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/promotions/{promotion}/stop": { path: () => "/en/desk/promotions/first10/stop", ...form({ reason: "kind" }), expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/plans": { path: () => "/en/desk/plans", expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/plans/{plan}": { path: () => "/en/desk/plans/maplewave-5gb", expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/plans/{plan}/price": { path: () => "/en/desk/plans/maplewave-5gb/price", ...form({ price: "1", from: "2027-01-01", version: "1" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/plans/{plan}/withdraw": { path: () => "/en/desk/plans/maplewave-5gb/withdraw", ...form({ version: "1" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/plans/{plan}/stop": { path: () => "/en/desk/plans/maplewave-5gb/stop", ...form({ reason: "kind" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/plans/{plan}/resume": { path: () => "/en/desk/plans/maplewave-5gb/resume", ...form({}), expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/today.csv": { path: () => "/en/desk/today.csv", expect: all(DESK_SIGN_IN) },

  // Calls: nobody here is of the staff, and a call is its agent's alone.
  "POST /{language}/desk/calls": { path: () => "/en/desk/calls", ...form({ line: "lin_0.AAAA" }), expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/calls/{call}": { path: () => "/en/desk/calls/cal_0000000000000000000000000", expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/code": { path: () => "/en/desk/calls/cal_0000000000000000000000000/code", ...form({ target: "0" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/verify": { path: () => "/en/desk/calls/cal_0000000000000000000000000/verify", ...form({ way: "pin", pin: "1234" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/document": { path: () => "/en/desk/calls/cal_0000000000000000000000000/document", ...form({ document: "E1234567" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/plan": { path: () => "/en/desk/calls/cal_0000000000000000000000000/plan", ...form({ plan: "maplewave-5gb" }), expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/calls/{call}/check/{quote}": { path: () => "/en/desk/calls/cal_0000000000000000000000000/check/quo_0000000000000000000000000", expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/check/{quote}": { path: () => "/en/desk/calls/cal_0000000000000000000000000/check/quo_0000000000000000000000000", ...form({ pay: "qr" }), expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/calls/{call}/orders/{order}": { path: () => "/en/desk/calls/cal_0000000000000000000000000/orders/ord_0000000000000000000000000", expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/orders/{order}/link": { path: () => "/en/desk/calls/cal_0000000000000000000000000/orders/ord_0000000000000000000000000/link", ...form({ medium: "sms" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/orders/{order}/cancel": { path: () => "/en/desk/calls/cal_0000000000000000000000000/orders/ord_0000000000000000000000000/cancel", ...form({}), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/orders/{order}/by-hand": { path: () => "/en/desk/calls/cal_0000000000000000000000000/orders/ord_0000000000000000000000000/by-hand", ...form({ method: "cash" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/orders/{order}/keypad": { path: () => "/en/desk/calls/cal_0000000000000000000000000/orders/ord_0000000000000000000000000/keypad", ...form({ do: "start" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/notes": { path: () => "/en/desk/calls/cal_0000000000000000000000000/notes", ...form({ note: "hello" }), expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/calls/{call}/end": { path: () => "/en/desk/calls/cal_0000000000000000000000000/end", ...form({}), expect: all(DESK_SIGN_IN) },
  "GET /{language}/desk/follow-ups": { path: () => "/en/desk/follow-ups", expect: all(DESK_SIGN_IN) },
  "POST /{language}/desk/follow-ups/{note}": { path: () => "/en/desk/follow-ups/nte_0000000000000000000000000", ...form({}), expect: all(DESK_SIGN_IN) },

  // The stand-in provider's own interface: for a program that has its key.
  "GET /sandbox/v1/checkouts": { path: ({ id }) => `/sandbox/v1/checkouts?reference=${id}`, expect: all(401) },
  "POST /sandbox/v1/checkouts": { path: () => "/sandbox/v1/checkouts", headers: JSON_TYPE, body: () => "{}", expect: all(401) },
  "GET /sandbox/v1/checkouts/{id}": { path: ({ checkout }) => `/sandbox/v1/checkouts/${checkout}`, expect: all(401) },
  "POST /sandbox/v1/checkouts/{id}/expire": { path: ({ checkout }) => `/sandbox/v1/checkouts/${checkout}/expire`, headers: JSON_TYPE, body: () => "{}", expect: all(401) },
  "GET /sandbox/v1/payments/{id}": { path: () => "/sandbox/v1/payments/pay_AAAAAAAAAAAAAAAAAAAAAA", expect: all(401) },
  "GET /sandbox/v1/refunds": { path: ({ id }) => `/sandbox/v1/refunds?reference=${id}`, expect: all(401) },
  "POST /sandbox/v1/refunds": { path: () => "/sandbox/v1/refunds", headers: JSON_TYPE, body: () => "{}", expect: all(401) },
  "GET /sandbox/v1/refunds/{id}": { path: () => "/sandbox/v1/refunds/re_AAAAAAAAAAAAAAAAAAAAAA", expect: all(401) },
  "GET /sandbox/v1/disputes": { path: ({ id }) => `/sandbox/v1/disputes?reference=${id}`, expect: all(401) },
  "GET /sandbox/v1/disputes/{id}": { path: () => "/sandbox/v1/disputes/dp_AAAAAAAAAAAAAAAAAAAAAA", expect: all(401) },
  "POST /sandbox/v1/disputes/{id}/answer": { path: () => "/sandbox/v1/disputes/dp_AAAAAAAAAAAAAAAAAAAAAA/answer", headers: JSON_TYPE, body: () => "{}", expect: all(401) },
  "POST /sandbox/v1/disputes/{id}/close": { path: () => "/sandbox/v1/disputes/dp_AAAAAAAAAAAAAAAAAAAAAA/close", headers: JSON_TYPE, body: () => '{"outcome":"won"}', expect: all(401) },
  "GET /sandbox/v1/setups": { path: () => "/sandbox/v1/setups?reference=setup", expect: all(401) },
  "POST /sandbox/v1/setups": { path: () => "/sandbox/v1/setups", headers: JSON_TYPE, body: () => "{}", expect: all(401) },
  "GET /sandbox/v1/setups/{id}": { path: () => "/sandbox/v1/setups/set_AAAAAAAAAAAAAAAAAAAAAA", expect: all(401) },
  "GET /sandbox/v1/charges": { path: ({ id }) => `/sandbox/v1/charges?reference=${id}`, expect: all(401) },
  "POST /sandbox/v1/charges": { path: () => "/sandbox/v1/charges", headers: { ...JSON_TYPE, "idempotency-key": "stolen" }, body: () => "{}", expect: all(401) },
  "GET /sandbox/v1/charges/{id}": { path: () => "/sandbox/v1/charges/ch_AAAAAAAAAAAAAAAAAAAAAA", expect: all(401) },
  "GET /sandbox/v1/methods": { path: () => "/sandbox/v1/methods?customer=me", expect: all(401) },
  "GET /sandbox/v1/methods/{id}": { path: () => "/sandbox/v1/methods/pm_AAAAAAAAAAAAAAAAAAAAAA", expect: all(401) },
  "DELETE /sandbox/v1/methods/{id}": { path: () => "/sandbox/v1/methods/pm_AAAAAAAAAAAAAAAAAAAAAA", expect: all(401) },
  // Its pages: 128 random bits in the address are the right to pay. Another checkout's address leads nowhere.
  "GET /sandbox/pay/{id}": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}`, expect: all(404) },
  "POST /sandbox/pay/{id}": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}`, ...form({ "cc-number": "4242424242424242", "cc-exp": "12/39", "cc-csc": "123" }), expect: all(404) },
  "POST /sandbox/pay/{id}/paypal": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}/paypal`, ...form({ decision: "approve" }), expect: all(404) },
  "GET /sandbox/pay/{id}/paypal": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}/paypal`, expect: all(404) },
  "POST /sandbox/pay/{id}/challenge": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}/challenge`, ...form({ decision: "approve" }), expect: all(404) },
  "GET /sandbox/pay/{id}/challenge": { path: ({ wrong_checkout }) => `/sandbox/pay/${wrong_checkout}/challenge`, expect: all(404) },
  "GET /sandbox/setup/{id}": { path: () => "/sandbox/setup/set_AAAAAAAAAAAAAAAAAAAAAA", expect: all(404) },
  "POST /sandbox/setup/{id}": { path: () => "/sandbox/setup/set_AAAAAAAAAAAAAAAAAAAAAA", ...form({ "cc-number": "4242424242424242", "cc-exp": "12/39", "cc-csc": "123" }), expect: all(404) },
  "POST /sandbox/setup/{id}/paypal": { path: () => "/sandbox/setup/set_AAAAAAAAAAAAAAAAAAAAAA/paypal", ...form({ decision: "approve" }), expect: all(404) },
  "GET /sandbox/setup/{id}/paypal": { path: () => "/sandbox/setup/set_AAAAAAAAAAAAAAAAAAAAAA/paypal", expect: all(404) },
  "POST /sandbox/setup/{id}/challenge": { path: () => "/sandbox/setup/set_AAAAAAAAAAAAAAAAAAAAAA/challenge", ...form({ decision: "approve" }), expect: all(404) },
  "GET /sandbox/setup/{id}/challenge": { path: () => "/sandbox/setup/set_AAAAAAAAAAAAAAAAAAAAAA/challenge", expect: all(404) },
  // Whoever has no secret forges in vain.
  // The telephone: only what the carrier has signed is heard, whoever brings it.
  "ANY /webhooks/voice": { path: () => "/webhooks/voice", ...form(UNSIGNED), expect: all(403) },
  "ANY /webhooks/voice/steps/{step}": { path: () => "/webhooks/voice/steps/0", ...form(UNSIGNED), expect: all(403) },
  "ANY /webhooks/voice/dialed": { path: () => "/webhooks/voice/dialed", ...form(UNSIGNED), expect: all(403) },
  "ANY /webhooks/voice/status": { path: () => "/webhooks/voice/status", ...form(UNSIGNED), expect: all(403) },
  "ANY /webhooks/voice/keypad/{call}/{entry}/{step}": { path: () => "/webhooks/voice/keypad/cal_0000000000000000000000000/1/1", ...form(UNSIGNED), expect: all(403) },
  "ANY /webhooks/sms": { path: () => "/webhooks/sms", ...form(UNSIGNED), expect: all(403) },
  "POST /webhooks/{provider}": {
    path: () => "/webhooks/sandbox",
    headers: { ...JSON_TYPE, "farline-sandbox-signature": `t=1,v1=${"0".repeat(64)}` },
    body: ({ id, checkout }) => JSON.stringify({ id: "evt_forged", type: "checkout.completed", created: 1, livemode: false, data: { object: { id: checkout, reference: id, status: "complete" } } }),
    expect: all(400),
  },

  // Endpoints of platforms: the world has none, so there is nothing at the address. Where there is one, whoever does not sign gets the
  // platform's own refusal of the signature under status 200, as the protocols say; the channels' contract of platforms walks that.
  "ANY /endpoints/{name}/{*path}": { path: ({ id }) => `/endpoints/goofish/goofish/order/detail?order_no=${id}`, expect: all(404) },
  "POST /webhooks/shops/{shop}": { path: () => "/webhooks/shops/red-maple", headers: { ...JSON_TYPE }, body: () => JSON.stringify({ id: 1 }), expect: all(404) },

  // The same for everybody: nothing in them belongs to anyone.
  "GET /": { open: "leads to the first page", path: () => "/" },
  "GET /{language}": { open: "the first page", path: () => "/en" },
  "GET /{language}/renew": { open: "leads to the first page", path: () => "/en/renew" },
  "POST /{language}/renew": { open: "anybody may look a number up; the line comes masked behind a sealed link", path: () => "/en/renew", ...form({ number: "+14165550101" }) },
  "GET /{language}/about": { open: "who sells", path: () => "/en/about" },
  "GET /{language}/terms": { open: "terms", path: () => "/en/terms" },
  "GET /{language}/privacy": { open: "privacy", path: () => "/en/privacy" },
  "GET /{language}/complaints": { open: "complaints", path: () => "/en/complaints" },
  "GET /api/openapi.json": { open: "the contract", path: () => "/api/openapi.json" },
  "GET /partner/v1/openapi.json": { open: "the contract", path: () => "/partner/v1/openapi.json" },
  "GET /redeem": { open: "leads to the page of shops' orders in the browser's language", path: () => "/redeem" },
  "GET /{language}/redeem": { open: "anybody may say what they bought", path: () => "/en/redeem" },
  "GET /{language}/redeem/confirm": { open: "leads back to that page", path: () => "/en/redeem/confirm" },
  "GET /{language}/promotions": { open: "what is given now is for everybody", path: () => "/en/promotions" },
  "GET /{language}/compare": { open: "prices of every channel are for everybody", path: () => "/en/compare" },
  "GET /{language}/compare.csv": { open: "the same as a table", path: () => "/en/compare.csv" },
  "GET /{language}/sellers": { open: "which shops may sell is for every buyer to see", path: () => "/en/sellers" },
  "GET /{language}/partners": { open: "what partners read before they sell", path: () => "/en/partners" },
  "GET /problems/{code}": { open: "explains a code", path: () => "/problems/not-found" },
  "GET /{language}/deleted": { open: "says that an account is gone, and whose it does not know", path: () => "/en/deleted" },
  // Signing in and registering. A code that nobody sent opens nothing. What the holder's own address
  // is answered has a test of its own: it may be asked for only a few times.
  "GET /{language}/register": { open: "the form", path: () => "/en/register" },
  "POST /{language}/register": { path: () => "/en/register", ...form(() => ({ who: somebody(), password: "Nine-kettles on the railway roof" })), expect: all(200) },
  // The desk: its session is its own, so whoever is a customer, whatever they bring along, is nobody there. What roles may is walked
  // by the channels' own tests.
  "GET /desk": { path: () => "/desk", expect: all(DESK) },
  "GET /{language}/desk": { path: () => "/en/desk", expect: all(DESK) },
  "GET /{language}/desk/team": { path: () => "/en/desk/team", expect: all(DESK) },
  "POST /{language}/desk/team": { path: () => "/en/desk/team", ...form({ sign_in: "mei", agent: "yes" }), expect: all(DESK) },
  "POST /{language}/desk/team/{member}/roles": { path: () => "/en/desk/team/stf_nobody/roles", ...form({ agent: "yes" }), expect: all(DESK) },
  "POST /{language}/desk/team/{member}/end": { path: () => "/en/desk/team/stf_nobody/end", ...form({}), expect: all(DESK) },
  "GET /{language}/desk/supervise": { path: () => "/en/desk/supervise", expect: all(DESK) },
  "GET /{language}/desk/supervise.csv": { path: () => "/en/desk/supervise.csv", expect: all(DESK) },
  "GET /{language}/desk/cards/{card}": { path: () => "/en/desk/cards/lin_0.AAAA", expect: all(DESK) },
  "POST /{language}/desk/cards/{card}": { path: () => "/en/desk/cards/lin_0.AAAA", ...form({ reason: "curious" }), expect: all(DESK) },
  "GET /{language}/desk/audit": { path: () => "/en/desk/audit", expect: all(DESK) },
  "POST /{language}/desk/sign-out": { path: () => "/en/desk/sign-out", ...form({}), expect: all(DESK) },
  "GET /{language}/desk/sign-in": { path: () => "/en/desk/sign-in", expect: all(200) },
  "POST /{language}/desk/sign-in": { path: () => "/en/desk/sign-in", ...form(() => ({ who: somebody(), password: "wrong horse", code: "000000" })), expect: all(401) },
  "POST /{language}/desk/sign-in/demonstration": { path: () => "/en/desk/sign-in/demonstration", ...form({ as: "nobody" }), expect: all(404) },
  "POST /{language}/desk/sign-in/passkey": { path: () => "/en/desk/sign-in/passkey", ...form({ answer: "{}" }), expect: all(401) },
  "POST /{language}/desk/sign-in/passkey/ask": { open: "a question to which only a passkey has the answer", path: () => "/en/desk/sign-in/passkey/ask", ...form({}) },
  "GET /{language}/desk/me": { path: () => "/en/desk/me", expect: all(DESK) },
  "POST /{language}/desk/me/again": { path: () => "/en/desk/me/again", ...form({}), expect: all(DESK) },
  "POST /{language}/desk/me/passkeys": { path: () => "/en/desk/me/passkeys", ...form({ answer: "{}" }), expect: all(DESK) },
  "POST /{language}/desk/me/passkeys/ask": { path: () => "/en/desk/me/passkeys/ask", ...form({}), expect: all(DESK) },
  "POST /{language}/desk/me/passkeys/remove": { path: () => "/en/desk/me/passkeys/remove", ...form({ passkey: "AAAA" }), expect: all(DESK) },
  "GET /{language}/desk/join/{link}": { path: () => "/en/desk/join/AAAA", expect: all(410) },
  "POST /{language}/desk/join/{link}": { path: () => "/en/desk/join/AAAA", ...form({ name: "Mei", password: "m8-anvil", code: "000000" }), expect: all(410) },
  "GET /{language}/sign-in": { path: () => "/en/sign-in", expect: { ...all(200), signed_in: "303 /en/cards", no_csrf: "303 /en/cards", foreign_csrf: "303 /en/cards" } },
  "POST /{language}/sign-in": { path: () => "/en/sign-in", ...form(() => ({ who: somebody(), password: "wrong horse battery staple", way: "password" })), expect: all(401) },
  "GET /{language}/sign-in/code": { path: () => "/en/sign-in/code", expect: all(SIGN_IN) },
  "POST /{language}/sign-in/code": { path: () => "/en/sign-in/code", ...form({ challenge: "A".repeat(64), code: "000000" }), expect: all(422) },
  "POST /{language}/sign-in/code/again": { path: () => "/en/sign-in/code/again", ...form({ challenge: "A".repeat(64) }), expect: all(422) },
  "GET /{language}/verify": { path: () => "/en/verify", expect: { ...all("303 /en/register"), signed_in: "303 /en/account", no_csrf: "303 /en/account", foreign_csrf: "303 /en/account" } },
  "POST /{language}/verify": { path: () => "/en/verify", ...form({ challenge: "A".repeat(64), code: "000000" }), expect: all(422) },
  "POST /{language}/verify/again": { path: () => "/en/verify/again", ...form({ challenge: "A".repeat(64) }), expect: any_form(422) },
  "GET /healthz": { open: "a word", path: () => "/healthz" },
  "GET /readyz": { open: "a word", path: () => "/readyz" },
  "GET /sandbox/v1/health": { open: "a word", path: () => "/sandbox/v1/health" },
  "POST /sandbox/clock": { open: "the demonstration's clock, absent outside of it", path: () => "/sandbox/clock", headers: JSON_TYPE, body: () => '{"advance_s":0}' },
  "POST /sandbox/clock/jump": { open: "the same from a page", path: () => "/sandbox/clock/jump", ...form({ advance_s: "0", to: "/mailbox" }), expect: all(303) },
  "GET /mailbox": { open: "the demonstration's mailbox, marked as open to anybody; it shows messages by design, so it is not searched", path: () => "/mailbox", shows_messages: true },
};
