/**
 * Types an expression: the switch over its kinds, paths as values, macro calls.
 *
 * Example: `N` in `fn f<const N: usize>()` → constArg of the value given for N, as usize.
 *
 * Invariant: every kind is either typed or a trap with the reason.
 */

import { msg } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Expr } from "../hir-def/expr.ts";
import type { PathRef } from "../hir-def/type-ref.ts";
import type { GenericArgs } from "../hir-ty/ty.ts";
import type { MacroExpansion } from "./const-db.ts";
import { signatureTy } from "./primitive-fn.ts";
import type { Thir } from "./thir.ts";
import { checkArray, checkField, checkIndex, checkLiteral, checkRange, checkRepeat, checkStruct, checkTuple } from "./typeck-adt.ts";
import { checkCall, checkMethodCall } from "./typeck-call.ts";
import type { Expect, Tc } from "./typeck-context.ts";
import { expectTy, inRib, intern, mayExpand, node, substituted, trap, trapMessage } from "./typeck-context.ts";
import {
  checkBlock,
  checkBlockExpr,
  checkBreak,
  checkContinue,
  checkIf,
  checkLoop,
  checkMatch,
  checkReturn,
  checkTry,
  checkWhile,
  inMacro,
  macroCallOf,
} from "./typeck-control.ts";
import { checkAssign, checkBinary, checkCast, checkRef, checkUnary } from "./typeck-ops.ts";
import type { Meaning } from "./typeck-path.ts";
import { meaningOf } from "./typeck-path.ts";

export function checkExpr(tc: Tc, expr: Expr, expect: Expect): Thir {
  switch (expr.kind) {
    case "literal":
      return checkLiteral(tc, expr.literal, expect, expr.range);
    case "path":
      return checkPath(tc, expr.path, expr);
    case "unary":
      return checkUnary(tc, expr, expect);
    case "binary":
      return checkBinary(tc, expr);
    case "assign":
      return checkAssign(tc, expr);
    case "cast":
      return checkCast(tc, expr, expect);
    case "ref":
      return checkRef(tc, expr, expect);
    case "call":
      return checkCall(tc, expr, expect);
    case "methodCall":
      return checkMethodCall(tc, expr, expect);
    case "field":
      return checkField(tc, expr);
    case "index":
      return checkIndex(tc, expr);
    case "tuple":
      return checkTuple(tc, expr, expect);
    case "array":
      return checkArray(tc, expr, expect);
    case "repeat":
      return checkRepeat(tc, expr, expect);
    case "struct":
      return checkStruct(tc, expr, expect);
    case "range":
      return checkRange(tc, expr);
    default:
      return checkControl(tc, expr, expect);
  }
}

function checkControl(tc: Tc, expr: Expr, expect: Expect): Thir {
  switch (expr.kind) {
    case "block":
      return checkBlockExpr(tc, expr, expect);
    case "if":
      return checkIf(tc, expr, expect);
    case "match":
      return checkMatch(tc, expr, expect);
    case "loop":
      return checkLoop(tc, expr, expect);
    case "while":
      return checkWhile(tc, expr);
    case "break":
      return checkBreak(tc, expr);
    case "continue":
      return checkContinue(tc, expr);
    case "return":
      return checkReturn(tc, expr);
    case "try":
      return checkTry(tc, expr);
    case "closure":
      return closureValue(tc, expr);
    case "macroCall":
      return checkMacro(tc, expr, expect);
    case "attributed":
      return tc.expr(expr.expr, expect);
    case "missing":
      return trapMessage(tc, expr.reason, expr.range);
    case "for":
      return trapMessage(tc, msg("`for` is not evaluated in a const"), expr.range);
    default:
      return trapMessage(tc, msg("a condition with `let` cannot stand here"), expr.range);
  }
}

/** A closure can be made but not called in a const; its type is its own. */
function closureValue(tc: Tc, expr: Expr): Thir {
  const { start } = expr.range;
  const why = {
    kind: "closureOrCoroutine",
    message: msg("the type of a closure"),
    culprit: { owner: tc.scope.owner, range: expr.range },
  } as const;
  const ty = tc.interner.ty({ kind: "opaque", key: `closure ${tc.scope.owner.key} ${start}`, bounds: [], why });
  return node({ kind: "zst" }, ty, expr.range);
}

function checkPath(tc: Tc, path: PathRef, expr: Expr): Thir {
  const meaning = meaningOf(tc, path);
  switch (meaning.kind) {
    case "local":
      return node({ kind: "local", local: meaning.local }, tc.locals[meaning.local] ?? tc.table.freshTy("general"), expr.range);
    case "item":
      return itemValue(tc, meaning, expr);
    case "const":
      return node({ kind: "constArg", value: meaning.value }, meaning.ty, expr.range);
    case "traitItem":
      return traitValue(tc, meaning, expr);
    case "primitive":
      return primitiveValue(tc, meaning, expr);
    case "ctor": {
      const { ty, variant } = meaning.use;
      if (variant.shape === "unit") return node({ kind: "adt", variant: variant.index, fields: [], base: undefined }, ty, expr.range);
      return trapMessage(tc, msg("a constructor as a function value is not evaluated"), expr.range);
    }
    case "trap":
      return trap(tc, meaning.why, expr.range);
  }
}

function itemValue(tc: Tc, item: { readonly def: DefId; readonly args: GenericArgs }, expr: Expr): Thir {
  const { def, args } = item;
  if (def.kind === "fn") return node({ kind: "zst" }, tc.interner.ty({ kind: "fnDef", def, args }), expr.range);
  const declared = tc.db.ty.typeOf(def);
  if (declared === undefined) return trapMessage(tc, msg("the type of `{name}` is not known", { name: def.name }), expr.range);
  const ty = substituted(tc, declared, def, args);
  if (def.kind === "static") return node({ kind: "staticItem", def }, ty, expr.range);
  if (def.kind === "const") return node({ kind: "constItem", def, args }, ty, expr.range);
  return trapMessage(tc, msg("`{name}` is no value", { name: def.name }), expr.range);
}

function traitValue(tc: Tc, meaning: Extract<Meaning, { kind: "traitItem" }>, expr: Expr): Thir {
  const { item, ref, ownArgs } = meaning;
  if (item.kind === "fn") return trapMessage(tc, msg("a trait's function as a value is not evaluated"), expr.range);
  const declared = tc.db.ty.typeOf(item);
  if (declared === undefined) return trapMessage(tc, msg("the type of `{name}` is not known", { name: item.name }), expr.range);
  const ty = substituted(tc, declared, item, [...ref.args, ...ownArgs]);
  return node({ kind: "traitConst", trait: ref.trait, args: ref.args, name: item.name }, ty, expr.range);
}

function primitiveValue(tc: Tc, meaning: Extract<Meaning, { kind: "primitive" }>, expr: Expr): Thir {
  const { fn, self } = meaning;
  if (!fn.isConst) return trapMessage(tc, msg("a built-in function as a value is not evaluated"), expr.range);
  const scope = {
    interner: tc.interner,
    self,
    typeParam: self,
    constParam: tc.interner.constValue(0n),
    pointerBits: tc.db.target.pointerBits,
    stdItem: (path: string) => tc.db.names.stdItem(path, tc.scope),
  };
  const ty = signatureTy(scope, fn.result);
  return ty === undefined
    ? trapMessage(tc, msg("the type of `{name}` is not known", { name: fn.name }), expr.range)
    : node({ kind: "primitiveConst", fn, self }, ty, expr.range);
}

function checkMacro(tc: Tc, expr: Extract<Expr, { kind: "macroCall" }>, expect: Expect): Thir {
  if (!mayExpand(tc)) return trapMessage(tc, msg("macro calls nest too deeply, or are too many"), expr.range);
  const expansion = tc.db.names.expandMacro(macroCallOf(expr), tc.scope);
  if (!expansion.ok) return trap(tc, expansion.error, expr.range);
  const { value } = expansion;
  // What std's macros are made of keeps its place in the call.
  if (value.kind !== "statements") return expanded(tc, value, { expr, expect });
  return inMacro(tc, expr.range, () => {
    const block = { range: expr.range, statements: value.statements, tail: value.tail, scope: undefined };
    return inRib(tc, new Map(), () => checkBlock(tc, block, expect));
  });
}

function expanded(
  tc: Tc,
  expansion: Exclude<MacroExpansion, { kind: "statements" }>,
  at: { readonly expr: Expr; readonly expect: Expect },
): Thir {
  const { range } = at.expr;
  switch (expansion.kind) {
    case "expr":
      return tc.expr(expansion.expr, at.expect);
    case "panic":
      return node({ kind: "neverToAny", operand: trapMessage(tc, expansion.message, range) }, tc.interner.never, range);
    case "assert": {
      const condition = tc.expr(expansion.condition, expectTy(tc.interner.bool));
      const failed = trapMessage(tc, expansion.message, range);
      const nothing = node({ kind: "adt", variant: 0, fields: [], base: undefined }, tc.interner.unit, range);
      return node({ kind: "if", condition, thenBranch: nothing, elseBranch: failed }, tc.interner.unit, range);
    }
    case "offsetOf": {
      const container = intern(tc, tc.db.names.lowerType(expansion.type, tc.scope));
      return node({ kind: "offsetOf", container, fields: expansion.fields }, tc.interner.usize, range);
    }
  }
}
