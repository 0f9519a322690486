// Lays out random structs and enums and prints how many a second.
import { enumLayout } from "../../server/src/layout/enum-layout.ts";
import type { LayoutData } from "../../server/src/layout/layout-data.ts";
import { layoutRules } from "../../server/src/layout/layout-rules.ts";
import { REPR_RUST } from "../../server/src/layout/repr-options.ts";
import { primitiveTypeLayout } from "../../server/src/layout/simple.ts";
import { structLayout } from "../../server/src/layout/struct-layout.ts";
import { targetByName, targetDataLayout } from "../../server/src/layout/targets.ts";
import { random } from "../../test/support/random.ts";

const version = { major: 1, minor: 95, patch: 0, channel: "stable" } as const;
const spec = targetByName("x86_64-unknown-linux-gnu");
const target = spec === undefined ? undefined : targetDataLayout(spec, version);
if (target?.ok !== true) throw new Error("no target");
const cx = { target: target.value, rules: layoutRules(version) };
const next = random(1);
const pool: LayoutData[] = (["u8", "u16", "u32", "u64", "bool", "char", "f64", "usize"] as const).map((name) =>
  primitiveTypeLayout(cx, name),
);
const fields = (): readonly LayoutData[] =>
  Array.from({ length: 1 + next(6) }, () => pool[next(pool.length)] ?? primitiveTypeLayout(cx, "u8"));

function layOut(isEnum: boolean): LayoutData | undefined {
  const variants = Array.from({ length: 1 + next(4) }, (_, i) => ({ fields: fields(), discriminant: BigInt(i) }));
  const result = isEnum
    ? enumLayout(cx, { variants, repr: REPR_RUST })
    : structLayout(cx, { fields: fields(), repr: REPR_RUST, kind: "alwaysSized" });
  return result.ok ? result.value : undefined;
}

/** Types a second in one round; some become fields of later ones. */
function round(count: number): number {
  const began = performance.now();
  for (let i = 0; i < count; i++) {
    const layout = layOut(i % 3 === 0);
    if (layout !== undefined && layout.size < 256n) pool[8 + (i % 64)] = layout;
  }
  return (count * 1000) / (performance.now() - began);
}

round(20_000);
const rounds = [1, 2, 3, 4, 5].map(() => round(20_000)).sort((a, b) => a - b);
process.stdout.write(`${Math.round(rounds[2] ?? 0)}\n`);
