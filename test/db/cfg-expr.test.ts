/**
 * Predicates of `#[cfg(..)]`: reading, three-valued evaluation, and what is unknown.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../server/src/base/message.ts";
import type { CfgOptions } from "../../server/src/db/cfg.ts";
import { evaluateCfg, isBuiltinCfgName, parseCargoCfg, parseCfgExpr } from "../../server/src/db/cfg-expr.ts";

const LINUX: CfgOptions = {
  flags: new Set(["unix", "debug_assertions"]),
  values: new Map([
    ["target_os", new Set(["linux"])],
    ["target_arch", new Set(["x86_64"])],
    ["feature", new Set(["std", "rt"])],
    ["target_has_atomic", new Set(["8", "64", "ptr"])],
  ]),
  unknownReason: undefined,
  rustVersion: "1.95.0",
};

function truth(text: string, options: CfgOptions = LINUX): string {
  return evaluateCfg(parseCfgExpr(text), options).truth;
}

test("atoms, combinators and literals are evaluated as in the Reference", () => {
  assert.equal(truth("unix"), "true");
  assert.equal(truth("windows"), "false");
  assert.equal(truth('target_os = "linux"'), "true");
  assert.equal(truth('feature="rt"'), "true");
  assert.equal(truth('feature = "net"'), "false");
  assert.equal(truth('all(unix, not(windows), any(feature = "net", feature = "std",),)'), "true");
  assert.equal(truth("all()"), "true");
  assert.equal(truth("any()"), "false");
  assert.equal(truth("true"), "true");
  assert.equal(truth("not(false)"), "true");
  assert.equal(truth("r#true"), "false");
  assert.equal(truth('target(os = "linux", arch = "x86_64")'), "true");
  assert.equal(truth('target(os = "linux", arch = "x86")'), "false");
  assert.equal(truth('target_has_atomic = r"64"'), "true");
  assert.equal(truth('all( /* on */ unix, // here\n target_os = r#"linux"#)'), "true");
});

test("version compares with the compiler in use", () => {
  assert.equal(truth('version("1.95")'), "true");
  assert.equal(truth('version("1.95.1")'), "false");
  assert.equal(truth('version("1.80.0",)'), "true");
  assert.equal(truth('version("2.0")'), "false");
  assert.equal(truth('version("1.x")'), "false");
  assert.equal(truth('version("1.97")', { ...LINUX, rustVersion: "1.97.0-nightly" }), "true");
  const { rustVersion, ...unversioned } = LINUX;
  assert.equal(rustVersion, "1.95.0");
  assert.equal(truth('version("1.80")', unversioned), "unknown");
});

test("what cannot be read is unknown, with its text as the reason", () => {
  for (const text of [
    "",
    "=",
    "foo(",
    "foo(x)",
    "not()",
    "not(a, b)",
    "a = b",
    "a b",
    "all(a b)",
    '"x"',
    "target(x)",
    "accessible(std::mem)",
  ]) {
    const answer = evaluateCfg(parseCfgExpr(text), LINUX);
    assert.equal(answer.truth, "unknown", text);
  }
  assert.equal(truth("not(".repeat(50_000)), "unknown");
  assert.equal(truth(`${"not(".repeat(5000)}unix${")".repeat(5000)}`), "unknown");
});

test("an unknown operand decides only what the others leave open", () => {
  assert.equal(truth("any(unix, whatever(x))"), "true");
  assert.equal(truth("all(windows, whatever(x))"), "false");
  assert.equal(truth("all(unix, whatever(x))"), "unknown");
  assert.equal(truth("not(whatever(x))"), "unknown");
});

test("a build script that never ran makes foreign names unknown, and only those", () => {
  const options: CfgOptions = { ...LINUX, unknownReason: verbatim("build script of `x` has not been run") };
  assert.equal(truth("has_const_fn", options), "unknown");
  assert.equal(truth('backend = "simd"', options), "unknown");
  assert.equal(truth('feature = "net"', options), "false");
  assert.equal(truth("windows", options), "false");
  assert.equal(truth("miri", options), "false");
  assert.equal(isBuiltinCfgName("target_os"), true);
  assert.equal(isBuiltinCfgName("tokio_unstable"), false);
});

test("a script that can only set certain names leaves the others false", () => {
  const options: CfgOptions = { ...LINUX, unknownReason: verbatim("build script of `x` has not been run"), unknownOnly: new Set(["fast"]) };
  assert.equal(truth("fast", options), "unknown");
  assert.equal(truth("loom", options), "false");
  assert.equal(truth('feature = "net"', options), "false");
  assert.equal(truth('feature = "net"', { ...options, unknownOnly: new Set(["feature"]) }), "unknown");
});

test("single names can be unknown by themselves", () => {
  const options: CfgOptions = { ...LINUX, unknownNames: new Map([["feature", verbatim("the manifest cannot be read")]]) };
  assert.equal(truth('feature = "net"', options), "unknown");
  assert.equal(truth('feature = "std"', options), "true");
  assert.equal(truth("windows", options), "false");
});

test("cargo's target tables hold a cfg or a triple", () => {
  assert.equal(parseCargoCfg("x86_64-pc-windows-gnu"), undefined);
  const expr = parseCargoCfg('cfg(any(unix, target_os = "wasi"))');
  assert.ok(expr !== undefined);
  assert.equal(evaluateCfg(expr, LINUX).truth, "true");
});
