/**
 * A random program: modules of random definitions that name each other in every way paths, imports, globs, renames, re-exports and
 * shadowing allow.
 *
 * Invariant: the same seed gives the same bytes; a module uses only modules before it, so that one may be left out with all that use it.
 */
import { Random } from "../random.ts";
import { Pool } from "./pool.ts";
import { lengthConst, plainConst, tables, traitConsts } from "./random-consts.ts";
import type { Writer } from "./random-definitions.ts";
import { addType, aliasDef, enumDef, genericDef, recursiveDefs, structDef, unionDef } from "./random-definitions.ts";
import { fragments, makers, munchers, positions, repetitions } from "./random-macros.ts";
import { assocTypes, blankets, gats, selections } from "./random-traits.ts";
import { RandomTy } from "./random-ty.ts";

/** The head of every program. */
export const HEAD = `#![feature(negative_impls, allocator_api, never_type, unboxed_closures)]\n#![allow(warnings)]\n#![recursion_limit = "512"]`;

/** The modules of a program, in order. */
export function randomModules(seed: string, count: number): string[] {
  const random = new Random(seed);
  const pool = new Pool();
  const types = new RandomTy(random, pool);
  return Array.from({ length: count }, (_, i) => randomModule({ random, pool, types, module: `m${i}`, path: `crate::m${i}` }, i));
}

const KINDS: readonly (readonly [number, (writer: Writer) => string])[] = [
  [20, structDef],
  [16, enumDef],
  [4, unionDef],
  [10, genericDef],
  [4, recursiveDefs],
  [10, aliasDef],
  [10, plainConst],
  [10, lengthConst],
  [4, traitConsts],
  [3, tables],
  [6, assocTypes],
  [5, blankets],
  [4, gats],
  [4, selections],
  [5, fragments],
  [4, munchers],
  [4, repetitions],
  [4, makers],
  [4, positions],
  [10, imported],
  [4, shadowed],
  [3, local],
];

function randomModule(writer: Writer, index: number): string {
  const { random, module } = writer;
  const [first, ...rest] = KINDS;
  if (first === undefined) return "";
  const parts = Array.from({ length: 4 + random.below(5) }, () => random.weighted([first, ...rest])(writer));
  return `pub mod ${module} {\n${index === 0 ? "" : "#[allow(unused_imports)] use super::*;\n"}${parts.join("\n")}\n}`;
}

/** A type of another module under another name, through a path, an import, a glob or a chain of re-exports. */
function imported(writer: Writer): string {
  const { random, pool, module } = writer;
  const known = pool.pick(
    random,
    pool.types.filter((ty) => ty.module !== module && ty.module !== ""),
  );
  if (known === undefined) return structDef(writer);
  const [inner, alias, renamed] = [pool.fresh("i"), pool.fresh("A"), pool.fresh("X")];
  addType(writer, alias, { bound: known.bound * 2 + 32, isCopy: false });
  const { module: from, name } = known;
  const use = random.pick([
    `use crate::${from}::${name} as ${renamed};`,
    `use crate::${from}::{self as ${inner}m, ${name} as ${renamed}};`,
    `mod ${inner} { pub use crate::${from}::*; pub use self::${name} as ${renamed}; } use ${inner}::${renamed};`,
    `mod ${inner} { pub mod deep { pub use super::super::super::${from} as up; pub(in crate::${module}) use up::${name} as ${renamed}; } pub use deep::*; } use self::${inner}::deep::${renamed};`,
    `mod ${inner} { use crate::{${from}::{${name} as First}}; pub type ${renamed} = First; } use ${inner}::*;`,
    `pub use super::${from}::${name} as ${renamed};`,
  ] as const);
  return `${use}\npub struct ${alias}(${renamed}, super::${from}::${name}, Option<Box<self::${renamed}2>>); type ${renamed}2 = ${renamed};`;
}

/** A local item before a glob's, a glob's before the prelude's, a block's before all. */
function shadowed(writer: Writer): string {
  const { random, pool, types, module } = writer;
  const [inner, other, name] = [pool.fresh("sh"), pool.fresh("sh"), pool.fresh("A")];
  const [a, b, c] = [types.ty(1), types.ty(1), types.ty(1)];
  addType(writer, name, { bound: a.bound + b.bound + c.bound + 64, isCopy: false });
  const written = [a, b, c].map(({ text }) => text).join(" ");
  // What the fields mean by a name has to stay what it was.
  const isFree = (it: string): boolean => !new RegExp(`(?<!::)\\b${it}\\b`).test(written);
  const shadow = random.pickOr(["Option", "Box", "Vec", "String", "u8", "usize"].filter(isFree), "Some2");
  return [
    `mod ${other} { pub struct ${shadow}(pub ${a.text}); pub struct Glob(pub ${b.text}); pub const LEN: core::primitive::usize = 3; }`,
    `pub mod ${inner} { use super::${other}::*; pub struct Glob(pub ${c.text}); pub struct Both(Glob, ${shadow}, [core::primitive::u8; LEN]); mod nested { pub const LEN: core::primitive::usize = 1; pub type N = [core::primitive::u16; LEN]; } pub use nested::N; }`,
    `pub type ${name} = (${inner}::Both, crate::${module}::${inner}::Glob, self::${other}::Glob, ${inner}::N);`,
  ].join("\n");
}

/** Items in function bodies and in blocks of constants. */
function local(writer: Writer): string {
  const { random, pool, types } = writer;
  const [fn, name] = [pool.fresh("lf"), pool.fresh("A")];
  const [a, b] = [types.ty(2), types.ty(2)];
  addType(writer, name, { bound: 400, isCopy: false });
  return [
    `pub fn ${fn}() { struct Local(${a.text}); enum Local2 { A(Local), B(${b.text}) } const N: usize = ${random.below(5)}; { type N2 = [Local; N]; struct Inner { a: N2, b: [u8; { const N: usize = 1; N }] } } }`,
    `pub struct ${name} { a: [u8; { struct Z(${types.primitive().text}, u8); enum Y { A, B(Z) } core::mem::size_of::<Y>() }], b: [u16; { use core::mem::size_of as so; so::<${types.primitive().text}>() }] }`,
    `const _: () = { pub struct Hidden(${types.ty(1).text}); impl Drop for Hidden { fn drop(&mut self) {} } };`,
  ].join("\n");
}
