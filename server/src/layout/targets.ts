/**
 * The built-in targets of rustc: data layout, widths, and the cfg atoms each one sets.
 *
 * Invariant: the facts are those of one compiler version (1.95, see `targets.generated.ts`); where another version's data layout differs
 * in what matters here, `DATA_LAYOUT_CHANGES` says so, compared with the specifications of 1.63, 1.85, 1.96 and 1.97; where its cfgs
 * differ, `target-cfg.ts` does. The cfgs include unstable ones, and leave out what profile and session decide (`debug_assertions`,
 * `overflow_checks`, `ub_checks`).
 *
 * Example: `targetByName("i686-unknown-linux-gnu")?.pointerWidth` is 32; its `u128` has alignment 16 since 1.77, 4 before.
 */
import { at } from "../base/at.ts";
import type { Result } from "../base/result.ts";
import { ok } from "../base/result.ts";
import type { CompilerVersion } from "./compiler-version.ts";
import { isAtLeast } from "./compiler-version.ts";
import type { Align } from "./size.ts";
import type { TargetDataLayout, TargetDataLayoutError } from "./target-data-layout.ts";
import { parseTargetDataLayout } from "./target-data-layout.ts";
import { OTHER_TARGETS } from "./target-versions.generated.ts";
import { CFG_SETS, CFGS, DATA_LAYOUTS, TARGETS } from "./targets.generated.ts";

/** What layout asks of a target specification; a custom target's JSON file has the same facts. */
export interface TargetLayoutSpec {
  /** `target_arch`. */
  readonly arch: string;
  /** LLVM's data layout string. */
  readonly dataLayout: string;
  /** Bits of the narrowest `repr(C)` enum. */
  readonly cEnumMinBits: number;
}

export interface TargetSpec extends TargetLayoutSpec {
  readonly triple: string;
  /** The number of its row: those of 1.95, then the others. */
  readonly number: number;
  /** In bits. */
  readonly pointerWidth: number;
  /** Bits of C's `int`. */
  readonly cIntWidth: number;
  /** Bits of the widest atomic operation. */
  readonly maxAtomicWidth: number;
  /** Families beyond cfg: `windows`, `msvc`, `darwin`, `wasm`, `aix`. */
  readonly isLike: readonly string[];
  /** The atoms as `rustc --print cfg` of 1.95 shows them: `unix`, `target_os="linux"`. */
  readonly cfg: readonly string[];
}

/** A change of data layouts between compiler versions: before `minor`, the concerned targets had the old alignment. */
interface DataLayoutChange {
  readonly minor: number;
  readonly concerns: (spec: TargetLayoutSpec) => boolean;
  readonly before: (layout: TargetDataLayout) => TargetDataLayout;
}

const withI128AsI64 = (layout: TargetDataLayout): TargetDataLayout => withI128(layout, layout.integerAlign.i64);

const DATA_LAYOUT_CHANGES: readonly DataLayoutChange[] = [
  // PR 102499: vectors of SystemZ.
  {
    minor: 66,
    concerns: ({ arch }) => ["s390x"].includes(arch),
    before: (layout) => ({ ...layout, vectorAlign: new Map([...layout.vectorAlign, [16n, 16n]]) }),
  },
  // PR 116672: LLVM 18.
  { minor: 77, concerns: ({ arch }) => ["x86", "x86_64"].includes(arch), before: withI128AsI64 },
  // PR 132422 (sparc) and its counterpart for mips64.
  { minor: 84, concerns: ({ arch }) => ["sparc", "sparc64", "mips64", "mips64r6"].includes(arch), before: withI128AsI64 },
  // PR 134165 (wasm) and its counterpart for powerpc64.
  { minor: 85, concerns: ({ arch }) => ["wasm32", "wasm64", "powerpc64"].includes(arch), before: withI128AsI64 },
  // PR 149880: `f64` on AIX.
  {
    minor: 94,
    concerns: ({ arch, dataLayout }) => arch === "powerpc64" && dataLayout.includes("-f64:32:64"),
    before: (layout) => ({ ...layout, floatAlign: { ...layout.floatAlign, f64: 8n } }),
  },
];

const ROWS: readonly string[] = [...TARGETS, ...OTHER_TARGETS];

/** The triples of all targets that are built into 1.95, in rustc's order. */
export function targetNames(): readonly string[] {
  return TARGETS.map(nameOf);
}

function nameOf(row: string): string {
  return row.slice(0, row.indexOf("|"));
}

/** A built-in target by its triple; also one that 1.95 has no more (`wasm32-wasi`) or not yet. */
export function targetByName(triple: string): TargetSpec | undefined {
  const number = ROWS.findIndex((candidate) => candidate.startsWith(`${triple}|`));
  const row = ROWS[number];
  if (row === undefined) return undefined;
  const [, dataLayout = "", pointerWidth, cIntWidth, cEnumMinBits, maxAtomicWidth, isLike = "", ...sets] = row.split("|");
  const cfg = sets.flatMap((set) => namesOf(CFGS, at(CFG_SETS, Number(set))));
  return {
    triple,
    number,
    arch: cfgValue(cfg, "target_arch"),
    dataLayout: at(DATA_LAYOUTS, Number(dataLayout)),
    pointerWidth: Number(pointerWidth),
    cIntWidth: Number(cIntWidth),
    cEnumMinBits: Number(cEnumMinBits),
    maxAtomicWidth: Number(maxAtomicWidth === "" ? pointerWidth : maxAtomicWidth),
    isLike: isLike === "" ? [] : isLike.split(","),
    cfg,
  };
}

/** The data layout a compiler version uses for a target; an error only for the unreadable string of a custom one. */
export function targetDataLayout(spec: TargetLayoutSpec, version: CompilerVersion): Result<TargetDataLayout, TargetDataLayoutError> {
  const parsed = parseTargetDataLayout(spec.dataLayout, spec.cEnumMinBits);
  if (!parsed.ok) return parsed;
  let layout = parsed.value;
  for (const change of DATA_LAYOUT_CHANGES) {
    if (!isAtLeast(version, change.minor) && change.concerns(spec)) layout = change.before(layout);
  }
  return ok(layout);
}

function withI128(layout: TargetDataLayout, align: Align): TargetDataLayout {
  return { ...layout, integerAlign: { ...layout.integerAlign, i128: align } };
}

function namesOf(names: readonly string[], indices: string): string[] {
  if (indices === "") return [];
  return indices.split(",").map((index) => at(names, Number(index)));
}

/** The value of a key that every target sets once. */
function cfgValue(cfg: readonly string[], key: string): string {
  const prefix = `${key}="`;
  return cfg
    .filter((atom) => atom.startsWith(prefix))
    .map((atom) => atom.slice(prefix.length, -1))
    .join();
}
