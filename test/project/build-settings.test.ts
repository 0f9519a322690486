/**
 * What a build is made with: cargo's configuration, the target, flags, profiles, and the cfg set that comes of them.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/base/words.ts";
import type { CfgOptions } from "../../server/src/db/cfg.ts";
import { loadCargoConfig } from "../../server/src/project/cargo-config.ts";
import { parseFlags } from "../../server/src/project/rustflags.ts";
import { readTargetSpec } from "../../server/src/project/target-spec.ts";
import { inEnglish } from "../support/in-english.ts";
import { memoryFs } from "../support/memory-fs.ts";
import type { Files, LoadOptions } from "./project-fixture.ts";
import { crate, environment, LINUX, load, loadError, lock, registryPackage, WINDOWS } from "./project-fixture.ts";

const APP: Files = {
  "/ws/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nleaf = "1"\nmac = "1"\n',
  "/ws/Cargo.lock": lock({ "leaf 1.0.0": [], "mac 1.0.0": [] }, { "app 0.1.0": ["leaf", "mac"] }),
  "/ws/src/lib.rs": "",
  ...registryPackage("leaf", "1.0.0"),
  ...registryPackage("mac", "1.0.0", "[lib]\nproc-macro = true"),
};

function config(toml: string): Files {
  return { "/ws/.cargo/config.toml": toml };
}

/** Without the two unstable names that go with debug assertions. */
function text({ flags, values }: CfgOptions): string {
  const pairs = [...values].flatMap(([name, set]) => [...set].map((value) => `${name}="${value}"`));
  return [...flags, ...pairs]
    .filter((atom) => atom !== "overflow_checks" && atom !== "ub_checks")
    .sort()
    .join(" ");
}

function cfg(name: string, files: Files = {}, options: LoadOptions = {}): CfgOptions {
  return crate(load({ ...APP, ...files }, options), name).cfg;
}

const PLAIN = 'panic="unwind" target_arch="x86_64" target_family="unix" target_os="linux" unix';

test("the cfg set is the target's, with the profile's debug assertions", () => {
  assert.equal(text(cfg("app")), `debug_assertions ${PLAIN}`);
  assert.equal(text(cfg("app", {}, { request: { profile: "release" } })), PLAIN);
  assert.equal(text(cfg("mac")), `debug_assertions panic="unwind" proc_macro ${PLAIN.slice('panic="unwind" '.length)}`);
});

test("`test` is set for tests only, and never `miri`", () => {
  const files = { ...APP, "/ws/tests/it.rs": "", "/ws/examples/ex.rs": "" };
  const project = load(files, { request: { targets: "all" } });
  const tested = project.graph.crates.filter(({ cfg: { flags } }) => flags.has("test"));
  assert.deepEqual(
    tested.map(({ name, kind }) => `${name} ${kind}`),
    ["app test", "ex test", "it test"],
  );
  assert.ok(project.graph.crates.every(({ cfg: { flags } }) => !flags.has("miri")));
});

test("the target is chosen by the strongest who names one", () => {
  const target = (files: Files, options: LoadOptions = {}) => {
    const { triple, origin, offered, isCrossBuild } = load({ ...APP, ...files }, options).target;
    return { triple, origin: english(origin), offered, isCrossBuild };
  };
  const asked = { request: { target: { explicit: LINUX, rustAnalyzer: WINDOWS } } };
  const both = config(`[build]\ntarget = ["${WINDOWS}", "${LINUX}"]`);
  const origin = "build.target in /ws/.cargo/config.toml";
  assert.deepEqual(target({}), { triple: LINUX, origin: "the compiler's host", offered: [LINUX], isCrossBuild: false });
  assert.deepEqual(target(both), { triple: WINDOWS, origin, offered: [WINDOWS, LINUX], isCrossBuild: true });
  assert.equal(target(both, { variables: { CARGO_BUILD_TARGET: LINUX } }).origin, "CARGO_BUILD_TARGET");
  assert.deepEqual(target(both, asked), { triple: LINUX, origin: "the target asked for", offered: [LINUX], isCrossBuild: false });
  const hinted = { request: { target: { explicit: undefined, rustAnalyzer: WINDOWS } } };
  assert.equal(target({}, hinted).origin, "rust-analyzer.cargo.target");
  assert.equal(target(config('[build]\ntarget = "host-tuple"')).triple, LINUX);
});

test("`targets` of rust-toolchain.toml choose nothing", () => {
  const files = { ...APP, "/ws/rust-toolchain.toml": `[toolchain]\nchannel = "1.80"\ntargets = ["${WINDOWS}"]` };
  assert.equal(load(files).target.triple, LINUX);
});

test("a target that nobody knows is an error", () => {
  const error = loadError(APP, { request: { target: { explicit: "z80-unknown-none", rustAnalyzer: undefined } } });
  assert.deepEqual(inEnglish(error), { kind: "unknownTarget", message: "the target `z80-unknown-none` is not known" });
});

test("a JSON specification is a target of its own", () => {
  const spec = {
    arch: "arm",
    "data-layout": "e-p:32:32",
    "llvm-target": "thumbv7m-none-eabi",
    "target-pointer-width": 32,
    os: "none",
    "panic-strategy": "abort",
    "max-atomic-width": 32,
    "target-family": ["unix"],
  };
  const files = { ...APP, ...config('[build]\ntarget = "boards/my.json"'), "/ws/boards/my.json": JSON.stringify(spec) };
  const project = load(files);
  assert.equal(project.target.triple, "my");
  assert.equal(project.target.spec, "/ws/boards/my.json");
  const { values, flags } = crate(project, "app").cfg;
  assert.deepEqual([...(values.get("target_has_atomic") ?? [])], ["8", "16", "32", "ptr"]);
  assert.ok(flags.has("unix"));
  for (const none of ["{", JSON.stringify({ ...spec, "data-layout": undefined }), JSON.stringify({ ...spec, "llvm-target": undefined })])
    assert.equal(loadError({ ...files, "/ws/boards/my.json": none }).kind, "unknownTarget");
});

test("configuration files are merged upwards, the nearer one first", () => {
  const files = {
    "/ws/.cargo/config.toml": '[build]\nrustflags = ["--cfg", "near"]\ntarget-dir = "out"\n[alias]\nb = "build"',
    "/.cargo/config": `[build]\nrustflags = ["--cfg", "far"]\ntarget = "${WINDOWS}"\ntarget-dir = "elsewhere"`,
    "/.cargo/config.toml": '[build]\nrustflags = ["--cfg", "shadowed"]',
    "/home/.cargo/config.toml": '[build]\nrustflags = ["--cfg", "home"]',
  };
  const loaded = loadCargoConfig("/ws", memoryFs(files), environment());
  assert.deepEqual(loaded.table["build"], {
    rustflags: ["--cfg", "home", "--cfg", "far", "--cfg", "near"],
    target: WINDOWS,
    "target-dir": "out",
  });
  assert.equal(loaded.baseOf("build.target-dir"), "/ws");
  assert.equal(loaded.baseOf("build.target"), "/");
  assert.deepEqual(loaded.files, ["/ws/.cargo/config.toml", "/.cargo/config", "/home/.cargo/config.toml"]);
  assert.equal(load({ ...APP, "/ws/.cargo/config.toml": files["/ws/.cargo/config.toml"] }).targetDir, "/ws/out");
});

test("included configuration is weaker than the file that includes it, and circles end", () => {
  const files = {
    "/ws/.cargo/config.toml": 'include = ["more.toml", { path = "gone.toml", optional = true }]\n[env]\nA = "1"',
    "/ws/.cargo/more.toml": 'include = "config.toml"\n[env]\nA = "2"\nB = "3"',
  };
  const { table } = loadCargoConfig("/ws", memoryFs(files), environment());
  assert.deepEqual(table["env"], { A: "1", B: "3" });
});

test("configuration that cannot be read is a note", () => {
  const notes = load({ ...APP, "/ws/.cargo/config.toml": "[build\n", "/.cargo/config.toml": { unreadable: "it is not UTF-8" } }).notes.map(
    english,
  );
  assert.ok(notes.some((note) => note.startsWith("/ws/.cargo/config.toml is not valid: line 1")));
  assert.ok(notes.includes("/.cargo/config.toml cannot be read: it is not UTF-8"));
});

test("rustflags are taken from the first place that has any", () => {
  const files = config(
    `[build]\nrustflags = ["--cfg", "build"]\n[target.${LINUX}]\nrustflags = "--cfg triple"\n[target.'cfg(unix)']\nrustflags = ["--cfg=family=\\"x\\""]\n[target.'cfg(windows)']\nrustflags = ["--cfg", "other"]\n`,
  );
  assert.equal(text(cfg("app", files)), `debug_assertions family="x" ${PLAIN.replace(" unix", " triple unix")}`);
  const flagged = cfg("app", files, { variables: { RUSTFLAGS: "--cfg one -C debug-assertions=no" } });
  assert.equal(text(flagged), `one ${PLAIN}`);
  const encoded = cfg("leaf", files, { variables: { RUSTFLAGS: "--cfg one", CARGO_ENCODED_RUSTFLAGS: '--cfg\u001fx="a b"' } });
  assert.deepEqual([...(encoded.values.get("x") ?? [])], ["a b"]);
  assert.equal(text(cfg("app", config('[build]\nrustflags = ["--cfg", "build"]'))), `build debug_assertions ${PLAIN}`);
});

test("with --target, flags do not reach procedural macros", () => {
  const flags = { RUSTFLAGS: "--cfg one" };
  assert.ok(cfg("mac", {}, { variables: flags }).flags.has("one"));
  const crossed = { ...flags, CARGO_BUILD_TARGET: LINUX };
  assert.ok(!cfg("mac", {}, { variables: crossed }).flags.has("one"));
  assert.ok(cfg("leaf", {}, { variables: crossed }).flags.has("one"));
});

test("flags are read in all their spellings", () => {
  const flags = parseFlags([
    "-C",
    "target-cpu=native",
    "-Cpanic=abort",
    "--codegen",
    "debug_assertions",
    "--codegen=target-feature=+a,-b",
    "-O",
    "--cfg",
  ]);
  assert.deepEqual(flags, {
    cfgs: [""],
    debugAssertions: true,
    overflowChecks: undefined,
    panic: "abort",
    targetFeatures: ["+a", "-b"],
    targetCpu: "native",
  });
});

test("CPU flags make target features unknown", () => {
  const native = cfg("app", {}, { variables: { RUSTFLAGS: "-Ctarget-cpu=native" } });
  assert.match(english(native.unknownNames?.get("target_feature") ?? ""), /target-cpu=native/);
  const avx = cfg("app", {}, { variables: { RUSTFLAGS: "-Ctarget-feature=+avx2" } });
  assert.deepEqual([...(avx.values.get("target_feature") ?? [])], ["avx2"]);
  assert.match(english(avx.unknownNames?.get("target_feature") ?? ""), /\+avx2/);
  assert.equal(cfg("app", {}, { variables: { RUSTFLAGS: "-Ctarget-feature=+crt-static" } }).unknownNames, undefined);
});

test("user cfgs are for the members, or for the package asked for", () => {
  const request = { cfgs: ["mine", 'level="2"'] };
  assert.equal(text(cfg("app", {}, { request })), `debug_assertions level="2" mine ${PLAIN}`);
  assert.equal(text(cfg("leaf", {}, { request })), `debug_assertions ${PLAIN}`);
  const asked = { ...request, package: { name: "leaf", version: undefined } };
  assert.ok(cfg("leaf", {}, { request: asked }).flags.has("mine"));
});

function withProfile(profile: string): Files {
  return { "/ws/Cargo.toml": `${String(APP["/ws/Cargo.toml"])}${profile}` };
}

function asserts(profile: string, options: LoadOptions = {}): readonly string[] {
  const project = load({ ...APP, ...withProfile(profile) }, options);
  return project.graph.crates.filter(({ cfg: { flags } }) => flags.has("debug_assertions")).map(({ name }) => name);
}

test("profiles and their overrides decide about debug assertions", () => {
  const release = { request: { profile: "release" } };
  assert.deepEqual(asserts(""), ["leaf", "mac", "app"]);
  assert.deepEqual(asserts("", release), []);
  assert.deepEqual(
    asserts("[profile.release]\ndebug-assertions = true\n[profile.release.build-override]\ndebug-assertions = false", release),
    ["leaf", "app"],
  );
  assert.deepEqual(asserts("[profile.dev.package.'*']\ndebug-assertions = false\n[profile.dev.package.leaf]\ndebug-assertions = true"), [
    "leaf",
    "app",
  ]);
  assert.deepEqual(asserts("[profile.dev.package.'leaf@1.0']\ndebug-assertions = false"), ["mac", "app"]);
  assert.deepEqual(
    asserts("[profile.fast]\ninherits = 'release'\n[profile.release]\ndebug-assertions = true", { request: { profile: "fast" } }),
    ["leaf", "mac", "app"],
  );
  assert.deepEqual(asserts("[profile.a]\ninherits = 'b'\n[profile.b]\ninherits = 'a'", { request: { profile: "a" } }), [
    "leaf",
    "mac",
    "app",
  ]);
});

test("`build-override` speaks of what a procedural macro uses, not of one that is built for itself", () => {
  const project = load({
    "/ws/Cargo.toml":
      '[package]\nname = "mac"\nversion = "0.1.0"\n[lib]\nproc-macro = true\n[dependencies]\nleaf = { path = "leaf" }\n[profile.dev.build-override]\ndebug-assertions = false\n',
    "/ws/src/lib.rs": "",
    "/ws/leaf/Cargo.toml": '[package]\nname = "leaf"\nversion = "0.1.0"\n',
    "/ws/leaf/src/lib.rs": "",
  });
  assert.equal(crate(project, "mac").cfg.flags.has("debug_assertions"), true);
  assert.equal(crate(project, "leaf").cfg.flags.has("debug_assertions"), false);
});

test("overflow and UB checks go with debug assertions unless they are set apart", () => {
  const checks = (profile: string, options: LoadOptions = {}): string => {
    const { flags } = crate(load({ ...APP, ...withProfile(profile) }, options), "app").cfg;
    return ["overflow_checks", "ub_checks"].filter((name) => flags.has(name)).join(" ");
  };
  assert.equal(checks(""), "overflow_checks ub_checks");
  assert.equal(checks("[profile.dev]\noverflow-checks = false"), "ub_checks");
  assert.equal(checks("[profile.dev]\ndebug-assertions = false"), "overflow_checks");
  assert.equal(checks("", { variables: { RUSTFLAGS: "-Cdebug-assertions=off" } }), "");
  assert.equal(checks("", { variables: { RUSTFLAGS: "-Coverflow-checks=off" } }), "ub_checks");
  assert.equal(checks("", { request: { profile: "release" } }), "");
});

test("a target that aborts keeps doing so under a profile that unwinds", () => {
  const layout = { "data-layout": "e-p:32:32", "c-enum-min-bits": 8, "llvm-target": "arm" };
  const spec = { arch: "arm", "target-pointer-width": 32, "panic-strategy": "abort", ...layout };
  const files = { ...APP, ...config('[build]\ntarget = "my.json"'), "/ws/my.json": JSON.stringify(spec) };
  assert.deepEqual([...(crate(load(files), "app").cfg.values.get("panic") ?? [])], ["abort"]);
  assert.deepEqual(readTargetSpec("/ws/my.json", memoryFs(files))?.layout, { arch: "arm", dataLayout: "e-p:32:32", cEnumMinBits: 8 });
});

test("configuration and variables come before the manifest's profiles", () => {
  assert.deepEqual(asserts("", { variables: { CARGO_PROFILE_DEV_DEBUG_ASSERTIONS: "false" } }), []);
  const project = load({
    ...APP,
    ...withProfile("[profile.dev]\ndebug-assertions = true"),
    ...config("[profile.dev]\ndebug-assertions = false"),
  });
  assert.ok(project.graph.crates.every(({ cfg: { flags } }) => !flags.has("debug_assertions")));
});

test("`panic` follows the profile, save for tests and what runs on the host", () => {
  const project = load(
    { ...APP, ...withProfile("[profile.dev]\npanic = 'abort'"), "/ws/tests/it.rs": "" },
    { request: { targets: "all" } },
  );
  const panics = project.graph.crates.map(
    ({ name, kind, cfg: { values } }) => `${name} ${kind} ${[...(values.get("panic") ?? [])].join()}`,
  );
  assert.deepEqual(panics, [
    "leaf lib abort",
    "mac proc-macro unwind",
    "app lib abort",
    "leaf lib unwind",
    "app test unwind",
    "app lib unwind",
    "it test unwind",
  ]);
});

test("[env] of the configuration is seen by `env!`, unless the variable is set already", () => {
  const files = config('[env]\nONE = "1"\nTWO = { value = "data", relative = true }\nTHREE = { value = "3", force = true }\nFOUR = "4"');
  const { env } = crate(load({ ...APP, ...files }, { variables: { THREE: "x", FOUR: "y" } }), "app");
  assert.deepEqual(
    ["ONE", "TWO", "THREE", "FOUR"].map((name) => env.get(name)),
    ["1", "/ws/data", "3", "y"],
  );
});
