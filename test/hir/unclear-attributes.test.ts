/**
 * Attributes that may apply or not, because a build script decides and has not been run.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { openFiles } from "../support/open-semantics.ts";

async function toldOf(lib: string, others: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const files = {
    "/ws/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
    "/ws/build.rs": 'fn main() { println!("cargo:rustc-cfg=fast"); }',
    "/ws/src/lib.rs": lib,
    ...others,
  };
  const { semantics } = await openFiles(files, { path: "/ws" });
  return semantics.definitions("/ws/src/lib.rs").map((definition) => {
    const answer = semantics.layoutOf(definition);
    return `${definition.name} ${answer.status === "exact" ? answer.layout.size : answer.status === "unknown" ? english(answer.reason) : "generic"}`;
  });
}

const NOT_RUN = "`fast`: the build script of `app` has not been run for this target and profile";

test("a module whose path may be another one is unknown with that reason, also where a file of its name is there", async () => {
  const lib = '#[cfg_attr(fast, path = "quick.rs")]\nmod imp;\nuse imp::A;\nstruct S(A);\nstruct T(u8);';
  const others = { "/ws/src/imp.rs": "pub struct A(u8);", "/ws/src/quick.rs": "pub struct A(u64);" };
  assert.deepEqual(await toldOf(lib, others), [`S which file module \`imp\` is in is not known: ${NOT_RUN}`, "T 1"]);
});

test("an attribute that says nothing about layout may apply or not", async () => {
  const lib = '#[cfg_attr(fast, doc = "quick", allow(dead_code))] struct A(u8);\n#[cfg_attr(fast, doc = "quick", repr(C))] struct B(u8);';
  assert.deepEqual(await toldOf(lib), ["A 1", `B whether \`#[repr]\` applies is not known: ${NOT_RUN}`]);
});

test("modules of one name of which a cfg leaves one are told apart", async () => {
  const lib = "#[cfg(fast)]\nmod x { pub struct A(u8); }\n#[cfg(not(fast))]\nmod x { pub struct A(u64); struct B(super::x::A); }";
  assert.deepEqual(await toldOf(lib), ["A 1", "A 8", `B whether \`x\` is compiled is not known: ${NOT_RUN}`]);
});

test("a name that an included file of the build script may declare is unknown with that reason", async () => {
  const lib = [
    'mod config { include!(concat!(env!("OUT_DIR"), "/config.rs")); }',
    "use config::SIZE;",
    "struct A([u8; config::LEN]);",
    "struct B([u8; SIZE]);",
    "struct C(config::Made);",
    "mod inner { use super::config::*; struct D([u8; LEN]); struct E(String); }",
  ].join("\n");
  const reason = "macro `include!`: `env!`: the output of the build script of `app` was not found";
  assert.deepEqual(await toldOf(lib), [`A ${reason}`, `B ${reason}`, `C ${reason}`, `D ${reason}`, "E 24"]);
});
