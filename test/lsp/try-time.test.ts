/** How much of the work of a long question is done for nothing: counted with a clock that goes on by the work alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { BACKGROUND, QUESTION, TryTime } from "../../server/src/lsp/try-time.ts";

/** What a question comes to that has `parts` of a tenth of a millisecond; each try goes past what is kept, a hundredth of that a part. */
function workOf(parts: number, patience: typeof QUESTION): { readonly all: number; readonly longest: number; readonly tries: number } {
  const progress = { kept: 0 };
  let now = 0;
  let longest = 0;
  let tries = 0;
  while (progress.kept < parts) {
    const began = now;
    const time = new TryTime(progress, { patience, isResumed: tries > 0 }, () => now);
    tries += 1;
    now += progress.kept * 0.001;
    while (progress.kept < parts && !time.isOverInStep) {
      now += 0.1;
      progress.kept += 1;
    }
    longest = Math.max(longest, now - began);
  }
  return { all: now, longest, tries };
}

test("a question that needs one try is not interrupted", () => {
  assert.equal(workOf(4000, QUESTION).tries, 1);
});

test("a fifth of a long question is for nothing, a third of long work in the background", () => {
  const question = workOf(20_000, QUESTION).all;
  assert.ok(question < 2000 * 1.25, `${question} ms for 2000`);
  const { all, longest } = workOf(20_000, BACKGROUND);
  assert.ok(all < 2000 * 1.5 * 1.05, `${all} ms for 2000`);
  assert.ok(longest < 75, `${longest} ms`);
});

test("at most a half is for nothing where going past what is kept takes longest", () => {
  for (const patience of [QUESTION, BACKGROUND]) {
    const { all, longest } = workOf(500_000, patience);
    assert.ok(all < 2 * 50_000, `${all} ms for 50,000`);
    assert.ok(longest < 2 * 500 * 1.05, `${longest} ms`);
  }
});

test("what was not begun before is no work done again", () => {
  const progress = { kept: 0 };
  let now = 0;
  const time = new TryTime(progress, { patience: BACKGROUND, isResumed: false }, () => now);
  now = 1000;
  progress.kept = 1;
  assert.equal(time.isOverInStep, false);
  now = 1001;
  assert.equal(time.isOverInStep, true);
});

test("a try that keeps nothing new is not over in the middle of a step", () => {
  let now = 0;
  const time = new TryTime({ kept: 5 }, { patience: BACKGROUND, isResumed: true }, () => now);
  now = 1000;
  assert.equal(time.isOverInStep, false);
  assert.equal(time.isOver, true);
});
