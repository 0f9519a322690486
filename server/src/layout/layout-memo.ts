/**
 * LayoutMemo: types with the same parts are laid out once. A layout is a function of the parts' layouts and of what the definition says,
 * and of nothing else; the instances of `Option<Box<_>>`, say, all come to the same.
 *
 * Invariants: for one `LayoutCx`; the same question has the same object for an answer, as long as it is remembered; at most MAX_KNOWN
 * answers are, and none about types with more than MAX_PARTS parts, which hardly come twice.
 *
 * Example: `struct A(u8, u32)` and `struct B { x: u8, y: u32 }` have one layout.
 */
import { arrayLayout } from "./array-like.ts";
import { enumLayout } from "./enum-layout.ts";
import type { EnumInput } from "./enum-variant.ts";
import type { LayoutResult } from "./layout-calculator-error.ts";
import type { LayoutCx } from "./layout-cx.ts";
import type { LayoutData } from "./layout-data.ts";
import type { ReprOptions } from "./repr-options.ts";
import { REPR_RUST } from "./repr-options.ts";
import type { PointerMetadata, PrimitiveTypeName } from "./simple.ts";
import { primitiveTypeLayout, rawPointerLayout, referenceLayout } from "./simple.ts";
import type { StructInput } from "./struct-layout.ts";
import { structLayout, tupleLayout } from "./struct-layout.ts";
import type { UnionInput } from "./union-layout.ts";
import { unionLayout } from "./union-layout.ts";

const MAX_KNOWN = 5000;
const MAX_PARTS = 64;

export class LayoutMemo {
  readonly #cx: LayoutCx;
  readonly #known = new Map<string, LayoutResult>();
  readonly #simple = new Map<string, LayoutData>();
  readonly #ids = new Map<LayoutData, number>();

  constructor(cx: LayoutCx) {
    this.#cx = cx;
  }

  primitive(name: PrimitiveTypeName): LayoutData {
    return this.#simply(name, () => primitiveTypeLayout(this.#cx, name));
  }

  reference(metadata: PointerMetadata): LayoutData {
    return this.#simply(`&${metadata}`, () => referenceLayout(this.#cx, metadata));
  }

  rawPointer(metadata: PointerMetadata): LayoutData {
    return this.#simply(`*${metadata}`, () => rawPointerLayout(this.#cx, metadata));
  }

  array(element: LayoutData, count: bigint): LayoutResult {
    return this.#of(
      1,
      () => `[${this.#id(element)};${count}`,
      () => arrayLayout(this.#cx, element, count),
    );
  }

  tuple(elements: readonly LayoutData[]): LayoutResult {
    return this.#of(
      elements.length,
      () => `(${this.#parts(elements)}`,
      () => tupleLayout(this.#cx, elements),
    );
  }

  struct(input: StructInput): LayoutResult {
    const { fields, kind, scalarValidRange: range, hidesNiche } = input;
    const said = range === undefined ? "" : `${range.start}..${range.end}`;
    const key = (): string =>
      `${kind === "alwaysSized" ? "s" : "m"}${hidesNiche === true ? "h" : ""}${said}${reprKey(input.repr)}{${this.#parts(fields)}`;
    return this.#of(fields.length, key, () => structLayout(this.#cx, input));
  }

  union(input: UnionInput): LayoutResult {
    const { fields, repr } = input;
    return this.#of(
      fields.length,
      () => `u${reprKey(repr)}{${this.#parts(fields)}`,
      () => unionLayout(this.#cx, input),
    );
  }

  enum(input: EnumInput): LayoutResult {
    let count = 0;
    for (const { fields } of input.variants) count += 1 + fields.length;
    return this.#of(
      count,
      () => `e${reprKey(input.repr)}{${this.#variants(input)}`,
      () => enumLayout(this.#cx, input),
    );
  }

  #variants({ variants }: EnumInput): string {
    let key = "";
    let counted = 0n;
    for (const { fields, discriminant } of variants) {
      key += `${discriminant === counted ? "" : discriminant}|${this.#parts(fields)}`;
      counted = discriminant + 1n;
    }
    return key;
  }

  #parts(fields: readonly LayoutData[]): string {
    let key = "";
    for (const field of fields) key += `${this.#id(field)},`;
    return key;
  }

  #id(layout: LayoutData): number {
    const known = this.#ids.get(layout);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(layout, id);
    return id;
  }

  /** `count`: how many parts the question has. */
  #of(count: number, keyOf: () => string, compute: () => LayoutResult): LayoutResult {
    if (count > MAX_PARTS) return compute();
    const key = keyOf();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const result = compute();
    if (this.#ids.size >= MAX_KNOWN || this.#known.size >= MAX_KNOWN) {
      this.#known.clear();
      this.#ids.clear();
    } else this.#known.set(key, result);
    return result;
  }

  #simply(key: string, compute: () => LayoutData): LayoutData {
    const known = this.#simple.get(key);
    if (known !== undefined) return known;
    const layout = compute();
    this.#simple.set(key, layout);
    return layout;
  }
}

function reprKey(repr: ReprOptions): string {
  if (repr === REPR_RUST) return "";
  const { c, simd, transparent, linear, int, align, pack } = repr;
  const size = int === undefined ? "" : `${int.signed ? "i" : "u"}${int.kind === "fixed" ? int.integer : "p"}`;
  return `<${c ? "c" : ""}${simd ? "v" : ""}${transparent ? "t" : ""}${linear ? "l" : ""} ${size} ${align ?? ""} ${pack ?? ""}>`;
}
