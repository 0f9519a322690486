/**
 * Reads a small part of Rust into items, so that cases can be written as the Rust they stand for. Tuple structs, unions, enums,
 * aliases, `#[repr]`, `<T: ?Sized>`, and a handful of std types that are expanded into items of their own (`expand.ts`).
 *
 * Invariant: throws on anything else; cases are written by us.
 *
 * Example: `parseItems("#[repr(C)] struct S(u8, [u64; 0]);")`.
 */
import { Expansion } from "./expand.ts";
import type { Item, Repr, Ty, VariantDef } from "./type-model.ts";

const PRIMITIVES: ReadonlySet<string> = new Set(
  "bool char f16 f32 f64 f128 u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize".split(" "),
);

const TOKEN = /\s*('?[A-Za-z_][A-Za-z0-9_]*|-?\d[\dA-Za-z_]*|\.\.=|::|->|[()[\]{}<>,;:=?&*!#|])/y;

/** The items of a case, those of expanded std types first. */
export function parseItems(source: string): Item[] {
  return new SourceParser(source).items();
}

class SourceParser {
  readonly #tokens: string[] = [];
  readonly #expansion = new Expansion();
  #at = 0;

  constructor(source: string) {
    const text = source.trimEnd();
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const token = TOKEN.exec(text)?.[1];
      if (token === undefined) throw new Error(`cannot read ${text}`);
      this.#tokens.push(token);
    }
  }

  items(): Item[] {
    const items: Item[] = [];
    while (this.#at < this.#tokens.length) items.push(this.#item());
    return [...this.#expansion.items, ...items];
  }

  #item(): Item {
    const repr = this.#repr();
    const keyword = this.#next();
    const name = this.#next();
    switch (keyword) {
      case "struct":
        return this.#struct(name, repr);
      case "union":
        return { kind: "union", name, repr, fields: this.#list("{", "}", () => this.#namedField()) };
      case "enum":
        return { kind: "enum", name, repr, variants: this.#list("{", "}", () => this.#variant()) };
      case "type": {
        this.#expect("=");
        const ty = this.#ty();
        this.#expect(";");
        return { kind: "alias", name, ty };
      }
      default:
        throw new Error(`unexpected ${keyword}`);
    }
  }

  #struct(name: string, repr: Repr): Item {
    const generic = this.#takes("<");
    if (generic) for (const token of ["T", ":", "?", "Sized", ">"]) this.#expect(token);
    const fields = this.#peek() === "(" ? this.#list("(", ")", () => this.#ty()) : [];
    this.#expect(";");
    return { kind: "struct", name, repr, fields, generic };
  }

  #namedField(): Ty {
    this.#next();
    this.#expect(":");
    return this.#ty();
  }

  #variant(): VariantDef {
    this.#next();
    const fields = this.#peek() === "(" ? this.#list("(", ")", () => this.#ty()) : [];
    return this.#takes("=") ? { fields, discriminant: this.#number() } : { fields };
  }

  #repr(): Repr {
    let repr: Repr = {};
    while (this.#takes("#")) {
      for (const token of ["[", "repr"]) this.#expect(token);
      for (const hint of this.#list("(", ")", () => this.#hint())) repr = { ...repr, ...hint };
      this.#expect("]");
    }
    return repr;
  }

  #hint(): Repr {
    const name = this.#next();
    const argument = this.#takes("(") ? this.#number() : undefined;
    if (argument !== undefined) this.#expect(")");
    switch (name) {
      case "C":
        return { c: true };
      case "transparent":
        return { transparent: true };
      case "simd":
        return { simd: true };
      case "packed":
        return { packed: argument ?? 1n };
      case "align":
        return { align: argument };
      case "u8":
      case "u16":
      case "u32":
      case "u64":
      case "u128":
      case "usize":
      case "i8":
      case "i16":
      case "i32":
      case "i64":
      case "i128":
      case "isize":
        return { int: name };
      default:
        throw new Error(`unknown hint ${name}`);
    }
  }

  #ty(): Ty {
    const token = this.#next();
    switch (token) {
      case "!":
        return { kind: "never" };
      case "&":
      case "*":
        return this.#pointer(token);
      case "(":
        this.#at--;
        return { kind: "tuple", elements: this.#list("(", ")", () => this.#ty()) };
      case "[":
        return this.#array();
      case "fn":
        for (const part of ["(", ")"]) this.#expect(part);
        return { kind: "fnPointer", abi: "Rust" };
      case "dyn":
        this.#next();
        return { kind: "dyn" };
      case "str":
        return { kind: "str" };
      case "Ext":
        return { kind: "extern" };
      case "T":
        return { kind: "param" };
      default:
        return this.#named(token);
    }
  }

  #pointer(token: string): Ty {
    if (token === "*") {
      const pointer = this.#next() === "mut" ? "*mut" : "*const";
      return { kind: "pointer", pointer, pointee: this.#ty() };
    }
    const pointer = this.#takes("mut") ? "&mut" : "&";
    return { kind: "pointer", pointer, pointee: this.#ty() };
  }

  #array(): Ty {
    const element = this.#ty();
    if (this.#takes("]")) return { kind: "slice", element };
    this.#expect(";");
    const count = this.#number();
    this.#expect("]");
    return { kind: "array", element, count };
  }

  #named(name: string): Ty {
    const args = this.#peek() === "<" ? this.#list("<", ">", () => this.#ty()) : [];
    const pattern = this.#takes("is") ? this.#range() : undefined;
    if (isPrimitive(name)) {
      const base: Ty = { kind: "primitive", name };
      return pattern === undefined ? base : { kind: "pattern", base, pattern: { kind: "range", ...pattern } };
    }
    switch (name) {
      case "UnsafeCell":
      case "ManuallyDrop":
      case "MaybeUninit":
      case "PhantomData":
        return { kind: "wrapper", name, arg: args[0] ?? { kind: "never" } };
      default:
        return this.#expansion.expand(name, args) ?? { kind: "item", name, arg: args[0] };
    }
  }

  #range(): { start: bigint; end: bigint } {
    const start = this.#number();
    this.#expect("..=");
    return { start, end: this.#number() };
  }

  #number(): bigint {
    const text = this.#next().replaceAll("_", "");
    return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
  }

  #list<T>(open: string, close: string, element: () => T): T[] {
    this.#expect(open);
    const elements: T[] = [];
    while (!this.#takes(close)) {
      elements.push(element());
      this.#takes(",");
    }
    return elements;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error("the source ends early");
    return token;
  }

  #takes(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw new Error(`expected ${token}, found ${found}`);
  }
}

function isPrimitive(name: string): name is Extract<Ty, { kind: "primitive" }>["name"] {
  return PRIMITIVES.has(name);
}
