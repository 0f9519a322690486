/**
 * A crate on the disk under the built server: everything that is read there is followed when it changes, by what a client that
 * watches files tells, and by looking where none tells.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Session } from "./client.ts";
import { at, endSession, list, soon, startSession, VS_CODE } from "./client.ts";
import { TestDocument } from "./document.ts";
import { processWire } from "./wire.ts";

const LIB = `mod part;
pub struct Whole { a: u8, part: part::Part }
#[cfg(feature = "wide")]
pub struct Wide(u64);
#[cfg(found_wide)]
pub struct Found(u64);
pub struct Words(usize, usize);
pub struct Other(dep::Dep);
pub enum Message { Ping(u64), Blob([u8; 100]) }
`;

const MANIFEST = `[package]
name = "voyage"
edition = "2021"
build = "build.rs"
[features]
wide = []
[dependencies]
dep = "1"
`;

const LOCK = (version: string): string => `version = 4
[[package]]
name = "dep"
version = "${version}"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "voyage"
version = "0.0.0"
dependencies = ["dep"]
`;

const RUN = "target/debug/build/voyage-0123456789abcdef";

const NEXT_RUN = "target/debug/build/voyage-fedcba9876543210/output";

const FILES: Readonly<Record<string, string>> = {
  "Cargo.toml": MANIFEST,
  "Cargo.lock": LOCK("1.0.0"),
  "build.rs": 'fn main() { println!("cargo::rustc-cfg=found_wide"); }\n',
  "src/lib.rs": LIB,
  "src/part.rs": "pub struct Part { b: u16 }\n",
  "vendor/dep/Cargo.toml": '[package]\nname = "dep"\nversion = "1.0.0"\n',
  "vendor/dep/src/lib.rs": "pub struct Dep(u8);\n",
  "vendor/dep-1.0.1/Cargo.toml": '[package]\nname = "dep"\nversion = "1.0.1"\n',
  "vendor/dep-1.0.1/src/lib.rs": "pub struct Dep([u8; 5]);\n",
  [`${RUN}/output`]: "\n",
};

class Crate {
  readonly folder = mkdtempSync(join(tmpdir(), "stowplan-lsp-"));

  constructor() {
    for (const [name, content] of Object.entries(FILES)) this.write(name, content);
  }

  uriOf(name: string): string {
    return pathToFileURL(join(this.folder, name)).href;
  }

  write(name: string, content: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), content);
  }
}

/** What a client does so that a change on the disk counts. */
interface Way {
  readonly session: Session;
  readonly crate: Crate;
  readonly library: TestDocument;
  /** Something was done to these paths: the test goes on when the answer is as wanted. */
  seen(names: readonly string[], isSo: () => Promise<boolean>): Promise<void>;
}

/** The hover's text as it was last shown, for the message of a failure. */
let lastShown = "";

async function hoverIs(document: TestDocument, word: string, wanted: RegExp | undefined): Promise<boolean> {
  const shown = String(at(await document.hover(word, "struct "), "contents", "value") ?? "");
  lastShown = shown;
  return wanted === undefined ? !/^\*\*Layout\*\*/.test(shown) : wanted.test(shown);
}

/** Every kind of change, each undone again or leaving nothing that the next one reads. */
function changes(way: () => Way): void {
  /** The size that `word` has after the paths were written. */
  const expectSize = (names: readonly string[], word: string, size: number | undefined): Promise<void> => {
    const wanted = size === undefined ? undefined : new RegExp(`^\\*\\*Layout\\*\\* ${size} B`);
    return way().seen(names, () => hoverIs(way().library, word, wanted));
  };
  const write = (name: string, content: string): void => way().crate.write(name, content);
  const remove = (name: string): void => rmSync(join(way().crate.folder, name), { recursive: true });

  test("a file that is not open, and its removal", async () => {
    await expectSize([], "Whole", 4);
    write("src/part.rs", "pub struct Part { b: u64 }\n");
    await expectSize(["src/part.rs"], "Whole", 16);
    remove("src/part.rs");
    await expectSize(["src/part.rs"], "Whole", undefined);
    write("src/part.rs", "pub struct Part { b: u16 }\n");
    await expectSize(["src/part.rs"], "Whole", 4);
  });

  test("a file of the same length, written at once again", async () => {
    for (const [type, size] of [
      ["u32", 8],
      ["u64", 16],
      ["u16", 4],
    ] as const) {
      write("src/part.rs", `pub struct Part { b: ${type} }\n`);
      await expectSize(["src/part.rs"], "Whole", size);
    }
  });

  test("a module that moves to a folder, and the folder's removal", async () => {
    mkdirSync(join(way().crate.folder, "src/part"));
    renameSync(join(way().crate.folder, "src/part.rs"), join(way().crate.folder, "src/part/mod.rs"));
    write("src/part/mod.rs", "mod inner; pub use inner::Part;\n");
    write("src/part/inner.rs", "pub struct Part { b: u32 }\n");
    await expectSize(["src/part.rs", "src/part/mod.rs", "src/part/inner.rs"], "Whole", 8);
    remove("src/part");
    // A client that watches `**/*.rs` is told of the folder at most.
    await expectSize(["src/part"], "Whole", undefined);
    write("src/part.rs", "pub struct Part { b: u16 }\n");
    await expectSize(["src/part.rs"], "Whole", 4);
  });

  test("the manifest", async () => {
    await expectSize([], "Wide", undefined);
    write("Cargo.toml", MANIFEST.replace("wide", 'default = ["wide"]\nwide'));
    await expectSize(["Cargo.toml"], "Wide", 8);
    write("Cargo.toml", MANIFEST.replace('dep = "1"', ""));
    await expectSize(["Cargo.toml"], "Other", undefined);
    write("Cargo.toml", "not a manifest [[");
    await expectSize(["Cargo.toml"], "Words", 16);
    write("Cargo.toml", MANIFEST);
    await expectSize(["Cargo.toml"], "Other", 1);
    await expectSize([], "Wide", undefined);
  });

  test("the lock file", async () => {
    await expectSize([], "Other", 1);
    write("Cargo.lock", LOCK("1.0.1"));
    await expectSize(["Cargo.lock"], "Other", 5);
    write("Cargo.lock", LOCK("1.0.0"));
    await expectSize(["Cargo.lock"], "Other", 1);
  });

  test("cargo's configuration, which comes and goes", async () => {
    await expectSize([], "Words", 16);
    write(".cargo/config.toml", '[build]\ntarget = "i686-unknown-linux-gnu"\n');
    await expectSize([".cargo/config.toml"], "Words", 8);
    remove(".cargo");
    await expectSize([".cargo"], "Words", 16);
  });

  test("rust-toolchain.toml", async () => {
    write("rust-toolchain.toml", '[toolchain]\nchannel = "1.85.0"\n');
    await way().seen(["rust-toolchain.toml"], () => hoverIs(way().library, "Words", /rustc 1\.85/));
    remove("rust-toolchain.toml");
    await way().seen(["rust-toolchain.toml"], async () => !(await hoverIs(way().library, "Words", /rustc 1\.85/)));
  });

  test("a build script's output, also of a new run", async () => {
    await expectSize([], "Found", undefined);
    write(`${RUN}/output`, "cargo::rustc-cfg=found_wide\n");
    await expectSize([`${RUN}/output`], "Found", 8);
    // Of two runs the newer counts.
    write(NEXT_RUN, "\n");
    utimesSync(join(way().crate.folder, NEXT_RUN), new Date(), new Date(Date.now() + 10_000));
    await expectSize([NEXT_RUN], "Found", undefined);
    remove(dirname(NEXT_RUN));
    await expectSize([NEXT_RUN], "Found", 8);
    write(`${RUN}/output`, "\n");
    await expectSize([`${RUN}/output`], "Found", undefined);
  });

  test("clippy's threshold", async () => {
    const codes = async (): Promise<string> => (await way().library.hints()).join("\n");
    assert.ok(!(await codes()).includes("100 B"));
    write("clippy.toml", "enum-variant-size-threshold = 50\n");
    await way().seen(["clippy.toml"], async () => (await codes()).includes(": 100 B"));
    remove("clippy.toml");
    await way().seen(["clippy.toml"], async () => !(await codes()).includes(": 100 B"));
  });

  test("a document in the editor counts, not the disk, until it is closed", async () => {
    const { session, crate, library } = way();
    const part = new TestDocument(session.client, crate.uriOf("src/part.rs"), "pub struct Part { b: [u64; 3] }\n");
    assert.ok(await hoverIs(library, "Whole", /^\*\*Layout\*\* 32 B/));
    write("src/part.rs", "pub struct Part { b: u64 }\n");
    assert.ok(await hoverIs(library, "Whole", /^\*\*Layout\*\* 32 B/));
    part.edit("3", "5");
    assert.ok(await hoverIs(library, "Whole", /^\*\*Layout\*\* 48 B/));
    part.close();
    assert.ok(await hoverIs(library, "Whole", /^\*\*Layout\*\* 16 B/));
    write("src/part.rs", "pub struct Part { b: u16 }\n");
    await expectSize(["src/part.rs"], "Whole", 4);
  });
}

async function start(capabilities: object): Promise<Omit<Way, "seen">> {
  const crate = new Crate();
  const session = await startSession(processWire(), { capabilities });
  return { session, crate, library: new TestDocument(session.client, crate.uriOf("src/lib.rs"), LIB) };
}

async function end({ session, crate }: Way): Promise<void> {
  await endSession(session);
  rmSync(crate.folder, { recursive: true, force: true });
}

describe("a client that watches files tells what has changed:", () => {
  let way: Way;
  let registered = "";
  before(async () => {
    const started = await start(VS_CODE);
    const { client } = started.session;
    for (let i = 0; i < 2; i++) registered += JSON.stringify(await client.told("client/registerCapability"));
    await client.told("workspace/inlayHint/refresh");
    const seen = async (names: readonly string[], isSo: () => Promise<boolean>): Promise<void> => {
      if (names.length > 0) {
        const refreshed = client.told("workspace/inlayHint/refresh");
        client.notify("workspace/didChangeWatchedFiles", { changes: names.map((name) => ({ uri: started.crate.uriOf(name), type: 2 })) });
        await refreshed;
      }
      assert.ok(await isSo());
    };
    way = { ...started, seen };
  });
  after(() => end(way));
  changes(() => way);

  test("what it watches is registered, and holds every kind of file", () => {
    for (const part of ["*.rs", "Cargo.{toml,lock}", ".cargo/config", "rust-toolchain", "clippy.toml", "output"])
      assert.ok(registered.includes(part), part);
  });
});

for (const [name, capabilities] of [
  ["no client tells:", { textDocument: { hover: { contentFormat: ["markdown"] } } }],
  ["a client that watches files does not tell:", VS_CODE],
] as const) {
  describe(name, () => {
    let way: Way;
    before(async () => {
      way = { ...(await start(capabilities)), seen: (_, isSo) => soon(isSo, () => lastShown) };
    });
    after(() => end(way));
    changes(() => way);
  });
}

test("diagnostics of open documents are published anew when another question finds the disk changed", async () => {
  const { session, crate, library } = await start({});
  const { client } = session;
  assert.deepEqual(at(await client.told("textDocument/publishDiagnostics"), "diagnostics"), []);
  crate.write("clippy.toml", "enum-variant-size-threshold = 50\n");
  const published = client.told("textDocument/publishDiagnostics");
  let hints: readonly string[] = [];
  await soon(
    async () => {
      hints = await library.hints();
      return hints.some((hint) => hint.endsWith(": 100 B"));
    },
    () => hints.join(),
  );
  assert.equal(list(at(await published, "diagnostics")).length, 1);
  await endSession(session);
  rmSync(crate.folder, { recursive: true, force: true });
});
