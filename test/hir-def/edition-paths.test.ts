/**
 * Paths that macros of edition 2015 write in crates of a later one, and the other way round; sizes as rustc 1.95 has them.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import type { Edition } from "../../server/src/db/crate-graph.ts";
import { openFiles } from "../support/open-semantics.ts";

const LATER = `
#[macro_export] macro_rules! global { ($n:ident) => { pub struct $n(::core::option::Option<u8>, fn(&dyn ::core::any::Any)); } }
#[macro_export] macro_rules! used { ($n:ident) => { pub mod $n { use ::core::{option::Option as O, cell}; pub struct A(O<u8>, cell::Cell<u8>); } } }
#[macro_export] macro_rules! local { ($n:ident) => { pub mod $n {
  pub mod core { pub mod option { pub struct Option<T>(T, T); } } use core::option::Option as O; pub struct A(O<u8>); } } }
#[macro_export] macro_rules! parts { (:: $a:ident :: $b:ident as $n:ident) => { pub struct $n($a::$b); } }
#[macro_export] macro_rules! handed { ($n:ident) => { parts!(::deeper::T as $n); } }
`;

const OLD = `
#[macro_export] macro_rules! global_here { ($n:ident) => { pub struct $n(::Here); } }
#[macro_export] macro_rules! global_old { ($n:ident) => { pub struct $n(::core::option::Option<u8>); } }
#[macro_export] macro_rules! used_here { ($n:ident) => { pub mod $n { use {Here as H, core::option::Option as O}; pub struct A(H, O<u8>); } } }
#[macro_export] macro_rules! used_inner { ($n:ident) => { pub mod $n { use inner::Thing; pub mod inner { pub struct Thing(u64); } pub struct A(Thing); } } }
`;

const APP = `
#[macro_use] extern crate old; #[macro_use] extern crate later;
pub struct Here(pub u32);
pub mod core { pub mod option { pub struct Option<T>(T, T, T); } }
pub mod inner { pub struct Thing(u16); }
pub mod deep {
  pub mod deeper { pub struct T(u8); }
  global!(Global); used!(use_later); local!(use_local); handed!(Handed);
  global_here!(GlobalHere); global_old!(GlobalOld); used_here!(use_here); used_inner!(use_inner);
}
`;

const SIZES = [
  "Here 4, Option generic, Thing 2, T 1, Global 16, A 3, Option generic, A 2, Handed 1, GlobalHere 4, GlobalOld 3, A 8, Thing 8, A 2",
];

for (const edition of [2015, 2018, 2021] as const) {
  test(`macros of other editions name what they name in a crate of ${edition}`, async () => {
    assert.deepEqual([(await sizesIn(edition)).join(", ")], SIZES);
  });
}

async function sizesIn(edition: Edition): Promise<readonly string[]> {
  const files = {
    "/old/Cargo.toml": manifest("old", 2015, ""),
    "/old/src/lib.rs": OLD,
    "/later/Cargo.toml": manifest("later", 2021, ""),
    "/later/src/lib.rs": LATER,
    "/ws/Cargo.toml": manifest("app", edition, '[dependencies]\nold = { path = "../old" }\nlater = { path = "../later" }'),
    "/ws/src/lib.rs": APP,
  };
  const { semantics } = await openFiles(files, { path: "/ws" });
  return semantics.definitions("/ws/src/lib.rs").map((definition) => {
    const answer = semantics.layoutOf(definition);
    return `${definition.name} ${answer.status === "exact" ? answer.layout.size : answer.status === "unknown" ? english(answer.reason) : "generic"}`;
  });
}

function manifest(name: string, edition: Edition, rest: string): string {
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "${edition}"\n${rest}`;
}
