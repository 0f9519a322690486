/**
 * The worked examples of the layout rules, each as one test.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf } from "../oracle/context.ts";
import { EngineProgram } from "../oracle/engine-layout.ts";
import { parseItems } from "../oracle/parse-source.ts";
import { showLayout } from "../oracle/show-layout.ts";
import { itemsByName } from "../oracle/type-model.ts";
import { WORKED_EXAMPLES } from "../oracle/worked-examples.ts";

test("there are 81 worked examples", () => {
  assert.equal(WORKED_EXAMPLES.length, 81);
});

for (const { name, source, target, layout } of WORKED_EXAMPLES) {
  test(`example ${name}`, () => {
    const items = parseItems(source);
    const shown = items.find((item) => /^[A-Z]$/.test(item.name) && !(item.kind === "struct" && item.generic === true));
    assert.ok(shown !== undefined);
    const result = new EngineProgram(contextOf(target), itemsByName(items)).item(shown.name);
    assert.ok(result.ok);
    assert.equal(showLayout(result.value), layout);
  });
}
