/**
 * What build scripts told cargo: which of several outputs is taken, and what is unknown without one.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import type { CrateData } from "../../server/src/db/crate-graph.ts";
import type { Files, LoadOptions } from "./project-fixture.ts";
import { crate, load, lock, REGISTRY, registryPackage, WINDOWS } from "./project-fixture.ts";

const SCRIPT = 'fn main() { println!("cargo:rustc-cfg=fast"); }';

const APP: Files = {
  "/ws/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nleaf = "1"\n',
  "/ws/Cargo.lock": lock({ "leaf 1.0.0": [] }, { "app 0.1.0": ["leaf"] }),
  "/ws/src/lib.rs": "",
  ...registryPackage("leaf", "1.0.0", "links = 'leaf'\n[features]\ndefault = []\n"),
  [`${REGISTRY}/leaf-1.0.0/build.rs`]: SCRIPT,
};

function run(at: string, output: string): Files {
  return { [`/ws/target/${at}/output`]: output, [`/ws/target/${at}/root-output`]: `/old/${at}/out` };
}

function leaf(files: Files, options: LoadOptions = {}): CrateData {
  return crate(load({ ...APP, ...files }, options), "leaf");
}

test("an output gives cfgs, variables and OUT_DIR, also where the folder has moved", () => {
  const at = "debug/build/leaf-0011223344556677";
  const output = `cargo:rerun-if-changed=build.rs\ncargo:rustc-cfg=fast\ncargo::rustc-cfg=level="3"\r\ncargo:rustc-env=WHERE=/old/${at}/out/x=y\nplain text\ncargo:warning=rustc-cfg=no\n`;
  const { cfg, env } = leaf(run(at, output));
  assert.ok(cfg.flags.has("fast"));
  assert.deepEqual([...(cfg.values.get("level") ?? [])], ["3"]);
  assert.equal(env.get("OUT_DIR"), `/ws/target/${at}/out`);
  assert.equal(env.get("WHERE"), `/ws/target/${at}/out/x=y`);
  assert.equal(cfg.unknownReason, undefined);
});

test("without an output, what the script could set is unknown", () => {
  const { cfg, env } = leaf({});
  assert.equal(english(cfg.unknownReason ?? ""), "the build script of `leaf` has not been run for this target and profile");
  assert.equal(env.get("OUT_DIR"), undefined);
});

test("a script's text tells what it could set", () => {
  const settable = (text: string): readonly string[] | string => {
    const { unknownReason, unknownOnly } = leaf({ [`${REGISTRY}/leaf-1.0.0/build.rs`]: text }).cfg;
    return unknownReason === undefined ? "nothing" : unknownOnly === undefined ? "anything" : [...unknownOnly].sort();
  };
  assert.equal(settable('fn main() { println!("cargo:rerun-if-changed=build.rs"); }'), "nothing");
  assert.deepEqual(settable(`${SCRIPT} fn x() { println!("cargo::rustc-cfg=level=\\"{}\\"", 3) }`), ["fast", "level"]);
  assert.deepEqual(settable('fn set(c: &str) { println!("cargo:rustc-cfg={}", c) } fn main() { set("one"); set("two=\\"x\\"") }'), [
    "one",
    "two",
  ]);
  assert.equal(settable('fn set(c: &str) { println!("cargo:rustc-cfg={}", format!("has_{}", c)) }'), "anything");
  assert.equal(settable("mod probe; fn main() { probe::run() }"), "anything");
  assert.equal(settable('fn main() { for (k, v) in all() { println!("cargo:{k}={v}"); } }'), "anything");
});

test("with build dependencies a script could set anything", () => {
  const toml = "[package]\nname = 'leaf'\nversion = '1.0.0'\n[build-dependencies]\nprobe = '1'";
  const { unknownReason, unknownOnly } = leaf({ [`${REGISTRY}/leaf-1.0.0/Cargo.toml`]: toml }).cfg;
  assert.notEqual(unknownReason, undefined);
  assert.equal(unknownOnly, undefined);
});

test("the folder is that of the target and the profile", () => {
  const plain = run("debug/build/leaf-0011223344556677", "cargo:rustc-cfg=plain");
  const crossed = run(`${WINDOWS}/debug/build/leaf-0011223344556677`, "cargo:rustc-cfg=crossed");
  const released = run("release/build/leaf-0011223344556677", "cargo:rustc-cfg=released");
  const all = { ...plain, ...crossed, ...released };
  assert.ok(leaf(all).cfg.flags.has("plain"));
  assert.ok(leaf(all, { request: { profile: "release" } }).cfg.flags.has("released"));
  assert.ok(leaf(all, { request: { target: { explicit: WINDOWS, rustAnalyzer: undefined } } }).cfg.flags.has("crossed"));
  assert.notEqual(leaf(plain, { request: { target: { explicit: WINDOWS, rustAnalyzer: undefined } } }).cfg.unknownReason, undefined);
  assert.ok(leaf(run("rust-analyzer/debug/build/leaf-0011223344556677", "cargo:rustc-cfg=analyzed")).cfg.flags.has("analyzed"));
  const elsewhere = { "/out/debug/build/leaf-0011223344556677/output": "cargo:rustc-cfg=elsewhere" };
  assert.ok(leaf(elsewhere, { variables: { CARGO_TARGET_DIR: "/out" } }).cfg.flags.has("elsewhere"));
  assert.ok(leaf({ ...elsewhere, "/ws/.cargo/config.toml": "[build]\nbuild-dir = '/{workspace-root}/../out'" }).cfg.flags.has("elsewhere"));
});

test("several outputs that say the same are one, others are unknown", () => {
  const one = run("debug/build/leaf-0011223344556677", "cargo:rustc-cfg=fast\n");
  const same = run("debug/build/leaf-8899aabbccddeeff", "cargo:rerun-if-changed=x\ncargo:rustc-cfg=fast\n");
  const other = run("debug/build/leaf-8899aabbccddeeff", "");
  assert.ok(leaf({ ...one, ...same }).cfg.flags.has("fast"));
  assert.match(english(leaf({ ...one, ...other }).cfg.unknownReason ?? ""), /several outputs .* disagree/);
});

/** Cargo's notes beside a run: which script it was, compiled with which features. */
function fingerprint(
  ran: string,
  compile: string,
  { script, features }: { readonly script: string; readonly features: readonly string[] },
): Files {
  const at = "/ws/target/debug/.fingerprint";
  const number = BigInt(`0x${compile}`);
  const bytes = compile.match(/../g)?.toReversed().join("") ?? "";
  return {
    [`${at}/leaf-${ran}/run-build-script-build-script-build.json`]: `{"deps":[[1,"build_script_build",false,${number}]]}`,
    [`${at}/leaf-${compile}/build-script-build-script-build`]: bytes,
    [`${at}/leaf-${compile}/build-script-build-script-build.json`]: JSON.stringify({ features: JSON.stringify(features) }),
    [`/ws/target/debug/build/leaf-${compile}/build_script_build-${compile}.d`]: `/ws/target/x.d: ${script}\n\n${script}:\n`,
  };
}

const FIRST = "0011223344556677";
const SECOND = "8899aabbccddeeff";

test("an output of another version is never taken", () => {
  const script = `${REGISTRY}/leaf-1.0.0/build.rs`;
  const older = `${REGISTRY}/leaf-0.9.0/build.rs`;
  const runs = {
    ...run(`debug/build/leaf-${FIRST}`, "cargo:rustc-cfg=ours"),
    ...run(`debug/build/leaf-${SECOND}`, "cargo:rustc-cfg=theirs"),
  };
  const notes = {
    ...fingerprint(FIRST, "1111111111111111", { script, features: ["default"] }),
    ...fingerprint(SECOND, "2222222222222222", { script: older, features: ["default"] }),
  };
  const { flags } = leaf({ ...runs, ...notes }).cfg;
  assert.deepEqual([flags.has("ours"), flags.has("theirs")], [true, false]);
});

test("an output for other features is taken only by a script that looks at none", () => {
  const script = `${REGISTRY}/leaf-1.0.0/build.rs`;
  const files = {
    ...run(`debug/build/leaf-${FIRST}`, "cargo:rustc-cfg=ours"),
    ...fingerprint(FIRST, "1111111111111111", { script, features: ["x"] }),
  };
  assert.ok(leaf(files).cfg.flags.has("ours"));
  const looking = { [script]: `${SCRIPT}\n// CARGO_FEATURE_X` };
  assert.match(english(leaf({ ...files, ...looking }).cfg.unknownReason ?? ""), /has not been run/);
});

test("[target.TRIPLE.LINKS] of the configuration stands for the run", () => {
  const config = '[target.x86_64-unknown-linux-gnu.leaf]\nrustc-cfg = ["given", "level=\\"2\\""]\nrustc-env = { KEY = "v" }\n';
  const { cfg, env } = leaf({ "/ws/.cargo/config.toml": config });
  assert.ok(cfg.flags.has("given"));
  assert.deepEqual([...(cfg.values.get("level") ?? [])], ["2"]);
  assert.equal(env.get("KEY"), "v");
  assert.equal(cfg.unknownReason, undefined);
});
