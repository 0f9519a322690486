/**
 * `#[repr(…)]` words → ReprOptions, and the conflicts rustc rejects.
 *
 * Example: `C, align(8)` → c, align 8; `packed, align(4)` → E0587.
 * Source: Reference, "Representations"; rustc_passes::check_attr and rustc_middle `repr_options_of_def`.
 */
import { err, ok, type Result } from "../base/result.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import type { IntegerType } from "../layout/integer.ts";
import { REPR_RUST, type ReprOptions } from "../layout/repr-options.ts";
import type { LayoutDb } from "./layout-db.ts";
import { reprWords } from "./repr-of.ts";
import type { AdtDef } from "./ty-db.ts";
import { scopeOf, unknownAt } from "./type-scope.ts";
import type { Unknown } from "./unknown.ts";

const INTS: ReadonlyMap<string, IntegerType> = new Map([
  ["u8", { kind: "fixed", integer: "i8", signed: false }],
  ["i8", { kind: "fixed", integer: "i8", signed: true }],
  ["u16", { kind: "fixed", integer: "i16", signed: false }],
  ["i16", { kind: "fixed", integer: "i16", signed: true }],
  ["u32", { kind: "fixed", integer: "i32", signed: false }],
  ["i32", { kind: "fixed", integer: "i32", signed: true }],
  ["u64", { kind: "fixed", integer: "i64", signed: false }],
  ["i64", { kind: "fixed", integer: "i64", signed: true }],
  ["u128", { kind: "fixed", integer: "i128", signed: false }],
  ["i128", { kind: "fixed", integer: "i128", signed: true }],
  ["usize", { kind: "pointer", signed: false }],
  ["isize", { kind: "pointer", signed: true }],
]);

/** The representation a definition asks for, or why rustc rejects it. */
export function reprOptionsOf(db: LayoutDb, adt: AdtDef, attrs: readonly Attr[]): Result<ReprOptions, Unknown> {
  let repr: ReprOptions = REPR_RUST;
  const reject = (message: string): Result<ReprOptions, Unknown> => err(unknownAt(scopeOf(adt.def), "layoutRejected", message, undefined));
  for (const word of reprWords(attrs)) {
    const next = withWord(repr, word);
    if (typeof next === "string") return reject(next);
    repr = next;
  }
  const conflict = conflictOf(db, adt, repr);
  return conflict === undefined ? ok(repr) : reject(conflict);
}

function withWord(repr: ReprOptions, word: string): ReprOptions | string {
  const int = INTS.get(word);
  if (int !== undefined) return repr.int === undefined || repr.int === int ? { ...repr, int } : "two integer types in `repr` conflict";
  const [name = "", argument] = word.replace(/\)$/, "").split("(");
  switch (name) {
    case "Rust":
      return repr;
    case "C":
      return { ...repr, c: true };
    case "transparent":
      return { ...repr, transparent: true };
    case "simd":
      return { ...repr, simd: true };
    case "align":
    case "packed":
      return withNumber(repr, name, argument);
    default:
      return `\`repr(${word})\` is not known`;
  }
}

function withNumber(repr: ReprOptions, name: "align" | "packed", argument: string | undefined): ReprOptions | string {
  const value = argument === undefined && name === "packed" ? 1n : alignment(argument ?? "");
  if (value === undefined) return `\`repr(${name}(${argument ?? ""}))\` is not a power of two up to 2^29`;
  if (name === "align") return { ...repr, align: repr.align === undefined || value > repr.align ? value : repr.align };
  return { ...repr, pack: repr.pack === undefined || value < repr.pack ? value : repr.pack };
}

function alignment(text: string): bigint | undefined {
  const digits = text.replaceAll("_", "").replace(/(?:u|i)(?:8|16|32|64|128|size)$/, "");
  if (!/^(?:\d+|0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+)$/.test(digits)) return undefined;
  const value = BigInt(digits);
  return value > 0n && value <= 1n << 29n && (value & (value - 1n)) === 0n ? value : undefined;
}

function conflictOf(db: LayoutDb, adt: AdtDef, repr: ReprOptions): string | undefined {
  const name = adt.def.name;
  if (repr.pack !== undefined && repr.align !== undefined) return `\`${name}\` is both \`packed\` and \`align\` (E0587)`;
  if (adt.def.kind === "enum") {
    if (repr.pack !== undefined) return `enum \`${name}\` cannot be \`packed\` (E0517)`;
    if (adt.variants.length === 0 && (repr.c || repr.int !== undefined || repr.align !== undefined)) return `\`${name}\` has a \`repr\` but no variants (E0084)`;
    if (repr.transparent && adt.variants.length !== 1) return `transparent enum \`${name}\` needs exactly one variant (E0731)`;
  } else if (repr.int !== undefined) {
    return `\`repr\` with an integer is for enums, \`${name}\` is a ${adt.def.kind} (E0517)`;
  }
  if (repr.transparent && (repr.c || repr.int !== undefined || repr.align !== undefined || repr.pack !== undefined)) {
    return `\`transparent\` cannot be combined with another \`repr\` on \`${name}\` (E0692)`;
  }
  const limit = 1n << (db.cx.target.pointer.size * 8n - 1n);
  if ((repr.align ?? 0n) >= limit || (repr.pack ?? 0n) >= limit) return `the alignment of \`${name}\` is too large for the target (E0589)`;
  return undefined;
}
