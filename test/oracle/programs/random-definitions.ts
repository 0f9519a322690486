/**
 * Random definitions written out plainly: structs, enums, unions, generic ones with instances, aliases, fields under cfg, drops,
 * explicit and negative auto traits, derives.
 *
 * Invariant: each definition is one line or more of an otherwise valid module; types it declares are told to the pool.
 */
import type { Random } from "../random.ts";
import type { Pool, TypeText } from "./pool.ts";
import type { RandomTy } from "./random-ty.ts";

export interface Writer {
  readonly random: Random;
  readonly pool: Pool;
  readonly types: RandomTy;
  /** The module's path from the root, `crate::m3`. */
  readonly path: string;
  readonly module: string;
}

/** A field with sometimes a cfg in front; one that is configured out may be anything. */
function field(writer: Writer, name: string, ty: TypeText): { readonly text: string; readonly bound: number } {
  const { random } = writer;
  const label = name === "" ? "" : `${name}: `;
  if (!random.chance(0.08)) return { text: `pub ${label}${ty.text}`, bound: ty.bound + 16 };
  const cfg = random.pick([
    'target_pointer_width = "64"',
    "unix",
    "not(windows)",
    'any(windows, target_arch = "x86_64")',
    "not(any())",
  ] as const);
  if (random.chance(0.5)) return { text: `#[cfg(${cfg})] pub ${label}${ty.text}`, bound: ty.bound + 16 };
  return { text: `#[cfg(not(${cfg}))] pub ${label}NoSuchType`, bound: 0 };
}

function fields(writer: Writer, count: number, isTuple: boolean, make: () => TypeText): { readonly text: string; readonly bound: number } {
  const all = Array.from({ length: count }, (_, i) => field(writer, isTuple ? "" : `f${i}`, make()));
  return { text: all.map(({ text }) => text).join(", "), bound: all.reduce((sum, { bound }) => sum + bound, 0) };
}

export function addType(writer: Writer, name: string, known: { readonly bound: number; readonly isCopy: boolean }): void {
  const { pool, module, path } = writer;
  if (known.bound <= 600) pool.types.push({ text: `${path}::${name}`, module, name, ...known });
}

export function structDef(writer: Writer): string {
  const { random, types, pool } = writer;
  const name = pool.fresh("S");
  const isCopy = random.chance(0.3);
  const isTuple = random.chance(0.5);
  const body = fields(writer, random.below(6), isTuple, () => (isCopy ? types.copyTy(2) : types.ty(3)));
  const repr = random.weighted([
    [70, ""],
    [10, "#[repr(C)] "],
    [5, "#[repr(align(16))] "],
    [5, "#[cfg_attr(unix, repr(C))] "],
    [5, "#[cfg_attr(windows, repr(C, packed))] "],
  ] as const);
  const bound = body.bound + (repr.includes("16") ? 32 : 16);
  addType(writer, name, { bound, isCopy });
  const written = isTuple ? `(${body.text});` : ` { ${body.text} }`;
  return `${repr}${isCopy ? "#[derive(Clone, Copy)] " : ""}pub struct ${name}${written}${isCopy ? "" : extras(writer, name)}`;
}

/** Impls that decide marker traits. */
function extras(writer: Writer, name: string): string {
  return writer.random.weighted([
    [80, ""],
    [6, ` impl Drop for ${name} { fn drop(&mut self) {} }`],
    [3, ` unsafe impl Send for ${name} {}`],
    [3, ` unsafe impl Sync for ${name} {}`],
    [2, ` impl !Send for ${name} {}`],
    [2, ` impl !Sync for ${name} {}`],
    [2, ` impl Unpin for ${name} {}`],
    [2, ` impl !Unpin for ${name} {}`],
    [2, ` impl core::panic::UnwindSafe for ${name} {}`],
  ] as const);
}

export function enumDef(writer: Writer): string {
  const { random, types, pool } = writer;
  const name = pool.fresh("E");
  const count = random.pick([1, 2, 2, 2, 3, 3, 4, 5, 7] as const);
  const isFieldless = random.chance(0.25);
  const isCopy = isFieldless || random.chance(0.2);
  const numbered = isFieldless && random.chance(0.6);
  const repr = random.weighted([
    [65, ""],
    [8, "C"],
    [8, "u8"],
    [8, "i16"],
    [4, "C, u8"],
    [3, "u64"],
  ] as const);
  const int = /[ui]\d+/.exec(repr)?.[0] ?? "isize";
  let bound = 16;
  const variants = Array.from({ length: count }, (_, i) => {
    if (isFieldless) return numbered ? `V${i} = ${discriminant(writer, i, int)}` : `V${i}`;
    const isTuple = random.chance(0.6);
    const body = fields(writer, random.below(4), isTuple, () => (isCopy ? types.copyTy(2) : types.ty(2)));
    bound = Math.max(bound, body.bound + 32);
    return isTuple ? `V${i}(${body.text.replaceAll("pub ", "")})` : `V${i} { ${body.text.replaceAll("pub ", "")} }`;
  });
  addType(writer, name, { bound: bound + 16, isCopy });
  return `${repr === "" ? "" : `#[repr(${repr})] `}${isCopy ? "#[derive(Clone, Copy)] " : ""}pub enum ${name} { ${variants.join(", ")} }`;
}

/** Distinct for each index, small enough for i8 and u8. */
function discriminant({ random, pool }: Writer, index: number, int: string): string {
  const value = index * 11 + random.below(10);
  const plain = [`${value}`, `0x${value.toString(16)}`, `{ let x = ${value}; x }`, `if true { ${value} } else { 0 }`] as const;
  const known = pool.pick(random, pool.consts);
  if (known === undefined || random.chance(0.7)) return random.pick(plain);
  return `${value} + (${known.path} - ${known.value}) as ${int}`;
}

export function unionDef(writer: Writer): string {
  const { random, types, pool } = writer;
  const name = pool.fresh("U");
  const parts = Array.from({ length: 1 + random.below(3) }, () => (random.chance(0.7) ? types.copyTy(2) : wrapped(types.ty(2))));
  addType(writer, name, { bound: Math.max(...parts.map(({ bound }) => bound)) + 16, isCopy: false });
  return `${random.chance(0.3) ? "#[repr(C)] " : ""}pub union ${name} { ${parts.map(({ text }, i) => `f${i}: ${text}`).join(", ")} }`;
}

function wrapped(ty: TypeText): TypeText {
  return { ...ty, text: `core::mem::ManuallyDrop<${ty.text}>` };
}

/** A generic definition and, as an alias, an instance of it. */
export function genericDef(writer: Writer): string {
  const { random, types, pool, path } = writer;
  const name = pool.fresh("G");
  const hasConst = random.chance(0.4);
  const hasSecond = random.chance(0.4);
  const hasDefault = random.chance(0.5);
  const use = (): string =>
    random.pickOr(
      [
        "T",
        "Option<T>",
        "Box<T>",
        "[T; 2]",
        "(u8, T)",
        "core::cell::Cell<T>",
        "*const T",
        "core::marker::PhantomData<T>",
        "Vec<T>",
        "core::mem::ManuallyDrop<T>",
        "core::mem::MaybeUninit<T>",
        "Option<Box<T>>",
        "fn(T)",
        ...(hasConst ? ["[T; N]", "[u8; N]"] : []),
        ...(hasSecond ? ["U", "Result<T, U>", "(U, T)"] : []),
        types.primitive().text,
      ],
      "T",
    );
  const parts = ["T", ...(hasSecond ? ["core::marker::PhantomData<U>"] : []), ...Array.from({ length: random.below(3) }, use)];
  const params = [
    "T",
    ...(hasSecond ? [hasDefault ? "U = u16" : "U"] : []),
    ...(hasConst ? [hasDefault ? "const N: usize = 3" : "const N: usize"] : []),
  ];
  const head = `${name}<${params.join(", ")}>`;
  const isEnum = random.chance(0.4);
  const body = isEnum ? `enum ${head} { A(${parts.join(", ")}), B(${use()}), C }` : `struct ${head}(${parts.join(", ")});`;
  pool.generics.push({ path: `${path}::${name}`, types: hasSecond ? 2 : 1, consts: hasConst ? 1 : 0, scale: 12 });
  const alias = pool.fresh("A");
  const args = [types.ty(2), ...(hasSecond ? [types.ty(2)] : [])];
  const bound = 12 * (args.reduce((sum, arg) => sum + arg.bound, 0) + 48) * 6;
  const text = `${name}<${[...args.map((arg) => arg.text), ...(hasConst ? [`${random.below(6)}`] : [])].join(", ")}>`;
  addType(writer, alias, { bound, isCopy: false });
  return `pub ${body}${genericImpls(writer, name, { hasConst, hasSecond })}\npub type ${alias} = ${text};`;
}

/** Conditional impls of marker traits and drops on a generic type. */
function genericImpls({ random }: Writer, name: string, has: { readonly hasConst: boolean; readonly hasSecond: boolean }): string {
  const args = ["T", ...(has.hasSecond ? ["U"] : []), ...(has.hasConst ? ["N"] : [])].join(", ");
  const params = (bound: string): string =>
    [`T${bound}`, ...(has.hasSecond ? ["U"] : []), ...(has.hasConst ? ["const N: usize"] : [])].join(", ");
  return random.weighted([
    [70, ""],
    [7, ` unsafe impl<${params(": Sync")}> Send for ${name}<${args}> {}`],
    [7, ` unsafe impl<${params(": Send + Copy")}> Sync for ${name}<${args}> {}`],
    [5, ` impl<${params("")}> !Send for ${name}<${args}> {}`],
    [5, ` impl<${params("")}> Drop for ${name}<${args}> { fn drop(&mut self) {} }`],
    [5, ` impl<${params(": core::panic::UnwindSafe")}> Unpin for ${name}<${args}> {}`],
    [5, ` impl<${params(": Clone")}> Clone for ${name}<${args}> { fn clone(&self) -> Self { loop {} } }`],
  ] as const);
}

/** Types that mention themselves behind pointers, alone or in a circle. */
export function recursiveDefs(writer: Writer): string {
  const { random, types, pool } = writer;
  const [a, b] = [pool.fresh("R"), pool.fresh("R")];
  const link = (to: string): string =>
    random.pick([
      `Option<Box<${to}>>`,
      `Vec<${to}>`,
      `std::rc::Rc<core::cell::RefCell<${to}>>`,
      `*mut ${to}`,
      `&'static ${to}`,
      `Option<std::sync::Arc<${to}>>`,
      `std::collections::BTreeMap<u8, ${to}>`,
    ] as const);
  addType(writer, a, { bound: 300, isCopy: false });
  addType(writer, b, { bound: 300, isCopy: false });
  const small = (): string => types.primitive().text;
  return `pub struct ${a} { a: ${link(b)}, b: ${small()}, c: ${link(a)} }\npub enum ${b} { A(${link(a)}, ${small()}), B { x: ${link(b)} }, C }`;
}

export function aliasDef(writer: Writer): string {
  const ty = writer.types.ty(4);
  const name = writer.pool.fresh("A");
  addType(writer, name, ty);
  return `pub type ${name} = ${ty.text};`;
}
