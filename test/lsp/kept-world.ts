/**
 * A workspace with everything that an answer may depend on, each of which a switch turns: files of several kinds that change, come and
 * go, variables, settings, the client, another open document, a link.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { VS_CODE } from "./client.ts";

export const LIB = `mod part;
mod late;
pub struct Whole { a: u8, part: part::Part, dep: dep::Dep, words: (usize, u64) }
pub struct Registry(reg::Reg, u8);
pub struct Late(late::Late);
#[cfg(feature = "wide")]
pub type Choice = u64;
#[cfg(not(feature = "wide"))]
pub type Choice = u16;
#[cfg(found)]
pub type Found = u64;
#[cfg(not(found))]
pub type Found = u16;
pub struct Choices { choice: Choice, found: Found, checked: Checked }
#[cfg(debug_assertions)]
pub type Checked = u64;
#[cfg(not(debug_assertions))]
pub type Checked = u16;
pub struct Linked(linked::Linked);
pub enum Message { Ping(u8), Blob([u8; 300]), Text(String) }
`;

const REGISTRY = "home/registry/src/index.crates.io-1949cf8c6b5b557f";
const RUN = "ws/target/debug/build/voyage-0123456789abcdef/output";

const LOCK = (version: string): string => `version = 4
[[package]]
name = "dep"
version = "0.1.0"
[[package]]
name = "linked"
version = "0.1.0"
[[package]]
name = "reg"
version = "${version}"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "voyage"
version = "0.0.0"
dependencies = ["dep", "linked", "reg"]
`;

const MANIFEST = `[package]
name = "voyage"
edition = "2021"
build = "build.rs"
[features]
wide = []
[dependencies]
dep = { path = "../dep" }
linked = { path = "../linked" }
reg = "1"
`;

const library = (name: string, version = "0.1.0"): string => `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n`;

type Files = Readonly<Record<string, string | undefined>>;

const BASE: Files = {
  "ws/Cargo.toml": MANIFEST,
  "ws/Cargo.lock": LOCK("1.0.0"),
  "ws/build.rs": 'fn main() { println!("cargo::rustc-cfg=found"); }\n',
  "ws/src/lib.rs": LIB,
  "ws/src/part.rs": "pub struct Part { b: u16 }\n",
  [RUN]: "\n",
  "dep/Cargo.toml": library("dep"),
  "dep/src/lib.rs": "pub struct Dep(u8);\n",
  "link-a/Cargo.toml": library("linked"),
  "link-a/src/lib.rs": "pub struct Linked(u8);\n",
  "link-b/Cargo.toml": library("linked"),
  "link-b/src/lib.rs": "pub struct Linked(u32);\n",
  [`${REGISTRY}/reg-1.0.0/Cargo.toml`]: library("reg", "1.0.0"),
  [`${REGISTRY}/reg-1.0.0/src/lib.rs`]: "pub struct Reg(u16);\n",
  [`${REGISTRY}/reg-1.0.1/Cargo.toml`]: library("reg", "1.0.1"),
  [`${REGISTRY}/reg-1.0.1/src/lib.rs`]: "pub struct Reg([u8; 5]);\n",
  "rustup/settings.toml": 'default_toolchain = "1.96.0"\n',
};

/** One thing that may be another. */
export interface Switch {
  readonly name: string;
  readonly files?: Files;
  readonly variables?: Readonly<Record<string, string>>;
  readonly settings?: object;
  readonly capabilities?: object;
  /** The language that the editor names. */
  readonly locale?: string;
  /** Another document that is open, by its file, with a text that the disk does not have. */
  readonly open?: readonly [file: string, text: string];
  /** Where the link leads. */
  readonly link?: string;
  /** A type that it changes. */
  readonly type: string;
}

const I686 = "i686-unknown-linux-gnu";

export const SWITCHES: readonly Switch[] = [
  { name: "the language is another", locale: "de", type: "Whole" },
  { name: "a module's file is edited", files: { "ws/src/part.rs": "pub struct Part { b: u64 }\n" }, type: "Whole" },
  { name: "a dependency's file is edited", files: { "dep/src/lib.rs": "pub struct Dep(u64);\n" }, type: "Whole" },
  { name: "a registry's file is edited", files: { [`${REGISTRY}/reg-1.0.0/src/lib.rs`]: "pub struct Reg(u64);\n" }, type: "Registry" },
  { name: "a module's file appears", files: { "ws/src/late.rs": "pub struct Late(u32);\n" }, type: "Late" },
  { name: "a module's file appears at its other place", files: { "ws/src/late/mod.rs": "pub struct Late(u64);\n" }, type: "Late" },
  { name: "a module's file moves", files: { "ws/src/part.rs": undefined, "ws/src/part/mod.rs": "pub struct Part(u32);\n" }, type: "Whole" },
  { name: "a module's file vanishes", files: { "ws/src/part.rs": undefined }, type: "Whole" },
  { name: "the lock file chooses another version", files: { "ws/Cargo.lock": LOCK("1.0.1") }, type: "Registry" },
  { name: "the lock file vanishes", files: { "ws/Cargo.lock": undefined }, type: "Registry" },
  {
    name: "the manifest is edited",
    files: { "ws/Cargo.toml": MANIFEST.replace("[features]", '[features]\ndefault = ["wide"]') },
    type: "Choices",
  },
  { name: "a dependency vanishes", files: { "dep/Cargo.toml": undefined, "dep/src/lib.rs": undefined }, type: "Whole" },
  { name: "the workspace's cargo configuration appears", files: { "ws/.cargo/config.toml": `build.target = "${I686}"\n` }, type: "Whole" },
  { name: "the user's cargo configuration appears", files: { "home/config.toml": `build.target = "${I686}"\n` }, type: "Whole" },
  {
    name: "a configuration above the workspace appears",
    files: { ".cargo/config.toml": 'build.rustflags = ["--cfg=found"]\n' },
    type: "Choices",
  },
  { name: "a toolchain file appears", files: { "ws/rust-toolchain": "1.63.0\n" }, type: "Whole" },
  {
    name: "a toolchain file appears in its other form",
    files: { "ws/rust-toolchain.toml": '[toolchain]\nchannel = "1.85.0"\n' },
    type: "Whole",
  },
  { name: "rustup's default changes", files: { "rustup/settings.toml": 'default_toolchain = "1.85.0"\n' }, type: "Whole" },
  { name: "a build script said more", files: { [RUN]: "cargo::rustc-cfg=found\n" }, type: "Choices" },
  { name: "a link leads elsewhere", link: "link-b", type: "Linked" },
  { name: "a variable chooses a target", variables: { CARGO_BUILD_TARGET: I686 }, type: "Whole" },
  { name: "a variable chooses a toolchain", variables: { RUSTUP_TOOLCHAIN: "1.85.0" }, type: "Whole" },
  { name: "a variable changes flags", variables: { RUSTFLAGS: "--cfg found" }, type: "Choices" },
  { name: "the settings choose a target", settings: { target: I686 }, type: "Whole" },
  { name: "the settings choose a profile", settings: { profile: "release" }, type: "Choices" },
  { name: "the settings choose features", settings: { cargo: { features: ["wide"] } }, type: "Choices" },
  { name: "the settings choose how numbers are written", settings: { numbers: "hexadecimal" }, type: "Whole" },
  { name: "the settings hide the table", settings: { hover: { table: false } }, type: "Whole" },
  { name: "another document is open, with another text", open: ["ws/src/part.rs", "pub struct Part { b: u32 }\n"], type: "Whole" },
  { name: "a document is open that is not saved yet", open: ["ws/src/late.rs", "pub struct Late(u8);\n"], type: "Late" },
  {
    name: "the client takes plain text",
    capabilities: { ...VS_CODE, textDocument: { ...VS_CODE.textDocument, hover: { contentFormat: ["plaintext"] } } },
    type: "Whole",
  },
];

export class World {
  /** Nothing around it can be another meanwhile. */
  readonly folder = mkdtempSync(join(tmpdir(), "stowplan-kept-"));
  readonly cache = join(this.folder, "cache");

  /** Makes the disk and the variables what they are with some switches on. */
  set(on: readonly Switch[]): void {
    const wanted = new Map(Object.entries(Object.assign({}, BASE, ...on.map(({ files }) => files))));
    for (const name of this.#names()) if (typeof wanted.get(name) !== "string") rmSync(join(this.folder, name));
    for (const [name, content] of wanted) if (typeof content === "string") this.#write(name, content);
    const link = join(this.folder, "linked");
    rmSync(link, { force: true });
    symlinkSync(on.find((it) => it.link !== undefined)?.link ?? "link-a", link);
    for (const name of ["CARGO_BUILD_TARGET", "RUSTUP_TOOLCHAIN", "RUSTFLAGS"]) delete process.env[name];
    Object.assign(process.env, { CARGO_HOME: join(this.folder, "home"), RUSTUP_HOME: join(this.folder, "rustup") });
    Object.assign(process.env, ...on.map(({ variables }) => variables ?? {}));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #names(): readonly string[] {
    const entries = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1));
    return files.filter((name) => !name.startsWith("cache/"));
  }

  #write(name: string, content: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
