// A real Chromium, opened the ways people open it. Nothing it shows is judged here: see instruments.mjs and axe.mjs.

import { createRequire } from "node:module";

/** The Node packages in .test-tools (tests/tools/install.sh). */
export const peers = createRequire(new URL("../../.test-tools/node/package.json", import.meta.url));

const { chromium } = peers("playwright-core");

/** Without a sandbox, as containers and root have none; silent towards everyone but the page. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 900 };
export const NARROWEST = { width: 320, height: 640 };

/** Starts the browser. ./test sets CHROMIUM; close it with `after(() => browser.close())`. */
export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ARGUMENTS });

const scriptless = new WeakMap();

/**
 * Gives an instrument that is itself a script a page to run in. Where JavaScript is off, that is a twin: the page as the
 * browser then has it, without its scripts, opened by a visitor whose JavaScript is on.
 */
export async function withScript(page, look) {
  const asked = scriptless.get(page);
  if (!asked) return look(page);
  const markup = (await page.content()).replace(/<script\b[^]*?<\/script>|<\/?noscript>/gi, "");
  const twin = await visitor(page.context().browser(), { ...asked, viewport: page.viewportSize(), script: true });
  try {
    await twin.page.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: markup }));
    await twin.page.goto(page.url());
    return await look(twin.page);
  } finally {
    await twin.close();
  }
}

/**
 * A visitor of their own: no cookies, no cache. `script: false` turns JavaScript off, `scheme` is "light" or "dark".
 * Whatever goes wrong in their browser gathers in `visitor.complaints`, for the test to find empty.
 */
export async function visitor(browser, { script = true, scheme = "light", viewport = PHONE, language = "en-CA", ...more } = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: script,
    colorScheme: scheme,
    viewport,
    locale: language,
    reducedMotion: "reduce",
    timezoneId: "America/Toronto",
    ...more,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  if (!script) scriptless.set(page, { scheme, viewport, language, ...more });
  const complaints = [];
  const home = { origin: null };
  page.on("pageerror", (error) => complaints.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    // What the browser itself says of a refused page is no fault of the page: tests look at the status.
    const refused = /^Failed to load resource: the server responded with a status of/.test(message.text());
    if (message.type() === "error" && !refused) complaints.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} from ${response.url()}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!protocol.startsWith("http")) return;
    home.origin ??= origin;
    if (origin !== home.origin) complaints.push(`third party: ${request.url()}`);
  });
  return { context, page, complaints, close: () => context.close() };
}
