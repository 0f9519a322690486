/** A workspace of several folders, each with a target and a toolchain of its own. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Session } from "./client.ts";
import { at, endSession, list, startSession } from "./client.ts";
import { TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

const SOURCE = "pub struct Word { at: usize, flag: bool }\n";
const settings = new Map<string, unknown>([
  ["file:///many/one stowplan", { target: "i686-unknown-linux-gnu", toolchain: "1.85.0" }],
  ["file:///many/one/inner stowplan", { target: "x86_64-pc-windows-msvc" }],
  ["file:///many/two stowplan", { inlayHints: { minimumSize: 0 }, target: "avr-none" }],
]);
let session: Session;
const open = (uri: string): TestDocument => new TestDocument(session.client, uri, SOURCE);

before(async () => {
  session = await startSession(processWire(), { settings, folders: ["file:///many/one", "file:///many/two", "file:///many/one/inner"] });
  await session.client.told("workspace/inlayHint/refresh");
});
after(() => endSession(session));

test("each file has the settings of the innermost folder around it", async () => {
  assert.match(await open("file:///many/one/lib.rs").hoverText("Word"), /^\*\*Layout\*\* 8 B.*i686-unknown-linux-gnu · rustc 1\.85/s);
  assert.match(await open("file:///many/one/inner/lib.rs").hoverText("Word"), /^\*\*Layout\*\* 16 B.*x86_64-pc-windows-msvc/s);
  assert.match(await open("file:///many/two/lib.rs").hoverText("Word"), /^\*\*Layout\*\* 3 B.*avr-none/s);
});

test("a file outside of all folders has the common settings", async () => {
  const shown = await open("file:///many/onerous/lib.rs").hoverText("Word");
  assert.doesNotMatch(shown, /i686|1\.85/);
});

test("the target that `auto` stands for is told for the file's own folder", async () => {
  const ask = async (uri: string): Promise<unknown> =>
    list(await session.client.request("stowplan/targets", { uri })).find((target) => at(target, "isDefault") === true);
  assert.equal(await ask("file:///many/one/lib.rs"), undefined);
  assert.ok((await ask("file:///many/onerous/lib.rs")) !== undefined);
});

test("a folder that comes brings its settings, one that goes takes them away", async () => {
  const document = open("file:///many/three/lib.rs");
  assert.doesNotMatch(await document.hoverText("Word"), /riscv64/);
  settings.set("file:///many/three stowplan", { target: "riscv64gc-unknown-linux-gnu" });
  const folder = { uri: "file:///many/three", name: "three" };
  const change = async (event: object): Promise<void> => {
    const refreshed = session.client.told("workspace/inlayHint/refresh");
    session.client.notify("workspace/didChangeWorkspaceFolders", { event });
    await refreshed;
  };
  await change({ added: [folder], removed: [] });
  assert.match(await document.hoverText("Word"), /riscv64gc-unknown-linux-gnu/);
  await change({ added: [], removed: [folder] });
  assert.doesNotMatch(await document.hoverText("Word"), /riscv64/);
});
