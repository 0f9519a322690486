/**
 * The program the oracle asks about for one target and compiler: hand-made cases, worked examples of that pointer width, and random
 * types; and the form its answers are kept in.
 *
 * Invariant: the same target and version give the same program, so kept answers can be compared without a compiler.
 */
import type { LayoutCx } from "../../server/src/layout/layout-cx.ts";
import type { Facts } from "./facts.ts";
import { HAND_CASES } from "./hand-cases.ts";
import { parseItems } from "./parse-source.ts";
import { RandomItems } from "./random-items.ts";
import { showItem } from "./rust-source.ts";
import type { Item, Ty } from "./type-model.ts";
import { mapTypes } from "./type-model.ts";
import { WORKED_EXAMPLES } from "./worked-examples.ts";

/** How many random types stand beside the cases. */
const RANDOM_TYPES = 60;

/** One kept answer. */
export interface Expectation {
  /** The item as Rust, so that a stale answer shows itself. */
  readonly rust: string;
  readonly facts: string;
}

/** What is kept of one compiler's answers for one target. */
export interface ExpectedFile {
  readonly rustc: string;
  readonly target: string;
  readonly types: Readonly<Record<string, Expectation>>;
}

/** Reads a kept file; throws when it has another form. */
export function readExpectedFile(text: string): ExpectedFile {
  const value: unknown = JSON.parse(text);
  if (!isExpectedFile(value)) throw new Error("not a file of expectations");
  return value;
}

function isExpectedFile(value: unknown): value is ExpectedFile {
  return typeof value === "object" && value !== null && "rustc" in value && "target" in value && "types" in value;
}

/** The items of the program, in order. */
export function oracleProgram(cx: LayoutCx, target: string, minor: number): Item[] {
  const is64 = cx.target.pointer.size === 8n;
  const examples = WORKED_EXAMPLES.filter((example) => example.target === target || (is64 && example.target.startsWith("x86_64")));
  const sources = [...HAND_CASES, ...examples].map(({ source }) => source);
  const fixed = sources.map((source, index) => renamed(parseItems(source), `C${index}_`));
  const known = fixed.filter((items) => items.every((item) => isKnown(item, minor)));
  return [...known.flat(), ...new RandomItems(`oracle/${target}`, cx, minor).make(RANDOM_TYPES)];
}

/** Items may be named alike in different cases. */
function renamed(items: readonly Item[], prefix: string): Item[] {
  const rename = (ty: Ty): Ty => (ty.kind === "item" ? { ...ty, name: prefix + ty.name } : ty);
  return items.map((item) => mapTypes({ ...item, name: prefix + item.name }, rename));
}

/** Old compilers know no pattern types and no half or quad floats, and take SIMD types in another form. */
function isKnown(item: Item, minor: number): boolean {
  return minor >= 90 || !/pattern_type|f16|f128|simd/.test(showItem(item));
}

/** An answer as one line. */
export function showFacts(facts: Facts): string {
  if ("error" in facts) return `error ${facts.error}`;
  const flags = `${facts.unsized ? " unsized" : ""}${facts.uninhabited ? " uninhabited" : ""}`;
  const order = facts.order === "" ? "" : ` in order ${facts.order}`;
  const head = `size ${facts.size} align ${facts.align}${flags}; niche ${facts.niche}; repr ${facts.repr}; fields ${facts.fields}${order}`;
  const each = facts.each.map(
    (variant, index) =>
      `v${index} size ${variant.size} [${variant.offsets}] in order [${variant.order}] niche ${variant.niche} repr ${variant.repr}${variant.uninhabited ? " uninhabited" : ""}`,
  );
  return [head, facts.variants, ...each].join("; ");
}
