/**
 * Rust source of a list of items, for the compiler to lay out: `#![no_core]` with its own lang items, so that any target works without
 * a standard library. Every item stands on one line, so a layout is found by its line.
 *
 * Invariant: the program compiles without errors of its own; the only errors are the layouts asked for.
 */
import type { Item, Pattern, Repr, Ty } from "./type-model.ts";

/** What a compiler can do, by its minor version. */
export interface SourceOptions {
  /** 95 for rustc 1.95. */
  readonly minor: number;
}

export interface RustSource {
  readonly text: string;
  /** The 1-based line of each item. Generic items have no layout of their own. */
  readonly lineOf: ReadonlyMap<string, number>;
}

const INTS = ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

/** The whole program. */
export function rustSource(items: readonly Item[], options: SourceOptions): RustSource {
  const lines = prelude(options);
  const attribute = options.minor < 96 ? "#[rustc_layout(debug)]" : "#[rustc_dump_layout(debug)]";
  const lineOf = new Map<string, number>();
  for (const item of items) {
    const dumped = !(item.kind === "struct" && item.generic === true);
    lines.push(`${dumped ? `${attribute} ` : ""}${showItem(item)}`);
    if (dumped) lineOf.set(item.name, lines.length);
  }
  return { text: `${lines.join("\n")}\n`, lineOf };
}

function prelude({ minor }: SourceOptions): string[] {
  const features = ["no_core", "lang_items", "rustc_attrs", "auto_traits", "never_type", "repr_simd", "extern_types", "transparent_unions"];
  features.push("repr128", "arbitrary_enum_discriminant");
  if (minor >= 80) features.push("f16", "f128");
  if (minor >= 90) features.push("pattern_types");
  // Up to 1.63 an attribute of std's own hid the niche, not the lang item.
  const noNiche = minor < 64 ? "#[repr(no_niche)] " : "";
  if (minor < 64) features.push("no_niche");
  const sizedness = minor >= 89;
  const anySize = sizedness ? "PointeeSized" : "?Sized";
  const lines = [
    `#![feature(${features.join(", ")})] #![no_core] #![allow(dead_code, unused, internal_features)]`,
    sizedness
      ? '#[lang = "pointee_sized"] pub trait PointeeSized {} #[lang = "meta_sized"] pub trait MetaSized: PointeeSized {} #[lang = "sized"] pub trait Sized: MetaSized {}'
      : '#[lang = "sized"] pub trait Sized {}',
    '#[lang = "copy"] pub trait Copy {} #[lang = "freeze"] pub unsafe auto trait Freeze {}',
    `#[lang = "phantom_data"] pub struct PhantomData<T: ${anySize}>;`,
    `#[lang = "unsafe_cell"] #[repr(transparent)] ${noNiche}pub struct UnsafeCell<T: ?Sized> { value: T }`,
    '#[lang = "manually_drop"] #[repr(transparent)] pub struct ManuallyDrop<T: ?Sized> { value: T }',
    '#[lang = "maybe_uninit"] #[repr(transparent)] pub union MaybeUninit<T> { uninit: (), value: ManuallyDrop<T> }',
    '#[lang = "neg"] pub trait Neg { type Output; fn neg(self) -> Self::Output; }',
    "pub trait Tr {}",
    'extern "C" { pub type Ext; }',
    `impl<T: ${anySize}> Copy for *const T {} impl<T: ${anySize}> Copy for *mut T {} impl<T: ${anySize}> Copy for &T {}`,
    [...INTS, "f32", "f64", "bool", "char"].map((name) => `impl Copy for ${name} {}`).join(" "),
    ...INTS.filter((name) => name.startsWith("i")).map(
      (name) => `impl Neg for ${name} { type Output = ${name}; fn neg(self) -> ${name} { loop {} } }`,
    ),
  ];
  if (minor >= 85) {
    lines.push(`#[lang = "legacy_receiver"] pub trait LegacyReceiver {} impl<T: ${anySize}> LegacyReceiver for &T {}`);
  }
  if (minor >= 86) lines.push('#[lang = "bikeshed_guaranteed_no_drop"] pub trait BikeshedGuaranteedNoDrop {}');
  if (minor >= 89) lines.push('#[lang = "unsafe_pinned"] #[repr(transparent)] pub struct UnsafePinned<T: ?Sized> { value: T }');
  if (minor >= 95) lines.push('#[lang = "owned_box"] pub struct Box<T: ?Sized, A>(*const T, A);');
  if (minor >= 90) lines.push("#[rustc_builtin_macro(pattern_type)] macro_rules! pattern_type { ($($arg:tt)*) => {} }");
  return lines;
}

/** One item on one line. */
export function showItem(item: Item): string {
  switch (item.kind) {
    case "struct": {
      const generics = item.generic === true ? "<T: ?Sized>" : "";
      return `${showRange(item.validRange)}${showRepr(item.repr)}struct ${item.name}${generics}(${item.fields.map(showTy).join(", ")});`;
    }
    case "union": {
      const fields = item.fields.map((ty, index) => `f${index}: ${showUnionField(ty)}`);
      return `${showRepr(item.repr)}union ${item.name} { ${fields.join(", ")} }`;
    }
    case "enum": {
      const variants = item.variants.map(({ fields, discriminant }, index) => {
        const payload = fields.length === 0 ? "" : `(${fields.map(showTy).join(", ")})`;
        return `V${index}${payload}${discriminant === undefined ? "" : ` = ${discriminant}`}`;
      });
      return `${showRepr(item.repr)}enum ${item.name} { ${variants.join(", ")} }`;
    }
    case "alias":
      return `type ${item.name} = ${showTy(item.ty)};`;
  }
}

/** Unions take only `Copy` types and `ManuallyDrop`; the latter changes no layout. */
function showUnionField(ty: Ty): string {
  return ty.kind === "primitive" && !ty.name.startsWith("f") ? ty.name : `ManuallyDrop<${showTy(ty)}>`;
}

function showRange(range: { readonly start?: bigint | undefined; readonly end?: bigint | undefined } | undefined): string {
  const start = range?.start === undefined ? "" : `#[rustc_layout_scalar_valid_range_start(${range.start})] `;
  const end = range?.end === undefined ? "" : `#[rustc_layout_scalar_valid_range_end(${range.end})] `;
  return start + end;
}

function showRepr(repr: Repr | undefined): string {
  if (repr === undefined) return "";
  const hints = [
    ...(repr.c === true ? ["C"] : []),
    ...(repr.int === undefined ? [] : [repr.int]),
    ...(repr.transparent === true ? ["transparent"] : []),
    ...(repr.simd === true ? ["simd"] : []),
    ...(repr.align === undefined ? [] : [`align(${repr.align})`]),
    ...(repr.packed === undefined ? [] : [`packed(${repr.packed})`]),
  ];
  return hints.length === 0 ? "" : `#[repr(${hints.join(", ")})] `;
}

/** A type as Rust writes it. */
export function showTy(ty: Ty): string {
  switch (ty.kind) {
    case "primitive":
      return ty.name;
    case "never":
      return "!";
    case "tuple":
      return `(${ty.elements.map((element) => `${showTy(element)},`).join(" ")})`;
    case "pointer": {
      const pointee = showTy(ty.pointee);
      return ty.pointer.startsWith("&")
        ? ty.pointer.replace("&", "&'static ") + (ty.pointer === "&" ? "" : " ") + pointee
        : `${ty.pointer} ${pointee}`;
    }
    case "fnPointer":
      return ty.abi === "C" ? 'extern "C" fn(u8)' : "fn(u8) -> bool";
    case "array":
      return `[${showTy(ty.element)}; ${ty.count}]`;
    case "slice":
      return `[${showTy(ty.element)}]`;
    case "str":
      return "str";
    case "dyn":
      return "dyn Tr";
    case "extern":
      return "Ext";
    case "item":
      return ty.arg === undefined ? ty.name : `${ty.name}<${showTy(ty.arg)}>`;
    case "param":
      return "T";
    case "wrapper":
      return `${ty.name}<${showTy(ty.arg)}>`;
    case "box":
      return `Box<${showTy(ty.pointee)}, ${showTy(ty.allocator)}>`;
    case "pattern":
      return `pattern_type!(${showTy(ty.base)} is ${showPattern(ty.base, ty.pattern)})`;
  }
}

function showPattern(base: Ty, pattern: Pattern): string {
  const literal = (value: bigint): string =>
    base.kind === "primitive" && base.name === "char" ? `'\\u{${value.toString(16)}}'` : `${value}`;
  switch (pattern.kind) {
    case "range":
      return `${literal(pattern.start)}..=${literal(pattern.end)}`;
    case "or": {
      const bits = base.kind === "primitive" && base.name.startsWith("i") ? BigInt(base.name.slice(1)) : 8n;
      return `${-(1n << (bits - 1n))}..=${pattern.below} | ${pattern.above}..=${(1n << (bits - 1n)) - 1n}`;
    }
    case "notNull":
      return "!null";
  }
}
