// Measures a page in a real browser. Each `…Faults` gives sentences, and none when all is well.

import { NARROWEST, visitor } from "./browser.mjs";

/**
 * Opens an address for the first time, with an empty cache, and counts what came over the wire: headers and compressed
 * bodies. `{requests: [{url, bytes}], bytes}`; what is written into the page itself (`data:`) is no request.
 */
export async function firstVisit(browser, address, options) {
  const guest = await visitor(browser, options);
  const wire = await guest.context.newCDPSession(guest.page);
  const requests = new Map();
  wire.on("Network.requestWillBeSent", ({ requestId, request, redirectResponse }) => {
    if (!/^https?:/.test(request.url)) return;
    const before = requests.get(requestId);
    const hop = redirectResponse?.encodedDataLength ?? 0;
    requests.set(requestId, { url: request.url, bytes: (before?.bytes ?? 0) + hop, hops: (before?.hops ?? 0) + 1 });
  });
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const seen = requests.get(requestId);
    if (seen) seen.bytes += encodedDataLength;
  });
  await wire.send("Network.enable");
  await guest.page.goto(address, { waitUntil: "networkidle" });
  await guest.close();
  const list = [...requests.values()];
  return { requests: list, bytes: list.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The first page: at most so many bytes, in one request without a redirect. */
export async function firstPageFaults(browser, address, most_bytes = 14_000) {
  const { requests, bytes } = await firstVisit(browser, address);
  const faults = [];
  if (bytes > most_bytes) faults.push(`${address} takes ${bytes} bytes; at most ${most_bytes}`);
  if (bytes === 0) faults.push(`${address} took no bytes: nothing was measured`);
  const hops = requests.reduce((sum, request) => sum + request.hops, 0);
  if (hops !== 1) faults.push(`${address} takes ${hops} requests: ${requests.map(({ url }) => url).join(", ")}`);
  return faults;
}

/** Looks at the page 320 px wide: nothing may need a sideways scroll, or be cut off for want of one. */
export async function narrowFaults(page) {
  const before = page.viewportSize();
  await page.setViewportSize(NARROWEST);
  const faults = await page.evaluate(() => {
    const root = document.documentElement;
    const wide = root.clientWidth;
    const name = (element) => element.tagName.toLowerCase() + (element.id ? `#${element.id}` : "") + [...element.classList].map((word) => `.${word}`).join("");
    const scrollsItself = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const apart = (element) => {
      // A box that scrolls by itself may be wider inside; what is only for screen readers is one clipped pixel.
      for (let box = element.parentElement; box && box !== document.body && box !== root; box = box.parentElement) {
        if (scrollsItself(box) || box.getBoundingClientRect().width <= 1) return true;
      }
      return false;
    };
    const found = [];
    if (root.scrollWidth > wide) found.push(`the page is ${root.scrollWidth} px wide in a window of ${wide} px`);
    for (const element of document.body.querySelectorAll("*")) {
      const { left, right, width, height } = element.getBoundingClientRect();
      if (width > 1 && height > 1 && (right > wide + 1 || left < -1) && right > 0 && !apart(element)) {
        found.push(`${name(element)} reaches from ${Math.round(left)} to ${Math.round(right)} px of ${wide}`);
      }
    }
    return found;
  });
  if (before) await page.setViewportSize(before);
  return faults;
}

/** Links inside running text are exempt, as in WCAG 2.5.8; everything else is at least 44 px either way. */
export async function targetFaults(page, least_px = 44) {
  return page.evaluate((least) => {
    const found = [];
    for (const element of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
      const label = element.matches("input[type=radio], input[type=checkbox]") ? element.labels?.[0] : null;
      const { width, height, right } = (label ?? element).getBoundingClientRect();
      // What stands beside the page until the keyboard reaches it is no target for a finger.
      if (width <= 1 || height <= 1 || right <= 0 || element.disabled) continue;
      const inText = element.matches("a") && getComputedStyle(element).display === "inline" && element.parentElement.textContent.trim() !== element.textContent.trim();
      if (!inText && (width < least - 0.5 || height < least - 0.5)) {
        const words = (element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40) || element.name;
        found.push(`${element.tagName.toLowerCase()} "${words}" is ${Math.round(width)} × ${Math.round(height)} px; at least ${least}`);
      }
    }
    return found;
  }, least_px);
}
