// An agent at the desk: signs in with one tap, as the demonstration lets them, and does the rest from the keyboard.

import assert from "node:assert/strict";

import { DESKTOP, visitor } from "./browser.mjs";
import { LANGUAGES } from "./guest.mjs";

/** One agent with a browser of their own. */
export class DeskAgent {
  constructor(world, seen, language) {
    // Every key that was pressed, and every time something was clicked.
    Object.assign(this, { world, page: seen.page, complaints: seen.complaints, close: seen.close, language, keys: 0, clicks: 0 });
  }

  /** Somebody whom a call brings to the desk: `caller` as the telephone system writes it, or nothing. */
  static async arrive(world, browser, { language = "en", as = "agent", caller, ...options } = {}) {
    const seen = await visitor(browser, { language: LANGUAGES[language], viewport: DESKTOP, ...options });
    const agent = new DeskAgent(world, seen, language);
    await agent.page.goto(world.at(caller ? `/desk?caller=${encodeURIComponent(caller)}` : "/desk"));
    await agent.signIn(as, caller);
    return agent;
  }

  /** The page of signing in never tells who calls. */
  async signIn(as, caller) {
    assert.match(this.page.url(), /\/desk\/sign-in$/);
    const digits = (caller ?? "none").replace(/\D/g, "").slice(-7) || "none";
    assert.ok(!(await this.page.content()).replace(/\D/g, "").includes(digits), "the caller's number is nowhere");
    await this.page.click(`button[value="${as}"]`);
    await this.page.waitForURL(/\/desk(\?|$)/);
    // Roles have a language of their own; the test's is another.
    const [, rest] = new URL(this.page.url()).href.split(/\/(?:zh|en|fr)\/desk/);
    await this.page.goto(this.world.at(`/${this.language}/desk${rest}`));
  }

  /**
   * Presses one key, where the page put the focus: that happens with its first frame, which on a busy machine comes after it
   * has loaded. What leads to another page is waited for.
   */
  async key(name, { leads = false } = {}) {
    this.keys += 1;
    await this.page.waitForSelector(":focus");
    if (!leads) return this.page.keyboard.press(name);
    const before = this.page.url();
    await Promise.all([this.page.waitForURL((url) => url.href !== before), this.page.keyboard.press(name)]);
    return this.page.waitForLoadState();
  }

  /** Types, a key for each sign. */
  async type(text) {
    for (const sign of text) await this.key(sign);
  }

  /** What the page says. */
  text() {
    return this.page.innerText("main");
  }
}
