/** The hover of one place is put together once while nothing changes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HoverPlace } from "../../server/src/lsp/last-hover.ts";
import { LastHover } from "../../server/src/lsp/last-hover.ts";

const PLACE: HoverPlace = { document: {}, answer: {}, offset: 7, revision: 3 };

function made(last: LastHover, place: HoverPlace): number {
  let count = 0;
  last.at(place, () => {
    count += 1;
    return { contents: "Layout" };
  });
  return count;
}

test("the same place again is answered with the same hover, one without with a new question", () => {
  const last = new LastHover();
  const hover = last.at(PLACE, () => ({ contents: "Layout" }));
  assert.equal(
    last.at({ ...PLACE }, () => assert.fail("it is known")),
    hover,
  );
  const other = { ...PLACE, offset: 8 };
  assert.equal(
    last.at(other, () => undefined),
    undefined,
  );
  assert.equal(made(last, other), 1);
});

test("another place, document, project or revision is asked about anew", () => {
  for (const change of [{ offset: 8 }, { revision: 4 }, { document: {} }, { answer: {} }]) {
    const last = new LastHover();
    assert.equal(made(last, PLACE), 1);
    assert.equal(made(last, { ...PLACE, ...change }), 1, JSON.stringify(change));
  }
});

test("what unwinds is no answer", () => {
  const last = new LastHover();
  assert.throws(() =>
    last.at(PLACE, () => {
      throw new Error("unwound");
    }),
  );
  assert.equal(made(last, PLACE), 1);
});
