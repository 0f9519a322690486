/** Cargo's registry, removed under an open project and put back: reasons meanwhile, the same numbers before and after. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { endSession, soon, startSession, VS_CODE } from "./client.ts";
import { TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

const LIB = `pub struct Good(u32, u8);
pub struct User(dep::Dep);
pub struct Late(dep::late::Late);
`;

const INDEX = "registry+https://github.com/rust-lang/crates.io-index";
const SOURCES = "home/registry/src/index.crates.io-1949cf8c6b5b557f";

const FILES: Readonly<Record<string, string>> = {
  "ship/Cargo.toml": '[package]\nname = "ship"\nedition = "2021"\n[dependencies]\ndep = "1"\n',
  "ship/Cargo.lock": `version = 4
[[package]]
name = "dep"
version = "1.0.0"
source = "${INDEX}"
[[package]]
name = "ship"
version = "0.0.0"
dependencies = ["dep"]
`,
  "ship/src/lib.rs": LIB,
  [`${SOURCES}/dep-1.0.0/Cargo.toml`]: '[package]\nname = "dep"\nversion = "1.0.0"\n',
  [`${SOURCES}/dep-1.0.0/src/lib.rs`]: "mod inner;\npub mod late;\npub use inner::Dep;\n",
  [`${SOURCES}/dep-1.0.0/src/inner.rs`]: "pub struct Dep(u16);\n",
  [`${SOURCES}/dep-1.0.0/src/late.rs`]: "pub struct Late(u32);\n",
};

for (const gone of ["home/registry", SOURCES, `${SOURCES}/dep-1.0.0`]) {
  test(`${gone} goes and comes back`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "stowplan-registry-"));
    for (const [name, content] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const wire = processWire(undefined, { CARGO_HOME: join(folder, "home"), STOWPLAN_CACHE: "off" });
    const session = await startSession(wire, { capabilities: VS_CODE });
    const document = new TestDocument(session.client, pathToFileURL(join(folder, "ship/src/lib.rs")).href, LIB);
    let shown = "";
    const says = (name: string, wanted: RegExp): Promise<void> =>
      soon(
        async () => {
          shown = await document.hoverText(name, "struct ");
          return wanted.test(shown);
        },
        () => shown,
      );

    assert.match(await document.hoverText("User", "struct "), /^\*\*Layout\*\* 2 B/);
    renameSync(join(folder, gone), join(folder, "away"));
    const reason = /^Size unknown: the sources of `dep` 1\.0\.0 are not in cargo's registry/;
    await says("User", reason);
    assert.match(await document.hoverText("Late", "struct "), reason);
    assert.match(await document.hoverText("Good", "struct "), /^\*\*Layout\*\* 8 B/);

    renameSync(join(folder, "away"), join(folder, gone));
    await says("User", /^\*\*Layout\*\* 2 B/);
    assert.match(await document.hoverText("Late", "struct "), /^\*\*Layout\*\* 4 B/);
    await endSession(session);
    rmSync(folder, { recursive: true, force: true });
  });
}
