/**
 * VS Code shows 43 characters of hints on a line, those of all extensions together, and drops the rest. rust-analyzer's own may take up
 * to 25 of them, so ours take at most 14 each and 18 on any line of formatted code (for types with fields below a mebibyte).
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { finished } from "../../server/src/base/resumed.ts";
import { DEFAULT_INLAY_HINTS } from "../../server/src/ide/config.ts";
import { inlayHints } from "../../server/src/ide/inlay-hints.ts";
import { FILE } from "../support/fake-places.ts";
import { fakeSemantics } from "../support/fake-semantics.ts";
import type { FakeType } from "../support/fake-types.ts";
import { array, BOOL, enumeration, REPR_C, STRING, struct, U8, U16, U32, U64 } from "../support/fake-types.ts";

const MOST_IN_LABEL = 14;
const MOST_ON_LINE = 18;

const anyField = fc.oneof(
  fc.constantFrom(U8, U16, U32, U64, BOOL, STRING),
  fc.bigInt({ min: 1n, max: 1n << 20n }).map((count) => array(U8, count)),
);
const anyFields = fc.array(anyField, { minLength: 1, maxLength: 8 });

function named(types: readonly FakeType[], prefix: string): Record<string, FakeType> {
  return Object.fromEntries(types.map((type, i) => [`${prefix}${i}`, type]));
}

function fieldLines(types: readonly FakeType[], prefix: string, indent: string): string {
  return types.map((type, i) => `${indent}${prefix}${i}: ${type.text},\n`).join("");
}

/** A definition as rustfmt writes it, one field on a line. */
const anyDefinition = fc.oneof(
  fc.tuple(anyFields, fc.boolean()).map(([types, ordered]) => ({
    source: `struct T {\n${fieldLines(types, "f", "    ")}}\n`,
    type: struct("T", named(types, "f"), ordered ? REPR_C : undefined),
  })),
  fc.array(anyFields, { minLength: 1, maxLength: 4 }).map((lists) => ({
    source: `enum T {\n${lists.map((types, i) => `    V${i} {\n${fieldLines(types, `v${i}f`, "        ")}    },\n`).join("")}}\n`,
    type: enumeration("T", Object.fromEntries(lists.map((types, i) => [`V${i}`, named(types, `v${i}f`)]))),
  })),
);

test("labels are short, and so is what stands on one line", () => {
  fc.assert(
    fc.property(anyDefinition, fc.constantFrom("largest", "all" as const), ({ source, type }, variants) => {
      const hints = finished(
        inlayHints(
          fakeSemantics(source, [type]),
          { file: FILE, text: source, start: 0, end: source.length },
          { ...DEFAULT_INLAY_HINTS, variants },
        ),
      );
      const onLine = new Map<number, number>();
      for (const hint of hints) {
        const label = hint.parts.map((part) => part.text).join("");
        assert.ok(label.length <= MOST_IN_LABEL || /^\d+ B$/.test(label), label);
        const line = source.slice(0, hint.offset).split("\n").length;
        onLine.set(line, (onLine.get(line) ?? 0) + label.length);
      }
      for (const [line, length] of onLine) assert.ok(length <= MOST_ON_LINE, `line ${line}: ${length}\n${source}`);
    }),
  );
});
