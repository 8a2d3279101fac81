// The instruments' own tests: faults are planted in a small page, and each must be seen; a good page must be let through.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test as plainTest } from "node:test";
import { gzipSync } from "node:zlib";

import { axeFaults } from "./axe.mjs";
import { DESKTOP, launch, visitor } from "./browser.mjs";
import { firstPageFaults, firstVisit, narrowFaults, targetFaults } from "./instruments.mjs";
import { keyboardFaults, tabStops } from "./keyboard.mjs";

/** A browser that hangs fails the test, and the others go on. */
const test = (name, body) => plainTest(name, { timeout: 60_000 }, body);

const STYLE = "body{margin:0;color:#14202b;background:#fbfaf6}a,button,input,label{display:inline-block;min-height:44px;min-width:44px}:focus-visible{outline:3px solid}";
const BODY = `<main><h1>Renew</h1><form id="f"><label>Number <input name="line" autocomplete="tel"></label>
<label><input type="radio" name="need" value="data"> Data</label><label><input type="radio" name="need" value="keep"> Keep</label>
<button>Go on</button></form><p><a href="/second">Second</a></p></main>`;
const page = (body, style = "") =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Renew</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><style>${STYLE}${style}</style></head><body>${body}</body></html>`;

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'self'";
let pages = {};
let origin;
let browser;
const server = createServer((request, response) => {
  const found = pages[request.url];
  if (found?.redirect) return response.writeHead(303, { location: found.redirect }).end();
  if (!found) return response.writeHead(request.url === "/broken" ? 500 : 404).end();
  const type = request.url.endsWith(".js") ? "text/javascript" : "text/html";
  response.writeHead(200, { "content-type": type, "content-encoding": "gzip", "content-security-policy": found.policy ?? POLICY });
  return response.end(gzipSync(found.text ?? found));
});

before(async () => {
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server.close();
});

/** Shows a page to a new visitor and gives what `look` sees. */
async function seen(body, look, { style, path = "/", ...options } = {}) {
  pages[path] = typeof body === "string" ? page(body, style) : body;
  const guest = await visitor(browser, options);
  try {
    await guest.page.goto(origin + path);
    return await look(guest.page, guest);
  } finally {
    await guest.close();
  }
}

for (const script of [true, false]) {
  const how = script ? "with JavaScript" : "without JavaScript";
  test(`a good page has no faults ${how}`, async () => {
    const faults = await seen(BODY, async (view) => [
      ...(await axeFaults(view)),
      ...(await narrowFaults(view)),
      ...(await targetFaults(view)),
      ...(await keyboardFaults(view)),
    ], { script });
    assert.deepEqual(faults, []);
  });
  test(`axe sees a field without a name, faint text and a missing heading ${how}`, async () => {
    const body = '<main><p style="color:#bbb">Faint</p><input></main>';
    const faults = (await seen(body, axeFaults, { script })).join("\n");
    for (const rule of ["label", "color-contrast", "page-has-heading-one"]) assert.match(faults, new RegExp(`^${rule} `, "m"));
  });
}

test("axe judges the colours of the scheme that is asked for", async () => {
  const style = "@media (prefers-color-scheme:dark){body{color:#222;background:#111}}";
  assert.deepEqual(await seen(BODY, axeFaults, { style, scheme: "light" }), []);
  assert.match((await seen(BODY, axeFaults, { style, scheme: "dark" })).join(), /color-contrast/);
});

test("JavaScript is off for a visitor who turned it off", async () => {
  pages["/x.js"] = "document.title = 'ran'";
  const body = `${BODY}<script src="/x.js"></script>`;
  assert.equal(await seen(body, (view) => view.title(), { script: true }), "ran");
  assert.equal(await seen(body, (view) => view.title(), { script: false }), "Renew");
});

test("the wire is counted compressed, headers included, in one request", async () => {
  pages["/"] = page(`${BODY}<p>${"word ".repeat(4000)}</p>`);
  const { requests, bytes } = await firstVisit(browser, `${origin}/`);
  const body = gzipSync(pages["/"]).length;
  assert.equal(requests.length, 1);
  assert.ok(bytes > body && bytes < body + 600, `${bytes} for a body of ${body}`);
  assert.deepEqual(await firstPageFaults(browser, `${origin}/`), []);
});

test("a heavy first page, a second request and a redirect are seen", async () => {
  const noise = Array.from({ length: 20_000 }, (_, index) => ((index * 2654435761) % 4294967296).toString(36)).join(" ");
  pages["/"] = page(`${BODY}<p>${noise}</p>`);
  assert.match((await firstPageFaults(browser, `${origin}/`)).join(), /at most 14000/);
  pages["/"] = page(`${BODY}<script src="/x.js"></script>`);
  pages["/x.js"] = "1";
  assert.match((await firstPageFaults(browser, `${origin}/`)).join(), /takes 2 requests.*x\.js/);
  pages["/moved"] = { redirect: "/good" };
  pages["/good"] = page(BODY);
  assert.match((await firstPageFaults(browser, `${origin}/moved`)).join(), /takes 2 requests/);
});

test("what is too wide for 320 px is seen, also when it is cut off", async () => {
  const wide = `${BODY}<div class="wide" style="width:400px">wide</div>`;
  const faults = await seen(wide, narrowFaults);
  assert.match(faults.join("\n"), /the page is 400 px wide in a window of 320/);
  assert.match(faults.join("\n"), /div\.wide reaches from 0 to 400/);
  assert.match((await seen(wide, narrowFaults, { style: "body{overflow-x:hidden}", viewport: DESKTOP })).join(), /div\.wide/);
  const scrolls = `${BODY}<div style="overflow-x:auto"><div style="width:400px">a chart that scrolls by itself</div></div>`;
  assert.deepEqual(await seen(scrolls, narrowFaults), []);
});

test("small targets are seen, and links in running text are not taken for them", async () => {
  const small = '<main><button style="min-height:20px;height:20px">Pay</button><p>Read <a href="/terms" style="display:inline">the terms</a> first.</p></main>';
  const faults = await seen(small, (view) => targetFaults(view));
  assert.equal(faults.length, 1);
  assert.match(faults[0], /button "Pay" is \d+ × 20 px/);
});

test("the keyboard's way through a page is told", async () => {
  const { stops } = await seen(BODY, tabStops);
  assert.deepEqual(stops.map(({ described }) => described.replace(/\s+/g, " ")), ['input[name=line] "Number"', 'input[name=need] "Data"', 'button "Go on"', 'a "Second"']);
});

const KEYBOARD_FAULTS = [
  ["an order of its own", BODY.replace("<button>", '<button tabindex="3">'), "", /asks for a place of its own/],
  ["another order than is read", BODY, "main{display:flex;flex-direction:column-reverse}a{display:block}", /a "Second" comes after button "Go on" but stands above it/],
  ["an invisible focus", BODY, "a:focus-visible{outline:none}", /a "Second" does not show that it has the keyboard/],
  ["a control out of sight", BODY, "a{position:fixed;left:-999px}", /a "Second" has the keyboard but is out of sight/],
];
for (const [what, body, style, expected] of KEYBOARD_FAULTS) {
  test(`the keyboard finds ${what}`, async () => assert.match((await seen(body, keyboardFaults, { style })).join("\n"), expected));
}

test("the keyboard finds a trap, and what lies behind it", async () => {
  pages["/trap.js"] = "const field = document.querySelector('input'); field.onkeydown = (event) => event.key === 'Tab' && event.preventDefault();";
  const faults = (await seen(`${BODY}<script src="/trap.js"></script>`, keyboardFaults)).join("\n");
  assert.match(faults, /does not leave the page|does not reach <a/);
  assert.match(faults, /does not reach <button/);
});

test("a visitor's complaints tell of scripts, dialogs, policies, third parties and errors of the server", async () => {
  pages["/bad.js"] = "alert('hello'); fetch('/broken'); throw new Error('fell over');";
  const body = `${BODY}<img src="http://localhost:1/spy.png" alt=""><script>inline()</script><script src="/bad.js"></script>`;
  const told = await seen(
    { text: page(body), policy: "default-src *; style-src 'unsafe-inline'" },
    async (view, guest) => {
      await view.waitForLoadState("networkidle");
      return guest.complaints.join("\n");
    },
  );
  for (const sign of [/dialog: hello/, /script error: fell over/, /console: .*Content Security Policy/, /third party: .*spy\.png/, /500 from .*broken/]) assert.match(told, sign);
  assert.deepEqual(await seen(BODY, (view, guest) => guest.complaints), []);
});
