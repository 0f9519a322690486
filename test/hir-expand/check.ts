/**
 * Fixtures for macro tests: a definition and a call as text, the expected text of the expansion.
 *
 * `checkExpands("($x:ident) => { struct $x; }", "A", "struct A;")`.
 */

import assert from "node:assert/strict";
import type { Result } from "../../server/src/base/result.ts";
import { english } from "../../server/src/base/words.ts";
import type { MacroCall } from "../../server/src/hir-expand/expand-macro.ts";
import { expandMacro } from "../../server/src/hir-expand/expand-macro.ts";
import type { Expansion } from "../../server/src/hir-expand/expansion.ts";
import { expansionOf } from "../../server/src/hir-expand/expansion.ts";
import { lex } from "../../server/src/hir-expand/lexer.ts";
import type { MacroDef, MacroDefOptions } from "../../server/src/hir-expand/macro-def.ts";
import type { MacroError } from "../../server/src/hir-expand/macro-error.ts";
import { parseMacroDefText } from "../../server/src/hir-expand/parse-macro-def.ts";
import type { Span, Token } from "../../server/src/hir-expand/token.ts";

export const CALL_SPAN: Span = { source: "call", start: 0, end: 1, ctx: undefined };

export function tokens(text: string, source = "call"): readonly Token[] {
  const lexed = lex({ text, source });
  assert.ok(lexed.ok, lexed.ok ? "" : english(lexed.error.message));
  return lexed.value;
}

export function define(text: string, options: Partial<MacroDefOptions> = {}): MacroDef {
  const def = parseMacroDefText({ text, source: "def" }, { name: "m", edition: 2021, crate: 7, kind: "macro_rules", ...options });
  assert.ok(def.ok, def.ok ? "" : english(def.error.message));
  return def.value;
}

export function expand(def: MacroDef, call: string): Result<Expansion, MacroError> {
  return expandCall(def, { tokens: tokens(call), span: CALL_SPAN });
}

/** The text a call expands to. */
export function expandCall(def: MacroDef, call: MacroCall): Result<Expansion, MacroError> {
  const made = expandMacro(def, call);
  return made.ok ? expansionOf(made.value) : made;
}

/** Asserts that a call expands to a text, compared token by token. */
export function checkExpands(def: string | MacroDef, call: string, expected: string): Expansion {
  const expansion = expand(typeof def === "string" ? define(def) : def, call);
  assert.ok(expansion.ok, expansion.ok ? "" : english(expansion.error.message));
  assert.deepEqual(singles(expansion.value.text), singles(expected));
  return expansion.value;
}

/** Asserts that a call fails with an error of a kind. */
export function checkFails(def: string | MacroDef, call: string, kind: MacroError["kind"]): MacroError {
  const expansion = expand(typeof def === "string" ? define(def) : def, call);
  assert.ok(!expansion.ok, expansion.ok ? `expanded to ${expansion.value.text}` : "");
  assert.equal(expansion.error.kind, kind);
  return expansion.error;
}

/** The tokens of a text with punctuation taken apart: `>>` and `> >` are the same. */
function singles(text: string): string[] {
  const visible = tokens(text).filter((token) => token.group === undefined);
  return visible.flatMap((token) => (token.kind === "punct" ? [...token.text] : [token.text]));
}
