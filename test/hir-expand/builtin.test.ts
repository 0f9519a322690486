/** The builtin macros, and the two proc macros that are expanded. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { verbatim } from "../../server/src/base/message.ts";
import { english } from "../../server/src/base/words.ts";
import type { BuiltinCall, BuiltinContext, BuiltinExpansion } from "../../server/src/hir-expand/builtin.ts";
import { expandBuiltin } from "../../server/src/hir-expand/builtin.ts";
import { expansionOf } from "../../server/src/hir-expand/expansion.ts";
import { expandPaste } from "../../server/src/hir-expand/paste.ts";
import { expandSeq } from "../../server/src/hir-expand/seq.ts";
import type { Token } from "../../server/src/hir-expand/token.ts";
import { CALL_SPAN, tokens } from "./check.ts";

const ENV = new Map([["OUT_DIR", "/out"]]);

const CONTEXT: BuiltinContext = {
  cfg: (predicate) => {
    const text = predicate.map((token) => token.text).join("");
    return text === "custom"
      ? { kind: "unknown", reason: verbatim("build script of `x` has not been run") }
      : { kind: "known", value: text === "unix" };
  },
  env: (name) => ({ kind: "known", value: ENV.get(name) }),
  expandCall: (_path, call: BuiltinCall) => {
    const inner = expandBuiltin(call, CONTEXT);
    if (!inner.ok) return inner;
    return { ok: true, value: inner.value.kind === "tokens" ? inner.value.tokens : [] };
  },
  place: () => ({ line: 12, column: 5, file: "src/lib.rs", modulePath: "krate::m" }),
};

function textOf(list: readonly Token[]): string {
  const expansion = expansionOf(list);
  assert.ok(expansion.ok);
  return expansion.value.text;
}

function run(name: string, args: string): BuiltinExpansion | string {
  const result = expandBuiltin({ name, tokens: tokens(args), span: CALL_SPAN }, CONTEXT);
  return result.ok ? result.value : english(result.error.message);
}

function shown(name: string, args: string): string {
  const result = run(name, args);
  return typeof result === "object" && result.kind === "tokens" ? textOf(result.tokens) : JSON.stringify(result);
}

test("concat joins literals of every kind", () => {
  assert.equal(
    shown("concat", `"a\\"", 'b', 0x10u8, -1, 1.50, true, r#"\\"#, stringify!(x y), concat!(1, 2),`),
    String.raw`"a\"b16-11.50true\\x y12"`,
  );
});

test("stringify keeps the spaces of the source", () => {
  assert.equal(shown("stringify", "a+b, Vec < u8 >"), '"a+b, Vec < u8 >"');
});

test("cfg asks the caller and says when it is not known", () => {
  assert.equal(shown("cfg", "unix"), "true");
  assert.equal(shown("cfg", "windows"), "false");
  assert.equal(run("cfg", "custom"), "`cfg!`: build script of `x` has not been run");
});

test("environment and includes", () => {
  assert.equal(shown("env", '"OUT_DIR"'), '"/out"');
  assert.equal(run("env", '"NO"'), "`env!`: environment variable `NO` is not defined");
  assert.equal(shown("option_env", '"NO"'), "::core::option::Option::None::<&'static str>");
  assert.equal(shown("option_env", '"OUT_DIR"'), '::core::option::Option::Some("/out")');
  assert.deepEqual(run("include", 'concat!(env!("OUT_DIR"), "/x.rs")'), { kind: "include", as: "source", path: "/out/x.rs" });
});

test("places", () => {
  assert.deepEqual(
    [shown("line", ""), shown("column", ""), shown("file", ""), shown("module_path", "")],
    ["12u32", "5u32", '"src/lib.rs"', '"krate::m"'],
  );
});

test("cfg_select takes the first arm that holds", () => {
  assert.equal(shown("cfg_select", "windows => { mod a; } unix => { mod b; } _ => { mod c; }"), "mod b;");
  assert.equal(shown("cfg_select", "windows => 1 + 1, _ => f(2, 3),"), "f(2,3)");
  assert.equal(run("cfg_select", "custom => { a } _ => { b }"), "`cfg_select!`: build script of `x` has not been run");
  assert.equal(run("cfg_select", "windows => { a }"), "none of the predicates in this `cfg_select!` holds");
});

test("what builtins refuse is an error with its reason", () => {
  assert.equal(run("concat", "a"), "`concat!`: expected a literal");
  assert.equal(run("compile_error", '"no"'), "`compile_error!`: no");
  assert.equal(run("format_args", '"x"'), "the builtin macro `format_args!` is not expanded");
});

function paste(args: string): string {
  const result = expandPaste(tokens(args));
  return result.ok ? textOf(result.value) : english(result.error.message);
}

test("paste joins names and changes their case", () => {
  assert.equal(
    paste("struct [<Foo my_type:camel Bar>] { [<r#type _ 1>]: u8 } fn [<HTTPServer:snake>]() {}"),
    "struct FooMyTypeBar{type_1:u8}fn h_t_t_p_server(){}",
  );
  assert.equal(paste("[<a:upper:lower 'b'>]"), "ab");
  assert.equal(paste("let x = [<T as X>::Y; 2];"), "let x=[<T as X>::Y;2];");
  assert.equal(paste("[<a:odd>]"), "`paste!`: unknown modifier");
});

test("paste joins documentation", () => {
  assert.equal(paste('#[doc = "a " b " c"] struct S;'), '#[doc="a b c"]struct S;');
});

function seq(args: string): string {
  const result = expandSeq(tokens(args), 1000);
  return result.ok ? textOf(result.value) : english(result.error.message);
}

test("seq repeats its marked parts, or all", () => {
  assert.equal(seq("N in 0..3 { enum E { #( V~N = N, )* } }"), "enum E{V0=0,V1=1,V2=2,}");
  assert.equal(seq("N in 08..=10 { struct S~N([u8; N]); }"), "struct S08([u8;08]);struct S09([u8;09]);struct S10([u8;10]);");
  assert.equal(seq("N in 0x0e..=0x10u8 { x~N }"), "x0e x0f x10");
  assert.equal(seq("C in 'a'..='c' { v~C = C; }"), "va='a';vb='b';vc='c';");
  assert.equal(seq("N in 0..1000000000 { a }"), "`seq!`: expected a range of numbers or characters");
  assert.equal(seq("N in 0..5000 { a }"), "`seq!` expands to more than 1000 tokens");
});
