/**
 * Random macro_rules: every fragment specifier, nested repetition, internal rules, recursion over token trees, callbacks, macros that
 * make macros, `$crate`, hygiene of constants, macros of other modules by path and by text.
 *
 * Invariant: every call expands to items; types they declare are told to the pool.
 */
import type { Writer } from "./random-definitions.ts";
import { addType } from "./random-definitions.ts";

/** Types that macros make are asked about by other names. */
function asked({ pool }: Writer, ...names: readonly string[]): string {
  return names.map((name) => `pub type ${pool.fresh("A")} = ${name};`).join("\n");
}

/** Structs and enums from a list of fields, with visibility, attributes, generics and defaults as fragments. */
export function fragments(writer: Writer): string {
  const { pool, types } = writer;
  const [macro, s, e, g, alias] = [pool.fresh("mac"), pool.fresh("M"), pool.fresh("M"), pool.fresh("M"), pool.fresh("A")];
  const [a, b, c] = [types.ty(2), types.ty(2), types.ty(1)];
  const { random } = writer;
  addType(writer, s, { bound: a.bound + b.bound + c.bound + 100, isCopy: false });
  addType(writer, e, { bound: a.bound + b.bound + 100, isCopy: false });
  const count = random.below(4);
  return [
    `macro_rules! ${macro} {`,
    "  ($(#[$m:meta])* $v:vis struct $n:ident { $($fv:vis $f:ident : $t:ty = $d:expr),* $(,)? }) => { $(#[$m])* $v struct $n { $($fv $f: $t),* , tail: [u8; 0 $(+ $d)*] } };",
    "  ($v:vis enum $n:ident { $($name:ident $(( $($t:ty),+ ))? $(= $d:literal)?);* }) => { $v enum $n { $($name $(( $($t),+ ))? $(= $d)?),* } };",
    "  (@one $l:lifetime $p:path, $k:tt, $b:block) => { pub struct $k<$l>(&$l u8, $p, [u16; $b]); };",
    `  ($i:item $($rest:tt)*) => { $i ${macro}! { $($rest)* } };`,
    "  () => {};",
    "}",
    `${macro}! { #[derive()] #[repr(C)] pub struct ${s} { pub a: ${a.text} = ${random.below(3)}, b: ${b.text} = 1 + 1, pub(crate) c: ${c.text} = { ${count} }, } }`,
    `${macro}! { pub enum ${e} { One; Two(${a.text}); Three(u8, ${b.text}) } }`,
    `${macro}! { @one 'x core::primitive::u32, ${g}, { ${count} + 1 } }`,
    `${macro}! { pub type ${alias} = ${g}<'static>; #[allow(unused)] const _: u8 = 1; pub struct ${pool.fresh("M")}; }`,
    asked(writer, s, e),
  ].join("\n");
}

/** A muncher that counts, reverses and builds a struct token by token, with internal rules. */
export function munchers(writer: Writer): string {
  const { pool, types, random } = writer;
  const [macro, name, second] = [pool.fresh("munch"), pool.fresh("M"), pool.fresh("M")];
  const list = Array.from({ length: 1 + random.below(4) }, () => types.ty(1));
  addType(writer, name, { bound: list.reduce((sum, ty) => sum + ty.bound + 16, 64), isCopy: false });
  const written = list.map((ty, i) => `(x${i}: ${ty.text})`).join(" ");
  return [
    `macro_rules! ${macro} {`,
    "  (@count) => { 0usize };",
    `  (@count $x:tt $($rest:tt)*) => { 1usize + ${macro}!(@count $($rest)*) };`,
    "  (@build $n:ident [$($done:tt)*]) => { pub struct $n { $($done)* } };",
    `  (@build $n:ident [$($done:tt)*] ($f:ident : $($t:tt)+) $($rest:tt)*) => { ${macro}!(@build $n [pub $f: $($t)+, $($done)*] $($rest)*); };`,
    `  ($n:ident; $($all:tt)*) => { ${macro}!(@build $n [pub len: [u8; ${macro}!(@count $($all)*)],] $($all)*); };`,
    "}",
    `${macro}!(${name}; ${written});`,
    `${macro} ! [ ${second} ; ];`,
    asked(writer, name, second),
    `pub const ${pool.fresh("C")}: usize = ${macro}!(@count a b (c d) [] ${"z ".repeat(random.below(5))});`,
  ].join("\n");
}

/** Nested repetition: several enums with variants with fields in one call, and a const with the number of each. */
export function repetitions(writer: Writer): string {
  const { pool, types, random } = writer;
  const macro = pool.fresh("rep");
  const enums = Array.from({ length: 1 + random.below(3) }, () => ({ name: pool.fresh("M"), total: pool.fresh("C") }));
  const bodies = enums.map(({ name, total }) => {
    const variants = Array.from({ length: 1 + random.below(4) }, (_, i) => {
      const parts = Array.from({ length: random.below(3) }, () => types.ty(1));
      return { text: `V${i}(${parts.map((ty) => ty.text).join("; ")})`, bound: parts.reduce((sum, ty) => sum + ty.bound + 16, 8) };
    });
    addType(writer, name, { bound: Math.max(...variants.map(({ bound }) => bound)) + 32, isCopy: false });
    return `${name}, ${total} { ${variants.map(({ text }) => text).join(" | ")} }`;
  });
  const separator = random.pick(["=>", ";"] as const);
  return [
    `macro_rules! ${macro} { ($($n:ident, $c:ident { $($v:ident ( $($t:ty);* ))|* })${separator}*) => { $( pub enum $n { $($v($($t),*)),* } pub const $c: usize = 0 $( + 1 $( + { let _: Option<$t> = None; 1 } )* )*; )* }; }`,
    `${macro}! { ${bodies.join(` ${separator} `)} }`,
    asked(writer, ...enums.map(({ name }) => name)),
  ].join("\n");
}

/** A macro that makes a macro, one that is called back, and `$crate` paths. */
export function makers(writer: Writer): string {
  const { pool, types, random, path } = writer;
  const [maker, made, back, a, b, inner] = [
    pool.fresh("maker"),
    pool.fresh("made"),
    pool.fresh("back"),
    pool.fresh("M"),
    pool.fresh("M"),
    pool.fresh("Q"),
  ];
  const [x, y] = [types.ty(2), types.ty(1)];
  addType(writer, a, { bound: x.bound + 100, isCopy: false });
  addType(writer, b, { bound: y.bound + x.bound + 100, isCopy: false });
  const k = pool.fresh("KK");
  const local = path.replace("crate", "$crate");
  return [
    `pub struct ${inner}(pub ${y.text}, u8);`,
    `macro_rules! ${maker} { ($d:tt $name:ident $t:ty) => { macro_rules! $name { ($d($d n:ident),*) => { $d(pub struct $d n($t, ${local}::${inner});)* }; (@as $d($d body:tt)*) => { $d($d body)* }; } }; }`,
    `${maker}!($ ${made} ${x.text});`,
    `${made}!(${a});`,
    asked(writer, a, b),
    `${made}! { @as pub struct ${b} { pub a: ${inner}, pub b: ${x.text}, pub c: [u8; ${random.below(5)}] } }`,
    `macro_rules! ${back} { ($cb:ident ! ( $($head:tt)* ) $e:expr) => { $cb! { $($head)* pub type ${pool.fresh("A")} = [u8; { const K: usize = 2; ($e) * K }]; } }; }`,
    `const ${k}: usize = ${random.below(4)};`,
    `${back}!(${made}!(@as) ${k} + 1);`,
  ].join("\n");
}

/** A type in macro position, expressions and patterns through macros in constants. */
export function positions(writer: Writer): string {
  const { pool, types, random } = writer;
  const [ty, ex, name] = [pool.fresh("tymac"), pool.fresh("exmac"), pool.fresh("M")];
  const [a, b] = [types.ty(2), types.ty(2)];
  addType(writer, name, { bound: a.bound * 2 + b.bound + 64, isCopy: false });
  return [
    `macro_rules! ${ty} { ($t:ty) => { Option<$t> }; ($t:ty, $($u:ty),+) => { ($t, ${ty}!($($u),+)) }; (arr $t:ty; $n:expr) => { [$t; $n] }; }`,
    `macro_rules! ${ex} { ($a:expr) => { $a }; ($a:expr, $($b:expr),+) => { { let a = $a; let b = ${ex}!($($b),+); if a > b { a } else { b } } }; (neg $a:expr) => { 0 - $a * 2 }; ($p:pat => $v:expr; $e:expr) => { match $e { $p => $v, _ => 7 } }; (stmt $s:stmt; then $e:expr) => { { $s; $e } }; }`,
    `pub struct ${name}(${ty}!(${a.text}, ${b.text}), ${ty}!(u8), ${ty}!(arr u16; ${ex}!(1, ${random.below(7)}, 2)));`,
    `pub const ${pool.fresh("C")}: i32 = ${ex}!(${random.below(50)} - 20, 4 + 4, ${ex}!(neg 3 + 1));`,
    `pub const ${pool.fresh("C")}: u8 = ${ex}!(1..=4 | 9 => 3; ${random.below(10)}u8);`,
    `pub const ${pool.fresh("C")}: u16 = ${ex}!(stmt let q = ${random.below(500)}u16; then { 5 });`,
    `pub const ${pool.fresh("C")}: usize = concat!("a", 1, true, 'c').len() + stringify!(abc).len() + [matches!(Some(3), Some(1..=3)) as usize][0] + cfg!(unix) as usize;`,
  ].join("\n");
}
