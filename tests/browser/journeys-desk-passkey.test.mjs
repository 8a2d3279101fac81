// How the staff come in: with a passkey of a device that Chromium plays, to where the screen popped; and with a password and
// the codes of an authenticator app, from the invitation on, without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test as plainTest } from "node:test";

import { startWorld } from "../world/world.mjs";
import { codeOf, Device } from "./authenticator.mjs";
import { axeFaults } from "./axe.mjs";
import { launch, PHONE } from "./browser.mjs";
import { Guest, LANGUAGES } from "./guest.mjs";
import { narrowFaults, targetFaults } from "./instruments.mjs";
import { keyboardFaults } from "./keyboard.mjs";

const CALLER = "+14165550100";
const PASSWORD = "m8-anvil-9";
/** What the pages are to name. */
const WAYS = { zh: /通行密钥.*密码/s, en: /passkey.*password/is, fr: /clé d’accès.*mot de passe/is };
const test = (name, body) => plainTest(name, { timeout: 120_000 }, body);

let browser;
let world;
/** The same program by its name: passkeys belong to a name, and this machine's is `localhost`. */
let named;

before(async () => {
  [browser, world] = await Promise.all([launch(), startWorld()]);
  named = Object.assign(Object.create(world), { base: world.base.replace("127.0.0.1", "localhost") });
});
after(async () => {
  await browser?.close();
  await world?.stop();
});

async function looked(page) {
  const faults = [...(await axeFaults(page)), ...(await narrowFaults(page)), ...(await targetFaults(page)), ...(await keyboardFaults(page))];
  await page.emulateMedia({ colorScheme: "dark" });
  faults.push(...(await axeFaults(page)).map((fault) => `dark: ${fault}`));
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(PHONE);
  assert.deepEqual(faults, [], page.url());
}

/** A telephone system opens the desk for whoever is not signed in: the page that asks them to never tells who calls. */
async function pop(member) {
  await member.page.goto(named.at(`/desk?caller=${encodeURIComponent(CALLER)}`));
  assert.match(member.page.url(), /\/desk\/sign-in$/);
  await member.open("/desk/sign-in");
  assert.ok(!(await member.page.content()).replace(/\D/g, "").includes("5550100"), "the caller's number is nowhere");
  assert.match(await member.text(), WAYS[member.language]);
}

/** Presses the button of the passkey, and waits for the page that answers. */
const tap = (member) => member.press('form[data-passkey] button');

async function signOut(member) {
  await member.press('form[action$="/desk/sign-out"] button');
  assert.match(member.page.url(), /\/desk\/sign-in$/);
}

/** The agent's desk, with a passkey of their device. */
async function withPasskey(language) {
  const member = await Guest.arrive(named, browser, { language });
  const device = await Device.of(member.page);
  await member.open("/desk/sign-in");
  await member.press('button[value="agent"]');
  await member.open("/desk/me");
  await tap(member);
  assert.match(member.page.url(), /\/desk\/me$/, await member.text());
  return { member, device };
}

for (const language of Object.keys(LANGUAGES)) {
  describe(`a passkey, ${LANGUAGES[language]}`, () => {
    test("added, used to come in to where the screen popped, removed", async () => {
      const { member, device } = await withPasskey(language);
      const { page } = member;
      const [made] = await device.passkeys();
      assert.deepEqual([made.rpId, made.isResidentCredential], ["localhost", true]);
      await looked(page);
      const remove = 'form[action$="/passkeys/remove"]';
      assert.equal(await page.locator(remove).count(), 1);
      await signOut(member);
      await looked(page);
      await pop(member);
      await tap(member);
      assert.equal(new URL(page.url()).searchParams.get("caller"), CALLER, page.url());
      assert.equal(await page.locator("form.found button:focus").count(), 1, "the call can be taken with Enter");
      await member.open("/desk/me");
      await member.press(`${remove} button`);
      assert.equal(await page.locator(remove).count(), 0);
      await signOut(member);
      await tap(member);
      assert.match(page.url(), /\/desk\/sign-in\/passkey$/);
      assert.equal(await page.locator(".summary[role=alert]").count(), 1, "a removed one opens nothing");
      assert.deepEqual(member.complaints, []);
      await member.close();
    });
  });
}

describe("a passkey that does not count", () => {
  test("a copy of the device: the counter goes back, and the audit has it", async () => {
    const { member, device } = await withPasskey("en");
    const [before] = await device.passkeys();
    await signOut(member);
    for (let round = 0; round < 2; round += 1) {
      await tap(member);
      assert.match(member.page.url(), /\/desk$/, await member.text());
      await signOut(member);
    }
    await device.restore(before);
    await tap(member);
    assert.match(member.page.url(), /\/desk\/sign-in\/passkey$/);
    const { stdout } = await world.command("audit", "--staff", "agent");
    assert.match(stdout, /passkey_refused.*counter/s);
    await member.close();
  });

  test("the device cannot make sure who asks: nothing is sent, the page says so, and the button is there again", async () => {
    const { member, device } = await withPasskey("en");
    await signOut(member);
    await device.verifies(false);
    await member.page.click("form[data-passkey] button");
    await member.page.waitForSelector("form[data-passkey] .error:visible");
    assert.match(member.page.url(), /\/desk\/sign-in$/);
    assert.equal(await member.page.locator("form[data-passkey] button:focus").count(), 1);
    await device.verifies(true);
    await tap(member);
    assert.match(member.page.url(), /\/desk$/);
    assert.deepEqual(member.complaints, []);
    await member.close();
  });

  test("by another name of the site the page leads to the one that passkeys belong to", async () => {
    const member = await Guest.arrive(world, browser);
    await member.open("/desk/sign-in");
    assert.equal(await member.page.locator("form[data-passkey] button:visible").count(), 0);
    assert.equal(await member.page.getAttribute("form[data-passkey] a", "href"), named.at("/en/desk/sign-in"));
    await member.close();
  });
});

describe("a password and a code, without JavaScript", () => {
  test("from the invitation to the desk, out, and in again to where the screen popped", async () => {
    const owner = await Guest.arrive(named, browser, { script: false });
    await owner.open("/desk/sign-in");
    await owner.press('button[value="owner"]');
    await owner.open("/desk/team");
    await owner.page.fill("#sign_in", "Mei@Example.org");
    await owner.page.check('form:has(#sign_in) input[name="agent"]');
    await owner.press("form:has(#sign_in) button.go");
    const link = /http\S+\/desk\/join\/\S+/.exec(await owner.text())[0];
    await owner.close();

    const member = await Guest.arrive(named, browser, { script: false });
    const { page } = member;
    await page.goto(named.at(new URL(link).pathname));
    const secret = await page.innerText("b.whole");
    await page.fill("#name", "陈 Mei");
    await page.fill("#password", PASSWORD);
    await page.fill("#code", codeOf(secret, Date.now()));
    await member.press("main form button.go");
    // A passkey is offered first; without JavaScript there is a sentence in place of the button.
    assert.match(page.url(), /\/desk\/me$/, await member.text());
    assert.equal(await page.locator("form[data-passkey] button:visible").count(), 0);
    assert.match(await member.text(), /needs JavaScript/);
    await signOut(member);
    await pop(member);
    const say = async (password, code) => {
      await page.fill("#who", "mei@example.org");
      await page.fill("#password", password);
      await page.fill("#code", code);
      await member.press("form:has(#who) button.go");
    };
    // A code is good once, and each stands for half a minute.
    let passed = 0;
    const next = async () => {
      await world.advance(30);
      passed += 30_000;
      return codeOf(secret, Date.now() + passed);
    };
    await say("another one", await next());
    assert.equal(await page.locator(".summary[role=alert]").count(), 1);
    await say(PASSWORD, await next());
    assert.equal(new URL(page.url()).searchParams.get("caller"), CALLER, await member.text());
    assert.deepEqual(member.complaints, []);
    await member.close();
  });
});
