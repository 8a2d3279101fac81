// What is to be expected of a card, in each language: whether to renew yet and why, what a day may take, and the fan of what will be
// left, which is drawn on the server, has words for those who cannot see it, and stands as a table too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startWorld } from "../world/world.mjs";
import { launch } from "./browser.mjs";
import { Guest, LANGUAGES } from "./guest.mjs";

/** A card of the demonstration with nine days and little data left. */
const CARD = { number: "+1 416 555 0100", pin: "1234" };

/** What the page says (crates/texts/languages), without its no-break spaces. */
const WORDS = {
  en: { head: /^(No need to renew yet|Renew by .+)\.$/, pace: /At about \d+ MB a day/, budget: /Up to \d+ MB a day lasts until/, title: "What will be left", ends: /^Plan ends / },
  fr: { head: /^(Pas besoin de renouveler pour l’instant|Renouvelez au plus tard le .+)\.$/, pace: /À environ \d+ Mo par jour/, budget: /Jusqu’à \d+ Mo par jour/, title: "Ce qui restera", ends: /^Fin du forfait le / },
  zh: { head: /^(暂时不用续费|请最迟于.+续费)。$/, pace: /按每天约\d+ ?MB计算/, budget: /每天不超过\d+ ?MB，可用到/, title: "流量还能剩多少", ends: /套餐到期$/ },
};

const plain = (text) => text.replace(/[\u00a0\u202f\u2009]/g, " ");

let world;
let browser;
before(async () => {
  world = await startWorld();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await world?.stop();
});

test("a card says what is to be expected of it, in every language", async () => {
  const guest = await Guest.arrive(world, browser, { language: "en", script: false });
  await guest.register("forecast@example.org");
  const card = await guest.addByPin(CARD.number, CARD.pin, "Mom");
  const { page } = guest;
  for (const language of Object.keys(LANGUAGES)) {
    const words = WORDS[language];
    await page.goto(world.at(`/${language}/cards/${card}`));
    const life = page.locator("main .two section").first();
    assert.match(plain(await life.locator("p b").last().innerText()), words.head, language);
    const said = plain(await life.innerText());
    assert.match(said, words.pace, language);
    assert.match(said, words.budget, language);

    const section = page.locator('section[aria-labelledby="ahead-heading"]');
    const chart = section.getByRole("img", { name: words.title });
    assert.equal(await chart.count(), 1, `${language}: the chart has a name`);
    const labels = await chart.locator("text").allTextContents();
    assert.ok(labels.some((label) => words.ends.test(plain(label))), `${language}: ${labels}`);
    const description = await chart.locator("desc").textContent();
    assert.ok(description.length > 20, `${language}: ${description}`);
    const days = await chart.locator("rect.band").count();
    assert.ok(days >= 9, `${language}: ${days} days are drawn`);
    await section.locator("summary").click();
    assert.equal(await section.locator("tbody tr").count(), days - 1, `${language}: each evening is a row`);
  }
  await guest.done();
});
