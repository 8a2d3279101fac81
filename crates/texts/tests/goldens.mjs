// Writes tests/goldens.tsv: what Node's Intl (ICU and CLDR) makes of the values below in each language.
//
//     node crates/texts/tests/goldens.mjs
//
// Each row is: language, format, input, expected. Where we deliberately differ from Intl, the difference is one of the
// named functions under "Overrides", each with its reason; everything else in the table is Intl's own answer.

import { writeFileSync } from "node:fs";

const LANGUAGES = ["zh-CN", "en-CA", "fr-CA"];
const NO_BREAK = "\u00a0";

const NUMBERS = ["0", "1", "-1", "999", "1000", "1234", "12345", "-1234567", "9223372036854775807", "-9223372036854775808"];
const AMOUNTS = ["0 CAD", "1 CAD", "99 CAD", "2500 CAD", "123450 CAD", "-123450 CAD", "-5 CAD", "123456789 CAD",
  "2500 USD", "-123450 USD", "2500 CNY", "123450 CNY", "2500 EUR", "2500 GBP", "2500 HKD", "1500 JPY", "-1500 JPY",
  "2500 CHF", "-123450 CHF", "1234500 KWD", "-9223372036854775808 CAD"];
const OCTETS = ["0", "1", "999", "1000", "1500", "999999", "1000000", "1234567", "50000000", "999999999", "1000000000",
  "1005000000", "1009999999", "1500000000", "1880000000", "2500000000", "2999999999", "20000000000", "1234567890123",
  "-1", "-2999999999", "-1500000"];
const SECONDS = ["0", "59", "60", "119", "120", "11520", "11579", "74074020", "60000000", "-60", "-59"];
const COUNTS = ["0", "1", "2", "5", "21", "30", "100", "1234", "1000000", "2000000"];
const RATES = ["0", "50000", "130000", "149750", "99750", "1", "1000000", "12345678", "-50000"];
const DATES = ["2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-08", "2026-04-10", "2026-05-02",
  "2026-06-30", "2026-07-01", "2026-08-15", "2026-09-09", "2026-10-11", "2026-11-21", "2026-12-01", "2028-02-29"];
const TIMES = ["00:00", "00:05", "03:00", "03:05", "03:30", "09:59", "11:59", "12:00", "12:01", "14:20", "21:00", "23:59"];
const INSTANTS = ["2026-03-08T03:30 America/Toronto", "2026-12-01T00:00 America/Toronto", "2026-11-01T01:30 America/Toronto",
  "2026-07-01T14:00 America/St_Johns", "2026-12-31T23:59 Asia/Shanghai", "2026-08-15T12:05 America/Edmonton",
  "2026-05-02T09:00 America/New_York", "2026-05-02T09:00 UTC"];
const LISTS = ["5 GB", "a|b", "a|b|c", "a|b|c|d"];

// ---- Overrides ------------------------------------------------------------------------------------------------------

/** Intl sets Chinese counters tight (192分钟); we space every quantity alike, as it does itself for 2.5 GB. */
const spacedQuantity = (language, number, unit) =>
  language === "zh-CN" ? `${number} ${unit}` : undefined;

/** Intl names octets in words in English (1 byte, 999 bytes); a unit of data is a symbol here, as the larger ones are. */
const symbolOfOctet = (language) => (language === "fr-CA" ? "o" : "B");

/** Intl has no unit for text messages. */
const MESSAGES = {
  "zh-CN": () => "条短信",
  "en-CA": (category) => ({ one: "message" })[category] ?? "messages",
  "fr-CA": (category) => ({ one: "texto" })[category] ?? "textos",
};

/** Intl writes 1 décembre; French writes the first of a month as an ordinal. */
const ordinalFirst = (language, text) => (language === "fr-CA" ? text.replace(/^1 /, "1er ") : text);

/**
 * Intl writes 03 h 30 and 03 h 00. The Office québécois de la langue française writes 3 h 30 and 3 h: no leading zero, no
 * minutes when there are none, and no-break spaces.
 */
const quebecTime = (text) =>
  text.replace(/^0(\d)/, "$1").replace(/\s*h\s*00$/, `${NO_BREAK}h`).replace(/\s*h\s*(\d)/, `${NO_BREAK}h${NO_BREAK}$1`);

/** V8 turns CLDR's no-break space before a.m. into one that breaks; we keep it from breaking. */
const unbrokenTime = (text) => text.replace(/\s([ap]\.m\.)$/, `${NO_BREAK}$1`);

/** Intl names a zone by its region's time (heure de l’Est); people abroad know the city, so an instant names that. */
const ZONES = {
  "America/Toronto": { "zh-CN": "多伦多时间", "en-CA": "Toronto", "fr-CA": "heure de Toronto" },
  "America/St_Johns": { "zh-CN": "圣约翰斯时间", "en-CA": "St. John’s", "fr-CA": "heure de Saint-Jean" },
  "America/Edmonton": { "zh-CN": "埃德蒙顿时间", "en-CA": "Edmonton", "fr-CA": "heure d’Edmonton" },
  "Asia/Shanghai": { "zh-CN": "北京时间", "en-CA": "Beijing", "fr-CA": "heure de Pékin" },
  "America/New_York": { "zh-CN": "New York", "en-CA": "New York", "fr-CA": "New York" },
  "UTC": { "zh-CN": "UTC", "en-CA": "UTC", "fr-CA": "UTC" },
};
const inBrackets = (language, zone) => (language === "zh-CN" ? `（${zone}）` : ` (${zone})`);

// ---- Formats --------------------------------------------------------------------------------------------------------

/** An integer moved `places` to the right of the decimal mark, as the exact text that Intl reads without a float. */
function shifted(integer, places) {
  const negative = integer.startsWith("-");
  const digits = integer.replace("-", "").padStart(places + 1, "0");
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return negative ? `-${text}` : text;
}

const money = (language, input) => {
  const [minor, currency] = input.split(" ");
  const format = new Intl.NumberFormat(language, { style: "currency", currency });
  return format.format(shifted(minor, format.resolvedOptions().maximumFractionDigits));
};

const data = (language, input) => {
  const size = BigInt(input) < 0n ? -BigInt(input) : BigInt(input);
  const [unit, power] = size >= 10n ** 9n ? ["gigabyte", 9] : size >= 10n ** 6n || size === 0n ? ["megabyte", 6]
    : size >= 1000n ? ["kilobyte", 3] : ["byte", 0];
  const format = new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 2, roundingMode: "trunc" });
  return format.formatToParts(shifted(input, power))
    .map((part) => (unit === "byte" && part.type === "unit" ? symbolOfOctet(language) : part.value)).join("");
};

const quantity = (unit) => (language, number) => {
  const format = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" });
  const parts = format.formatToParts(number);
  const name = parts.find((part) => part.type === "unit").value;
  return spacedQuantity(language, new Intl.NumberFormat(language).format(number), name) ?? format.format(number);
};

const wholeMinutes = (seconds) => BigInt(seconds) / 60n;

const messages = (language, count) => {
  const space = language === "fr-CA" ? NO_BREAK : " ";
  const category = new Intl.PluralRules(language).select(Number(count));
  return `${new Intl.NumberFormat(language).format(count)}${space}${MESSAGES[language](category)}`;
};

const rate = (language, ppm) =>
  new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 4 }).format(shifted(ppm, 6));

const LONG = { year: "numeric", month: "long", day: "numeric" };
const SHORT = { month: "long", day: "numeric" };
const CLOCK = { hour: "numeric", minute: "numeric" };

// Ours: a day and its month are never parted by the end of a line.
const date = (fields) => (language, input) =>
  ordinalFirst(language, new Intl.DateTimeFormat(language, { ...fields, timeZone: "UTC" }).format(new Date(`${input}T00:00Z`))).replace(" ", NO_BREAK);

const clock = (language, instant) =>
  new Intl.DateTimeFormat(language, { ...CLOCK, timeZone: "UTC" }).format(instant);

const time = (language, input) => {
  const text = clock(language, new Date(`2026-03-08T${input}Z`));
  return language === "fr-CA" ? quebecTime(text) : unbrokenTime(text);
};

const dateTime = (fields) => (language, input) => {
  const [local, zone] = input.split(" ");
  const instant = new Date(`${local}Z`);
  // "at" and "à" belong to Intl's long date style, which always has the year.
  const long = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(instant);
  const plainDate = new Intl.DateTimeFormat(language, { ...LONG, timeZone: "UTC" }).format(instant);
  const text = long
    .replace(clock(language, instant), time(language, local.slice(11)))
    .replace(plainDate, date(fields)(language, local.slice(0, 10)));
  return text + inBrackets(language, ZONES[zone][language]);
};

const list = (language, input) => new Intl.ListFormat(language, { type: "conjunction" }).format(input.split("|"));

const FORMATS = [
  ["number", NUMBERS, (language, input) => new Intl.NumberFormat(language).format(BigInt(input))],
  ["money", AMOUNTS, money],
  ["data", OCTETS, data],
  ["minutes", SECONDS, (language, input) => quantity("minute")(language, wholeMinutes(input))],
  ["messages", COUNTS, messages],
  ["days", COUNTS, (language, input) => quantity("day")(language, BigInt(input))],
  ["rate", RATES, rate],
  ["date", DATES, date(LONG)],
  ["date_short", DATES, date(SHORT)],
  ["time", TIMES, time],
  ["date_time", INSTANTS, dateTime(LONG)],
  ["date_time_short", INSTANTS, dateTime(SHORT)],
  ["list", LISTS, list],
];

// No-break spaces are written as U+XXXX names in the table, so that a reader sees them.
const visible = (text) => text.replaceAll("\u00a0", "{U+00A0}").replaceAll("\u202f", "{U+202F}");

const rows = FORMATS.flatMap(([name, inputs, format]) =>
  LANGUAGES.flatMap((language) => inputs.map((input) => [language, name, input, visible(format(language, input))].join("\t"))));
const header = "# Written by goldens.mjs from Intl: language, format, input, expected. Do not edit.";
writeFileSync(new URL("goldens.tsv", import.meta.url), [header, ...rows, ""].join("\n"));
