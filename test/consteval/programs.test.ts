/**
 * Programs of consts with the values rustc 1.95 printed (`{:?}`), or null where it refused to evaluate one (programs/*.json).
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { constWorld, floatBits } from "../support/const-world.ts";

const FOLDER = "test/consteval/programs";

/** Decimal texts of floats as bits, which is how the harness shows them. */
function withFloatBits(text: string, type: string): string {
  const single = type.includes("f32") && !type.includes("f64");
  return text.replaceAll(/(?<![\w."])-?\d+(?:\.\d+(?:e-?\d+)?|e-?\d+)/g, (digits) => {
    const value = single ? Math.fround(Number(digits)) : Number(digits);
    return `f${single ? 32 : 64}:${floatBits(value)}`;
  });
}

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".rs"))) {
  test(`${file}: every const has rustc's value`, () => {
    const text = readFileSync(`${FOLDER}/${file}`, "utf8");
    const expected: Readonly<Record<string, string | null>> = JSON.parse(readFileSync(`${FOLDER}/${file.replace(".rs", ".json")}`, "utf8"));
    const world = constWorld(text);
    const wrong: string[] = [];
    for (const [, name = "", type = ""] of text.matchAll(/^pub const (\w+): (.*?) = /gm)) {
      const value = world.value(name);
      const wanted = expected[name];
      const matches = typeof wanted === "string" ? same(value, withFloatBits(wanted, type)) : value.startsWith("error: ");
      if (!matches) wrong.push(`${name}: ${value}, rustc ${wanted ?? "refuses"}`);
    }
    assert.deepEqual(wrong, []);
  });
}

/** A tuple of f32 and f64 is shown with both; the width in front of the bits is left out. */
function same(value: string, wanted: string): boolean {
  const bare = (text: string): string => text.replaceAll(/f(?:32|64):/g, "");
  return bare(value) === bare(wanted);
}
