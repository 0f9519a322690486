/**
 * The compiler in use, from files only: rustup's order, and what is left without rustup.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import type { Toolchain } from "../../server/src/project/toolchain.ts";
import { findToolchain } from "../../server/src/project/toolchain.ts";
import { inEnglish } from "../support/in-english.ts";
import { memoryFs } from "../support/memory-fs.ts";
import type { Files } from "./project-fixture.ts";
import { environment, LINUX } from "./project-fixture.ts";

const TOOLCHAINS = "/home/.rustup/toolchains";

function installed(name: string, library: string): Files {
  return { [`${TOOLCHAINS}/${name}-${LINUX}/lib/${library}`]: "" };
}

const RUSTUP: Files = {
  "/home/.rustup/settings.toml": `version = "12"\ndefault_toolchain = "stable-${LINUX}"\n[overrides]\n"/ws/deep" = "nightly-${LINUX}"\n`,
  ...installed("stable", "libLLVM-22-rust-1.95.0-stable.so"),
  ...installed("nightly", "libLLVM-22-rust-1.97.0-nightly.so"),
  ...installed("1.85", "libLLVM-19-rust-1.85.1-stable.so"),
};

interface Find {
  readonly dir?: string;
  readonly setting?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

function find(files: Files, { dir = "/ws", setting, variables = {} }: Find = {}): Toolchain {
  return findToolchain({ dir, setting, targetDir: "/ws/target" }, memoryFs(files), environment(variables));
}

test("rustup's default is the last of rustup's answers", () => {
  const { version, host, origin, rustSource, dir } = find(RUSTUP);
  assert.deepEqual(inEnglish({ version, host, origin, rustSource, dir }), {
    version: "1.95.0",
    host: LINUX,
    origin: "rustup's default",
    rustSource: undefined,
    dir: `${TOOLCHAINS}/stable-${LINUX}`,
  });
});

test("RUSTUP_TOOLCHAIN and the setting come before all files", () => {
  const files = { ...RUSTUP, "/ws/rust-toolchain": "1.85" };
  assert.equal(find(files, { variables: { RUSTUP_TOOLCHAIN: "nightly" } }).version, "1.97.0-nightly");
  assert.equal(find(files, { setting: "stable", variables: { RUSTUP_TOOLCHAIN: "nightly" } }).version, "1.95.0");
  assert.equal(find(files, { variables: { RUSTUP_TOOLCHAIN: "" } }).version, "1.85.1");
});

test("the nearest folder decides, an override before a file", () => {
  const files = { ...RUSTUP, "/ws/rust-toolchain.toml": '[toolchain]\nchannel = "1.85"\n', "/ws/deep/rust-toolchain": "stable" };
  assert.equal(english(find(files).origin), "/ws/rust-toolchain.toml");
  assert.equal(english(find(files, { dir: "/ws/deep/er" }).origin), "rustup override of /ws/deep");
  assert.equal(find(files, { dir: "/ws/deep/er" }).version, "1.97.0-nightly");
});

test("a toolchain file may name a folder", () => {
  const files = { ...RUSTUP, "/ws/rust-toolchain.toml": '[toolchain]\npath = "own"\n', "/ws/own/lib/libLLVM-20-rust-1.90.0-stable.so": "" };
  assert.equal(find(files).version, "1.90.0");
});

test("a version that is not installed is still the version; a channel that is not is passed over and noted", () => {
  assert.equal(find({ ...RUSTUP, "/ws/rust-toolchain": "1.70\n" }).version, "1.70.0");
  assert.equal(find({ ...RUSTUP, "/ws/rust-toolchain": "1.70.3" }).version, "1.70.3");
  const { version, notes } = find({ ...RUSTUP, "/ws/rust-toolchain": "nightly-2020-01-01" });
  assert.equal(version, "1.95.0");
  assert.deepEqual(notes.map(english), ["toolchain `nightly-2020-01-01` (/ws/rust-toolchain) is not installed"]);
});

test("the channel manifest tells the version where the LLVM library does not", () => {
  const files = {
    "/home/.rustup/settings.toml": 'default_toolchain = "nightly"\n',
    [`${TOOLCHAINS}/nightly-aarch64-apple-darwin/lib/libLLVM.dylib`]: "",
    [`${TOOLCHAINS}/nightly-aarch64-apple-darwin/lib/rustlib/multirust-channel-manifest.toml`]:
      '[pkg.cargo]\nversion = "0.98.0-nightly (x)"\n[pkg.rustc]\nversion = "1.97.0-nightly (abc 2026-05-19)"\n',
    [`${TOOLCHAINS}/nightly-aarch64-apple-darwin/lib/rustlib/src/rust/library/core/src/lib.rs`]: "",
  };
  const settings = {
    ...files,
    "/home/.rustup/settings.toml": 'default_toolchain = "nightly"\ndefault_host_triple = "aarch64-apple-darwin"\n',
  };
  const { version, host, rustSource } = find(settings);
  assert.equal(version, "1.97.0-nightly");
  assert.equal(host, "aarch64-apple-darwin");
  assert.equal(rustSource, `${TOOLCHAINS}/nightly-aarch64-apple-darwin/lib/rustlib/src/rust/library`);
});

const INFO = JSON.stringify({
  rustc_fingerprint: 1,
  outputs: {
    "1": { success: true, stdout: "___\n" },
    "2": { success: true, stdout: "rustc 1.88.0 (x)\nhost: aarch64-unknown-linux-gnu\nrelease: 1.88.0\nLLVM version: 20\n" },
  },
});

test("without rustup, what cargo noted in the target folder answers", () => {
  const { version, host, origin } = find({ "/ws/target/.rustc_info.json": INFO });
  assert.deepEqual(inEnglish({ version, host, origin }), {
    version: "1.88.0",
    host: "aarch64-unknown-linux-gnu",
    origin: "/ws/target/.rustc_info.json",
  });
  assert.equal(find({ ...RUSTUP, "/ws/target/.rustc_info.json": INFO }).version, "1.95.0");
  assert.equal(find({ "/ws/target/.rustc_info.json": "{" }).version, undefined);
});

test("a system's compiler is found by its folders", () => {
  const debian = { "/usr/lib/rustlib/src/rust/library/core/src/lib.rs": "", "/usr/src/rustc-1.85.0/library/core/src/lib.rs": "" };
  const { version, rustSource } = find(debian);
  assert.equal(version, "1.85.0");
  assert.equal(rustSource, "/usr/lib/rustlib/src/rust/library");
  assert.equal(
    find({ "/opt/homebrew/Cellar/rust/1.94.0/bin/rustc": "" }, { variables: { PATH: "/bin:/opt/homebrew/Cellar/rust/1.94.0/bin" } })
      .version,
    "1.94.0",
  );
  assert.equal(find({ "/usr/local/lib/libLLVM-20-rust-1.90.0-beta.so": "" }).version, "1.90.0-beta");
});

test("nothing found is an answer", () => {
  const { version, host, origin, notes } = find({});
  assert.deepEqual(inEnglish({ version, host, origin, notes }), {
    version: undefined,
    host: LINUX,
    origin: "no toolchain found",
    notes: [],
  });
  assert.equal(find({ "/home/.rustup/settings.toml": "default_toolchain = [\n" }).version, undefined);
});
