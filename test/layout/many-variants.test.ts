/**
 * Enums with many variants: laying those with the same fields out once gives what laying each out gives.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { enumLayout } from "../../server/src/layout/enum-layout.ts";
import type { LayoutData } from "../../server/src/layout/layout-data.ts";
import type { ReprOptions } from "../../server/src/layout/repr-options.ts";
import { REPR_RUST } from "../../server/src/layout/repr-options.ts";
import { contextOf } from "../oracle/context.ts";
import { EngineProgram } from "../oracle/engine-layout.ts";
import { parseItems } from "../oracle/parse-source.ts";
import { itemsByName } from "../oracle/type-model.ts";
import { random } from "../support/random.ts";
import { X86_64 } from "./fixture.ts";

const POOL = parseItems(`
struct Unit; struct Byte(u8); struct Flag(bool); struct Word(u32); struct Long(u64, u8); struct Ref(&'static u8);
struct Aligned([u64; 0]); struct Odd([u8; 3]); struct Never(!); struct Lost(!, u16); struct Char(char, u16); enum Two { A, B }
`);

const REPRS: readonly ReprOptions[] = [
  REPR_RUST,
  { ...REPR_RUST, c: true },
  { ...REPR_RUST, int: { kind: "fixed", integer: "i16", signed: false } },
];

test("variants with the same fields share their layout, and it is that of each alone", () => {
  const pick = random(7);
  for (const version of ["1.60", "1.64", "1.73", "1.82", "1.95", "1.97"]) {
    const cx = contextOf(X86_64, version);
    const program = new EngineProgram(cx, itemsByName(POOL));
    const pool = POOL.flatMap(({ name }) => {
      const layout = program.item(name);
      return layout.ok ? [layout.value] : [];
    });
    for (let round = 0; round < 60; round++) {
      const repr = REPRS[pick(REPRS.length)] ?? REPR_RUST;
      const few = pool.filter(() => pick(3) > 0);
      const large = pool[pick(pool.length)];
      const variants = Array.from({ length: 33 + pick(40) }, (_, i) => ({
        fields: Array.from({ length: pick(3) }, () => few[pick(few.length)] ?? large).filter((field) => field !== undefined),
        discriminant: BigInt(i),
      }));
      const apart = variants.map(({ fields, discriminant }) => ({
        discriminant,
        fields: fields.map((field): LayoutData => ({ ...field })),
      }));
      assert.deepEqual(enumLayout(cx, { variants, repr }), enumLayout(cx, { variants: apart, repr }));
    }
  }
});

test("of 50,000 variants with two kinds of fields two are laid out", () => {
  const cx = contextOf(X86_64, "1.95");
  const program = new EngineProgram(cx, itemsByName(POOL));
  const [byte, word] = [program.item("Byte"), program.item("Word")];
  assert.ok(byte.ok && word.ok);
  const shapes = [[byte.value, word.value], [word.value]];
  const variants = Array.from({ length: 50_000 }, (_, i) => ({ fields: shapes[i % 2] ?? [], discriminant: BigInt(i) }));
  const layout = enumLayout(cx, { variants, repr: REPR_RUST });
  assert.ok(layout.ok && layout.value.variants.kind === "multiple");
  assert.equal(new Set(layout.value.variants.variants.map(({ fields }) => fields)).size, 2);
});
