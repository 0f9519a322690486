/** A dependency's file outside of the workspace: answered with the features that the project which was opened before gives it. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Session } from "./client.ts";
import { endSession, startSession } from "./client.ts";
import { TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

const LIB = `#[cfg(feature = "wide")]
pub type Word = u64;
#[cfg(not(feature = "wide"))]
pub type Word = u8;
pub struct Cell { word: Word }
`;
const HOST = "pub struct Ship { cell: cargo_hold::Cell }\n";

let folder: string;
let session: Session;
const open = (name: string, text: string): TestDocument => new TestDocument(session.client, pathToFileURL(join(folder, name)).href, text);

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "stowplan-dependency-"));
  for (const name of ["ship/src", "elsewhere/hold/src"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(
    join(folder, "ship/Cargo.toml"),
    '[package]\nname = "ship"\nedition = "2021"\n[dependencies]\ncargo-hold = { path = "../elsewhere/hold", features = ["wide"] }\n',
  );
  writeFileSync(join(folder, "ship/src/lib.rs"), HOST);
  writeFileSync(join(folder, "elsewhere/hold/Cargo.toml"), '[package]\nname = "cargo-hold"\nedition = "2021"\n[features]\nwide = []\n');
  writeFileSync(join(folder, "elsewhere/hold/src/lib.rs"), LIB);
  session = await startSession(processWire(), { folders: [pathToFileURL(join(folder, "ship")).href] });
  await session.client.told("workspace/inlayHint/refresh");
});
after(async () => {
  await endSession(session);
  rmSync(folder, { recursive: true, force: true });
});

test("alone it has its own default features, in a project those of the project", async () => {
  const dependency = open("elsewhere/hold/src/lib.rs", LIB);
  assert.match(await dependency.hoverText("Cell"), /^\*\*Layout\*\* 1 B/);
  const host = open("ship/src/lib.rs", HOST);
  assert.match(await host.hoverText("Ship"), /^\*\*Layout\*\* 8 B/);
  dependency.close();
  dependency.open();
  assert.match(await dependency.hoverText("Cell"), /^\*\*Layout\*\* 8 B/);
});

test("a module that lies outside of the crate's folder has the crate's features", async () => {
  mkdirSync(join(folder, "ship/shared"));
  writeFileSync(join(folder, "ship/shared/cell.rs"), LIB);
  writeFileSync(join(folder, "ship/Cargo.toml"), '[package]\nname = "ship"\nedition = "2021"\n[features]\ndefault = ["wide"]\nwide = []\n');
  const host = open("ship/src/lib.rs", '#[path = "../shared/cell.rs"]\nmod cell;\n');
  const shared = open("ship/shared/cell.rs", LIB);
  session.client.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: pathToFileURL(join(folder, "ship/Cargo.toml")).href, type: 2 }],
  });
  assert.match(await shared.hoverText("Cell"), /^\*\*Layout\*\* 8 B/);
  host.close();
});
