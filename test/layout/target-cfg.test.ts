/**
 * Cfgs of targets under compiler versions. What is expected is what `rustc --print cfg --target T` of that version prints.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import { evaluateCfg, parseCfgExpr } from "../../server/src/db/cfg-expr.ts";
import { targetCfg } from "../../server/src/layout/target-cfg.ts";
import { buildCfg, parseTargetCfg } from "../../server/src/project/cfg-builder.ts";
import { parseFlags } from "../../server/src/project/rustflags.ts";

/** `true`, `false` or the reason why it is not known. */
function ask(triple: string, version: string | undefined, predicate: string, isBootstrap = false): string {
  const cfg = targetCfg(triple, { version, isBootstrap });
  assert.ok(cfg !== undefined, triple);
  const answer = evaluateCfg(parseCfgExpr(predicate), parseTargetCfg(cfg));
  return answer.truth === "unknown" ? english(answer.reason) : answer.truth;
}

function askAll(triple: string, versions: readonly string[], predicate: string): string {
  return versions.map((version) => ask(triple, version, predicate)).join(" ");
}

test("features of WebAssembly came with releases", () => {
  const versions = ["1.63.0", "1.69.0", "1.70.0", "1.81.0", "1.82.0", "1.85.1", "1.86.0", "1.87.0", "1.95.0"];
  const asked = (feature: string): string => askAll("wasm32-unknown-unknown", versions, `target_feature = "${feature}"`);
  assert.equal(asked("sign-ext"), "false false true true true true true true true");
  assert.equal(asked("reference-types"), "false false false false true true true true true");
  assert.equal(asked("bulk-memory"), "false false false false false false false true true");
});

test("Apple's simulators and Catalyst have an environment since 1.91", () => {
  const versions = ["1.63.0", "1.85.0", "1.90.0", "1.91.0", "1.96.0"];
  assert.equal(askAll("aarch64-apple-ios-sim", versions, 'target_env = "sim"'), "false false false true true");
  assert.equal(askAll("aarch64-apple-ios-macabi", versions, 'target_env = ""'), "true true true false false");
});

test("the alignment of atomics has another name on 1.97", () => {
  const linux = (version: string, name: string): string => ask("x86_64-unknown-linux-gnu", version, `${name} = "64"`);
  assert.equal(linux("1.96.0", "target_has_atomic_equal_alignment"), "true");
  assert.equal(linux("1.97.0-nightly", "target_has_atomic_equal_alignment"), "false");
  assert.equal(linux("1.97.0-nightly", "target_has_atomic_primitive_alignment"), "true");
  assert.equal(ask("x86_64-unknown-linux-gnu", "1.97.0-nightly", 'target_object_format = "elf"'), "true");
});

test("atomics, architectures and environments are those of the version", () => {
  assert.equal(ask("armv7r-none-eabi", "1.63.0", 'target_has_atomic = "64"'), "false");
  assert.equal(ask("armv7r-none-eabi", "1.85.0", 'target_has_atomic = "64"'), "true");
  assert.equal(ask("thumbv6m-nuttx-eabi", "1.85.0", 'target_has_atomic = "ptr"'), "false");
  assert.equal(ask("thumbv6m-nuttx-eabi", "1.95.0", 'target_has_atomic = "ptr"'), "true");
  assert.equal(ask("mipsisa32r6-unknown-linux-gnu", "1.63.0", 'target_arch = "mips"'), "true");
  assert.equal(ask("i686-unknown-hurd-gnu", "1.85.0", 'target_feature = "sse2"'), "false");
  assert.equal(ask("i686-unknown-hurd-gnu", "1.95.0", 'target_feature = "sse2"'), "true");
});

test("unstable features are shown by nightly, or with RUSTC_BOOTSTRAP", () => {
  const linux = "x86_64-unknown-linux-gnu";
  assert.equal(ask(linux, "1.95.0", 'target_feature = "x87"'), "false");
  assert.equal(ask(linux, "1.95.0", 'target_feature = "x87"', true), "true");
  assert.equal(ask(linux, "1.97.0-beta.1", 'target_feature = "x87"'), "false");
  assert.equal(ask(linux, "1.97.0-nightly", 'target_feature = "x87"'), "true");
  assert.equal(ask("thumbv7em-none-eabihf", "1.96.0", 'target_feature = "mclass"'), "false");
  assert.equal(ask("riscv32imac-unknown-none-elf", "1.63.0", 'target_feature = "c"'), "false");
  assert.equal(ask("riscv32imac-unknown-none-elf", "1.85.0", 'target_feature = "c"'), "true");
});

test("between two known versions only what they disagree on is not known", () => {
  const reason = '`target_feature = "sse4.1"`: the compilers before and after this version do not agree on it';
  assert.equal(ask("x86_64-apple-darwin", "1.70.0", 'target_feature = "sse4.1"'), reason);
  assert.equal(ask("aarch64-linux-android", "1.70.0", 'target_feature = "pmuv3"'), reason.replace("sse4.1", "pmuv3"));
  assert.equal(ask("x86_64-apple-darwin", "1.70.0", 'target_feature = "sse2"'), "true");
  assert.equal(ask("x86_64-apple-darwin", "1.70.0", 'target_feature = "avx2"'), "false");
  assert.equal(ask("x86_64-apple-darwin", "1.90.0", 'target_feature = "sse4.1"'), "true");
});

test("a flag settles what is not known of the target", () => {
  const cfg = targetCfg("x86_64-apple-darwin", { version: "1.70.0", isBootstrap: false });
  assert.ok(cfg !== undefined);
  const options = buildCfg({
    target: parseTargetCfg(cfg),
    flags: parseFlags(["-Ctarget-feature=-sse4.1"]),
    profile: { debugAssertions: true, overflowChecks: true, panic: "unwind" },
    isTest: false,
    isProcMacro: false,
    features: [],
    extra: [],
    rustVersion: "1.70.0",
    unknownReason: undefined,
    unknownOnly: undefined,
    unknownNames: new Map(),
  });
  assert.equal(options.unknownAtoms?.has('target_feature="cmpxchg16b"'), true);
  assert.equal(options.unknownAtoms?.has('target_feature="sse4.1"'), false);
});

test("a target that 1.95 has no more, or not yet, is known to the versions that have it", () => {
  assert.equal(ask("wasm32-wasi", "1.63.0", 'target_os = "wasi"'), "true");
  assert.equal(ask("x86_64-unknown-linux-gnutsan", "1.96.0", 'target_has_atomic_equal_alignment = "8"'), "true");
  assert.equal(targetCfg("vax-dec-ultrix", { version: "1.95.0", isBootstrap: false }), undefined);
});

test("without a compiler the newest answers, older and newer ones like the nearest", () => {
  assert.equal(ask("wasm32-unknown-unknown", undefined, 'target_feature = "bulk-memory"'), "true");
  assert.equal(ask("wasm32-unknown-unknown", "1.60.0", 'target_feature = "bulk-memory"'), "false");
  assert.equal(ask("wasm32-unknown-unknown", "1.99.0", 'target_feature = "bulk-memory"'), "true");
});
