/**
 * A scope that is made from the one before an edit is the one that a fresh start makes.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { QueryRuntime } from "../../server/src/db/query-runtime.ts";
import { lowerUnit } from "../../server/src/hir-def/lower-item.ts";
import { OpenDocument } from "../../server/src/hir-def/open-document.ts";
import type { ModuleScope } from "../../server/src/hir-def/scope.ts";
import { buildScope } from "../../server/src/hir-def/scope.ts";
import { rebuiltScope } from "../../server/src/hir-def/scope-rebuild.ts";
import { parseTargetCfg } from "../../server/src/project/cfg-builder.ts";
import { rustParser } from "../support/rust-parser.ts";

const TEXT = `use std::fmt;
pub struct A { a: u8 }
struct Unit;
#[cfg(unix)] struct Unix(u8);
enum E { One, Two(u8) }
impl A { const N: usize = 1; fn f() {} }
impl Clone for A { fn clone(&self) -> A { A { a: 1 } } }
const _: () = { struct Hidden; };
const SIZE: usize = 3;
type Alias = [u8; SIZE];
mod inner { pub struct A; }
fn f() {}
struct Same;
struct Same;
m!(x);
`;

const WHOLE = { reuse: () => undefined, lower: lowerUnit };

const cfg = parseTargetCfg({ atoms: ["unix", 'target_os="linux"'], unsure: [] });

/** What an edit leads to: the scope from the one before (if it may be made so), and the fresh one. */
async function scopes(find: string, put: string): Promise<{ readonly rebuilt: ModuleScope | undefined; readonly fresh: ModuleScope }> {
  const parser = await rustParser();
  const document = new OpenDocument(new QueryRuntime(), parser, TEXT, (text) => parser.parseFile(text, WHOLE)[0]?.value);
  const former = { items: document.items, scope: buildScope(document.items, cfg) };
  const start = TEXT.indexOf(find);
  assert.ok(start >= 0, find);
  document.edit([{ start, end: start + find.length, text: put }]);
  const rebuilt = rebuiltScope(former, document.items);
  const fresh = buildScope(document.items, cfg);
  document.dispose();
  return { rebuilt, fresh };
}

/** What name resolution reads of a scope. */
function read(scope: ModuleScope): object {
  const {
    names,
    globs,
    anonymousImports,
    impls,
    unnamed,
    macroCalls,
    macroDefs,
    macroUseModules,
    macroUseCrates,
    innerAttrs,
    hasSyntaxErrors,
  } = scope;
  const lists = { globs, anonymousImports, impls, unnamed, macroCalls, macroDefs, macroUseModules, macroUseCrates, innerAttrs };
  return { names: [...names], ...lists, hasSyntaxErrors };
}

const TAKEN_OVER: readonly (readonly [string, string])[] = [
  ["a: u8 }", "a: u16 }"],
  ["pub struct A {", "pub(crate) struct A {"],
  ["struct Unit;", "struct Unit(u8);"],
  ["Unix(u8)", "Unix(u16)"],
  ["Two(u8)", "Two(u8), Three"],
  ["const N: usize = 1", "const N: usize = 2"],
  ["A { a: 1 } }", "A { a: 2, } }"],
  ["struct Hidden;", "struct Hidden2;"],
  ["SIZE: usize = 3", "SIZE: usize = 4"],
  ["[u8; SIZE]", "[u16; SIZE]"],
];

const BUILT_ANEW: readonly (readonly [string, string])[] = [
  ["struct Unit;", "struct Unit2;"],
  ["struct Unit;", "enum Unit {}"],
  ["cfg(unix)", "cfg(windows)"],
  ["impl Clone for A", "impl Copy for A"],
  ["fn f() {}\nstruct", "fn f() {}\nstruct More; struct"],
  ["use std::fmt", "use std::io"],
  ["pub struct A; }", "pub struct B; }"],
  ["struct Same;", "struct Same(u8);"],
  ["m!(x)", "m!(y)"],
  ["type Alias", "type"],
];

for (const [find, put] of TAKEN_OVER)
  test(`taken over: ${find} → ${put}`, async () => {
    const { rebuilt, fresh } = await scopes(find, put);
    assert.ok(rebuilt !== undefined);
    assert.deepEqual(read(rebuilt), read(fresh));
  });

for (const [find, put] of BUILT_ANEW)
  test(`built anew: ${find} → ${put}`, async () => {
    const { rebuilt } = await scopes(find, put);
    assert.equal(rebuilt, undefined);
  });
