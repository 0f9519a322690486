/**
 * The lines of a text after edits are those of a fresh start on the same text.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LineIndex } from "../../server/src/base/line-index.ts";
import { random } from "../support/random.ts";

const PIECES = ["\n", "\r", "\r\n", "a", "é", "😀", "xyz", "", "\n\n", "\r\r\n"];

test("after each of many edits all positions are those of a new index", () => {
  const next = random(7);
  const piece = (): string => Array.from({ length: next(4) }, () => PIECES[next(PIECES.length)] ?? "").join("");
  let edits = 0;
  for (let round = 0; round < 40; round++) {
    let text = Array.from({ length: next(12) }, piece).join("");
    let lines = new LineIndex(text);
    for (let i = 0; i < 25; i++) {
      const start = next(text.length + 1);
      const end = start + next(Math.min(5, text.length - start + 1));
      text = text.slice(0, start) + piece() + text.slice(end);
      lines = lines.edited(text, start, end);
      const fresh = new LineIndex(text);
      for (let at = 0; at <= text.length; at++)
        assert.deepEqual(lines.positionAt(at, "utf-8"), fresh.positionAt(at, "utf-8"), JSON.stringify(text));
      edits += 1;
    }
  }
  assert.equal(edits, 1000);
});
