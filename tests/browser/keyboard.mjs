// The page from the keyboard alone.

/** Numbers each element that the keyboard should reach, in the order of the document; a group of radios is one stop. */
const markStops = () => {
  const groups = new Set();
  let number = 0;
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]")) {
    delete element.dataset.stop;
    // What a closed <details> holds has its place, but is not there.
    const drawn = element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true });
    if (!drawn || element.disabled || element.type === "hidden" || element.tabIndex < 0) continue;
    if (element.type === "radio" && element.name) {
      const group = `${element.form?.id ?? [...document.forms].indexOf(element.form)}/${element.name}`;
      const chosen = document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`);
      if (groups.has(group) || (chosen && chosen.form === element.form && chosen !== element)) continue;
      groups.add(group);
    }
    element.dataset.stop = String(++number);
  }
  return number;
};

/** Where the keyboard is now; null when it is on no element. */
const currentStop = () => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const words = element.getAttribute("aria-label") ?? (element.textContent.trim() || element.labels?.[0]?.textContent.trim());
  const box = element.getBoundingClientRect();
  // A control drawn by its label shows the focus there.
  const shown = [element, element.closest("label"), element.labels?.[0], element.nextElementSibling].filter(Boolean);
  const look = () =>
    shown.map((part) => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor, textDecorationLine } = getComputedStyle(part);
      const outline = outlineStyle === "none" || outlineWidth === "0px" ? "" : outlineStyle + outlineWidth;
      return [outline, boxShadow, borderColor, backgroundColor, textDecorationLine].join("|");
    });
  const focused = look().join();
  // A date has several stops inside; taking the focus away and back would begin with the first again. Its last is a button
  // of the browser's own, which shows the focus itself.
  const inParts = element.matches("input[type=date], input[type=datetime-local]");
  if (!inParts) element.blur();
  const plain = inParts ? "|" : look().join();
  if (!inParts) element.focus({ focusVisible: true, preventScroll: true });
  const described = `${element.tagName.toLowerCase()}${element.name ? `[name=${element.name}]` : ""} "${(words ?? "").slice(0, 40)}"`;
  const visible = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth && box.width > 0 && box.height > 0;
  return { stop: Number(element.dataset.stop ?? 0), described, visible, marked: inParts ? !element.matches(":focus") || !focused.startsWith(plain) : focused !== plain, box: { left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY } };
};

/** Presses Tab through the whole page, from its beginning; the stops in the order in which they came. */
export async function tabStops(page) {
  const expected = await page.evaluate(markStops);
  await page.evaluate(() => {
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    // Tab goes on from here: the very beginning.
    const start = document.createElement("span");
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
  });
  const stops = [];
  const inside = await page.locator("input[type=date], input[type=datetime-local]").count();
  for (let press = 0; press < expected * 2 + 5 + inside * 9; press++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(currentStop);
    if (!here || (stops.length > 0 && here.stop === stops[0].stop && here.described === stops[0].described)) return { expected, stops, left: true };
    stops.push(here);
  }
  return { expected, stops, left: false };
}

/** Whether a stop lies wholly above the one before it, in the same column. */
const goesUp = (before, next) =>
  next.box.bottom <= before.box.top && next.box.left < before.box.right && before.box.left < next.box.right;

/** Everything is reached, in reading order, in sight, with a mark that shows where one is, and nothing holds one back. */
export async function keyboardFaults(page) {
  const own = await page.evaluate(() => [...document.querySelectorAll("[tabindex]")].filter(({ tabIndex }) => tabIndex > 0).map(({ outerHTML }) => outerHTML.slice(0, 120)));
  if (own.length > 0) return own.map((html) => `${html} asks for a place of its own in the order`);
  const { expected, stops, left } = await tabStops(page);
  const faults = [];
  if (!left) faults.push(`the keyboard does not leave the page after ${stops.length} presses`);
  const reached = new Set(stops.map(({ stop }) => stop));
  const missed = Array.from({ length: expected }, (_, index) => index + 1).filter((stop) => !reached.has(stop));
  for (const stop of missed) {
    const html = await page.evaluate((number) => document.querySelector(`[data-stop="${number}"]`)?.outerHTML.slice(0, 120), stop);
    faults.push(`the keyboard does not reach ${html}`);
  }
  for (const [index, next] of stops.entries()) {
    const before = stops[index - 1];
    if (before && goesUp(before, next)) faults.push(`${next.described} comes after ${before.described} but stands above it`);
    if (!next.visible) faults.push(`${next.described} has the keyboard but is out of sight`);
    if (!next.marked) faults.push(`${next.described} does not show that it has the keyboard`);
  }
  return faults;
}
