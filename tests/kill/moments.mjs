// When to kill: at the points that the shim has met under load, each in every way that differs, the least tried first; and at
// random in between, for what has no name.

const RANDOM = 0.3;
/** Occurrences that may pass before the one that is meant. */
const PASS = 4;

/** The ways of dying that differ at a point. */
export function ways(point) {
  if (/ read$/.test(point) || /\/readyz$/.test(point)) return [];
  // What was heard was heard; before it nothing has happened.
  if (/^(hear|learn|postgres answers) /.test(point)) return ["die after"];
  if (/ (grow|write)\b/.test(point) || /^(answer|ask) |^postgres commit/.test(point)) return ["die before", "die halfway", "die after"];
  return ["die before", "die after"];
}

export class Moments {
  #tried = new Map();
  /** The points at which the program has died. */
  died = new Set();

  constructor(dice) {
    this.dice = dice;
  }

  /** Takes in what was met between two looks at the shim's points. */
  learn(points, earlier) {
    for (const [point, count] of points) {
      if (count === (earlier.get(point) ?? 0)) continue;
      for (const action of ways(point)) {
        const key = `${action} ${point}`;
        if (!this.#tried.has(key)) this.#tried.set(key, { point, action, times: 0 });
      }
    }
  }

  get known() {
    return this.#tried.size;
  }

  /** `{point, action, skip}`, or null for any moment. */
  next() {
    if (this.#tried.size === 0 || this.dice.roll() < RANDOM) return null;
    const all = [...this.#tried.values()];
    const fewest = Math.min(...all.map(({ times }) => times));
    const chosen = this.dice.one(all.filter(({ times }) => times === fewest));
    chosen.times += 1;
    // The first time at its next occurrence, as some are rare.
    return { ...chosen, skip: chosen.times > 1 ? this.dice.below(PASS) : 0 };
  }
}
