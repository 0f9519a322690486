/**
 * `cfg_select!`: the first arm whose predicate holds.
 *
 * `cfg_select! { unix => { mod a; } _ => { mod b; } }` → `mod a;` on unix. An arm without braces is an expression up to its `,`.
 *
 * Invariant: an arm behind one whose predicate is not known is never chosen. Source: rustc_builtin_macros::cfg_select,
 * rustc_attr_parsing::parse_cfg_select (1.95).
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { Cursor } from "./cursor.ts";
import { bumpTree, eat, peekKind, peekText, peekToken } from "./cursor.ts";
import type { MacroError } from "./macro-error.ts";
import { macroError } from "./macro-error.ts";
import { skipExpr } from "./skip-expr.ts";
import type { Token } from "./token.ts";
import { parseTokenTrees } from "./token-tree.ts";

type Predicate = (
  tokens: readonly Token[],
) => { readonly kind: "known"; readonly value: boolean } | { readonly kind: "unknown"; readonly reason: Message };

/** The tokens of the arm that is chosen. */
export function selectCfgArm(tokens: readonly Token[], predicate: Predicate): Result<readonly Token[], MacroError> {
  const trees = parseTokenTrees(tokens);
  if (!trees.ok) return trees;
  const cursor: Cursor = { trees: trees.value, pos: 0, split: 0, depth: 0 };
  while (peekKind(cursor) !== "end") {
    const start = cursor.pos;
    while (peekText(cursor) !== "=>" && peekKind(cursor) !== "end") bumpTree(cursor);
    const condition = tokens.slice(start, cursor.pos);
    const arm = takeArm(cursor, tokens);
    if (arm === undefined)
      return err(macroError("builtin", msg("`cfg_select!`: expected `=>` and an arm"), peekToken(cursor) ?? tokens[start]));
    const value = condition[0]?.text === "_" ? ({ kind: "known", value: true } as const) : predicate(condition);
    if (value.kind === "unknown")
      return err(macroError("builtin", msg("`{name}!`: {reason}", { name: "cfg_select", reason: value.reason }), condition[0]));
    if (value.value) return ok(arm);
  }
  return err(macroError("builtin", msg("none of the predicates in this `cfg_select!` holds"), tokens[0]));
}

function takeArm(cursor: Cursor, tokens: readonly Token[]): readonly Token[] | undefined {
  if (!eat(cursor, "=>")) return undefined;
  const start = cursor.pos;
  if (peekText(cursor) === "{") {
    bumpTree(cursor);
    const arm = tokens.slice(start + 1, cursor.pos - 1);
    eat(cursor, ",");
    return arm;
  }
  if (!skipExpr(cursor, "any")) return undefined;
  const arm = tokens.slice(start, cursor.pos);
  eat(cursor, ",");
  return arm;
}
