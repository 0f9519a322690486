/** What is shown of a type while it is being typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { finished } from "../../server/src/base/resumed.ts";
import { DEFAULT_INLAY_HINTS } from "../../server/src/ide/config.ts";
import { HeldHints, HOLD_MS } from "../../server/src/ide/held-hints.ts";
import { inlayHints } from "../../server/src/ide/inlay-hints.ts";
import { openSemantics } from "../support/open-semantics.ts";

const WHOLE = "pub struct A {\n    a: u8,\n    b: u32,\n}\n";
const BROKEN = "// typed above\npub struct A {\n    a: u8,\n    b: [u32; ,\n}\n";

class Clock {
  now = 1000;
  readonly waiting: { readonly at: number; readonly run: () => void }[] = [];

  advance(milliseconds: number): void {
    this.now += milliseconds;
    for (const { at, run } of this.waiting) if (at === this.now) run();
  }
}

function heldBy(clock: Clock, expired: () => void): HeldHints {
  const later = (milliseconds: number, run: () => void): void => void clock.waiting.push({ at: clock.now + milliseconds, run });
  return new HeldHints({ now: () => clock.now, later }, expired);
}

/** The hints as `line: label`. */
async function shown(text: string, held: HeldHints | undefined): Promise<readonly string[]> {
  const semantics = await openSemantics({ "/ws/lib.rs": text });
  const hints = finished(inlayHints(semantics, { file: "/ws/lib.rs", text, start: 0, end: text.length, held }, DEFAULT_INLAY_HINTS));
  return hints.map(({ offset, parts }) => `${text.slice(0, offset).split("\n").length}: ${parts.map((part) => part.text).join("")}`);
}

test("the hint on a header outlives a syntax error for two seconds, at its new place; then it goes, and that is told", async () => {
  const clock = new Clock();
  let told = 0;
  const held = heldBy(clock, () => {
    told++;
  });
  assert.deepEqual(await shown(WHOLE, held), ["1: 8 B · 3 pad", "2: +3 pad"]);
  assert.deepEqual(await shown(BROKEN, held), ["2: 8 B · 3 pad"]);
  clock.advance(HOLD_MS - 1);
  assert.deepEqual(await shown(BROKEN, held), ["2: 8 B · 3 pad"]);
  assert.equal(told, 0);
  clock.advance(1);
  assert.equal(told, 1);
  assert.deepEqual(await shown(BROKEN, held), []);
});

test("a type that is whole again has its own hint, and two seconds of its own next time", async () => {
  const clock = new Clock();
  const held = heldBy(clock, () => undefined);
  await shown(WHOLE, held);
  await shown(BROKEN, held);
  clock.advance(HOLD_MS - 1);
  assert.deepEqual(await shown(WHOLE.replace("u32", "u64"), held), ["1: 16 B · 7 pad", "2: +7 pad"]);
  clock.advance(1);
  assert.deepEqual(await shown(BROKEN, held), ["2: 16 B · 7 pad"]);
});

test("a type that never had a hint, or that nobody holds, shows none", async () => {
  assert.deepEqual(
    await shown(
      BROKEN,
      heldBy(new Clock(), () => undefined),
    ),
    [],
  );
  assert.deepEqual(await shown(BROKEN, undefined), []);
});
