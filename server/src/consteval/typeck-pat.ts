/**
 * Types patterns: resolves paths, looks through references as match ergonomics do, gives bindings their locals.
 *
 * Example: `Some(x)` against `&Option<u8>` → deref(fields of Some [bind x by reference]).
 *
 * Invariant: a name bound in several alternatives of an or-pattern is one local.
 * Source: Reference, "Patterns", "Binding modes"; rustc_hir_typeck `pat.rs`.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Expr, Pat, RelRange } from "../hir-def/expr.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { LocalId, Thir, TPat, TPatKind } from "./thir.ts";
import type { BindMode, Tc } from "./typeck-context.ts";
import { expectTy, newLocal, refTo, structural, unknown } from "./typeck-context.ts";
import type { AdtUse, Meaning } from "./typeck-path.ts";
import { adtOfPath, fieldTy, meaningOf, plainPath } from "./typeck-path.ts";

/** A whole pattern and the names it binds. */
export function checkPattern(tc: Tc, pattern: Pat, expected: Ty): { readonly pattern: TPat; readonly names: ReadonlyMap<string, LocalId> } {
  const saved = tc.bindings;
  const names = new Map<string, LocalId>();
  tc.bindings = names;
  const checked = checkPat(tc, pattern, expected, "move");
  tc.bindings = saved;
  return { pattern: checked, names };
}

/** Part of a pattern, against a place of a type. */
export function checkPat(tc: Tc, pattern: Pat, expected: Ty, mode: BindMode): TPat {
  switch (pattern.kind) {
    case "wildcard":
    case "rest":
      return made({ kind: "wildcard" }, expected, pattern);
    case "bind":
      return bindOrPath(tc, pattern, expected, mode);
    case "or":
      return made({ kind: "or", alternatives: pattern.alternatives.map((part) => tc.pat(part, expected, mode)) }, expected, pattern);
    case "ref":
      return refPattern(tc, pattern, expected);
    case "literal":
      return literalPattern(tc, pattern, { expected, mode });
    case "path": {
      const meaning = meaningOf(tc, pattern.path);
      return pathPattern(tc, pattern, meaning, { expected, mode });
    }
    case "missing":
      return patTrap(tc, pattern.reason, expected, pattern);
    case "macroCall":
      return patTrap(tc, msg("a macro call in a pattern is not expanded"), expected, pattern);
    default:
      return peeled(tc, pattern, { expected, mode });
  }
}

interface Against {
  readonly expected: Ty;
  readonly mode: BindMode;
}

function made(kind: TPatKind, ty: Ty, at: { readonly range: RelRange }): TPat {
  return { ...kind, ty, range: at.range };
}

function patTrap(tc: Tc, message: Message, ty: Ty, at: { readonly range: RelRange }): TPat {
  return made({ kind: "trap", why: unknown(tc, message, at.range) }, ty, at);
}

/** Looks through references before the pattern itself is compared. */
function throughRefs(tc: Tc, against: Against, at: Pat, inner: (against: Against) => TPat): TPat {
  const head = structural(tc, against.expected);
  if (head.kind !== "ref") return inner({ expected: head, mode: against.mode });
  const mode: BindMode = against.mode === "ref" || !head.mutable ? "ref" : "refMut";
  const sub = throughRefs(tc, { expected: head.target, mode }, at, inner);
  return made({ kind: "deref", sub }, head, at);
}

type Compound = Extract<Pat, { kind: "tuple" | "tupleStruct" | "struct" | "slice" | "range" | "const" }>;

function peeled(tc: Tc, pattern: Compound, against: Against): TPat {
  return throughRefs(tc, against, pattern, (inner) => {
    switch (pattern.kind) {
      case "tuple":
        return tuplePattern(tc, pattern, inner);
      case "tupleStruct":
        return tupleStructPattern(tc, pattern, inner);
      case "struct":
        return structPattern(tc, pattern, inner);
      case "slice":
        return slicePattern(tc, pattern, inner);
      case "range":
        return rangePattern(tc, pattern, inner);
      case "const":
        return valuePattern(tc, { kind: "block", block: pattern.block, label: undefined, range: pattern.range }, inner);
    }
  });
}

type Bind = Extract<Pat, { kind: "bind" }>;

/** A lone name is a const or unit constructor if it names one, else a binding. */
function bindOrPath(tc: Tc, pattern: Bind, expected: Ty, mode: BindMode): TPat {
  if (!pattern.byRef && !pattern.mutable && pattern.sub === undefined) {
    const resolved = tc.db.names.resolveValue(plainPath(pattern.name, pattern.range), tc.scope);
    const isPath =
      resolved.ok && (resolved.value.kind === "ctor" || (resolved.value.kind === "item" && resolved.value.def.kind === "const"));
    if (isPath) return pathPattern(tc, pattern, withoutLocals(tc, pattern), { expected, mode });
    const mayBePath = !resolved.ok && resolved.error.kind !== "unresolvedName" && /^\p{Lu}/u.test(pattern.name);
    if (mayBePath) return made({ kind: "trap", why: resolved.error }, expected, pattern);
  }
  return binding(tc, pattern, expected, mode);
}

function withoutLocals(tc: Tc, pattern: Bind): Meaning {
  const saved = tc.ribs;
  tc.ribs = [];
  const meaning = meaningOf(tc, plainPath(pattern.name, pattern.range));
  tc.ribs = saved;
  return meaning;
}

function binding(tc: Tc, pattern: Bind, expected: Ty, mode: BindMode): TPat {
  // `mut x` (before edition 2024) and `ref x` reset the default binding mode.
  const byRef = pattern.byRef || (mode !== "move" && !pattern.mutable);
  const isMutable = pattern.byRef ? pattern.mutable : mode === "refMut";
  const ty = byRef ? refTo(tc, expected, isMutable) : expected;
  const known = tc.bindings.get(pattern.name);
  const local = known ?? newLocal(tc, ty);
  if (known === undefined) tc.bindings.set(pattern.name, local);
  else tc.table.unify(tc.locals[local] ?? ty, ty);
  const sub = pattern.sub === undefined || pattern.sub.kind === "rest" ? undefined : tc.pat(pattern.sub, expected, mode);
  return made({ kind: "bind", local, mode: byRef ? "ref" : "copy", sub }, expected, pattern);
}

function refPattern(tc: Tc, pattern: Extract<Pat, { kind: "ref" }>, expected: Ty): TPat {
  const head = structural(tc, expected);
  const target = head.kind === "ref" ? head.target : tc.table.freshTy("general");
  if (head.kind !== "ref" && !tc.table.unify(head, refTo(tc, target, pattern.mutable)))
    return patTrap(tc, msg("the types of this pattern could not be worked out"), expected, pattern);
  return made({ kind: "deref", sub: tc.pat(pattern.pattern, target, "move") }, expected, pattern);
}

function literalPattern(tc: Tc, pattern: Extract<Pat, { kind: "literal" }>, against: Against): TPat {
  const { expr } = pattern;
  const isRef =
    expr.kind === "literal" && (expr.literal.kind === "string" || expr.literal.kind === "byteString" || expr.literal.kind === "cString");
  if (!isRef) return throughRefs(tc, against, pattern, (inner) => valuePattern(tc, expr, inner));
  return made({ kind: "value", value: tc.expr(expr, { kind: "none" }) }, against.expected, pattern);
}

function valuePattern(tc: Tc, expr: Expr, against: Against): TPat {
  const value = tc.expr(expr, expectTy(against.expected));
  if (!tc.table.unify(value.ty, against.expected))
    return patTrap(tc, msg("the types of this pattern could not be worked out"), against.expected, expr);
  return made({ kind: "value", value }, against.expected, expr);
}

function pathPattern(tc: Tc, pattern: Pat, meaning: Meaning, against: Against): TPat {
  switch (meaning.kind) {
    case "ctor":
      return throughRefs(tc, against, pattern, (inner) => variantPattern(tc, pattern, meaning.use, { ...inner, fields: [] }));
    case "trap":
      return made({ kind: "trap", why: meaning.why }, against.expected, pattern);
    default: {
      const path = pattern.kind === "path" ? pattern.path : plainPath(pattern.kind === "bind" ? pattern.name : "", pattern.range);
      const saved = tc.ribs;
      tc.ribs = [];
      const value = tc.expr({ kind: "path", path, range: pattern.range }, expectTy(against.expected));
      tc.ribs = saved;
      return constPattern(tc, pattern, value, against);
    }
  }
}

/** A const is compared as it is, or behind as many references as are in front of its type. */
function constPattern(tc: Tc, pattern: Pat, value: Thir, against: Against): TPat {
  if (structural(tc, value.ty).kind === "ref") return made({ kind: "value", value }, against.expected, pattern);
  return throughRefs(tc, against, pattern, (inner) => {
    if (!tc.table.unify(value.ty, inner.expected))
      return patTrap(tc, msg("the types of this pattern could not be worked out"), inner.expected, pattern);
    return made({ kind: "value", value }, inner.expected, pattern);
  });
}

interface AgainstFields extends Against {
  readonly fields: readonly { readonly index: number; readonly pattern: Pat }[];
}

function variantPattern(tc: Tc, pattern: Pat, use: AdtUse, against: AgainstFields): TPat {
  if (!tc.table.unify(use.ty, against.expected))
    return patTrap(tc, msg("the types of this pattern could not be worked out"), against.expected, pattern);
  const { ty, variant } = use;
  const fields = against.fields.map(({ index, pattern: part }) => {
    const declared = fieldTy(tc, ty, variant, index) ?? tc.table.freshTy("general");
    return { index, pattern: tc.pat(part, declared, against.mode) };
  });
  return made({ kind: "fields", variant: ty.def.kind === "enum" ? variant.index : undefined, fields }, against.expected, pattern);
}

function tupleStructPattern(tc: Tc, pattern: Extract<Pat, { kind: "tupleStruct" }>, against: Against): TPat {
  const meaning = meaningOf(tc, pattern.path);
  if (meaning.kind === "trap") return made({ kind: "trap", why: meaning.why }, against.expected, pattern);
  if (meaning.kind !== "ctor") return patTrap(tc, msg("this pattern names no constructor"), against.expected, pattern);
  return variantPattern(tc, pattern, meaning.use, { ...against, fields: positional(pattern.elements, meaning.use.variant.fields.length) });
}

/** Sub-patterns with their field indices; `..` skips some. */
function positional(elements: readonly Pat[], count: number): readonly { readonly index: number; readonly pattern: Pat }[] {
  const rest = elements.findIndex((element) => element.kind === "rest");
  const skipped = rest < 0 ? 0 : count - elements.length;
  return elements.flatMap((pattern, i) => (i === rest ? [] : [{ index: rest >= 0 && i > rest ? i + skipped : i, pattern }]));
}

function structPattern(tc: Tc, pattern: Extract<Pat, { kind: "struct" }>, against: Against): TPat {
  const use = adtOfPath(tc, pattern.path);
  if (!use.ok) return made({ kind: "trap", why: use.error }, against.expected, pattern);
  const { variant } = use.value;
  const fields = pattern.fields.map((field) => ({ index: variant.fields.findIndex((f) => f.name === field.name), pattern: field.pattern }));
  if (fields.some((field) => field.index < 0)) return patTrap(tc, msg("a field of this pattern was not found"), against.expected, pattern);
  return variantPattern(tc, pattern, use.value, { ...against, fields });
}

function tuplePattern(tc: Tc, pattern: Extract<Pat, { kind: "tuple" }>, against: Against): TPat {
  const head = structural(tc, against.expected);
  if (head.kind === "infer" && !pattern.elements.some((element) => element.kind === "rest")) {
    tc.table.unify(head, tc.interner.ty({ kind: "tuple", elements: pattern.elements.map(() => tc.table.freshTy("general")) }));
  }
  const tuple = structural(tc, head);
  if (tuple.kind !== "tuple") return patTrap(tc, msg("the types of this pattern could not be worked out"), against.expected, pattern);
  const fields = positional(pattern.elements, tuple.elements.length).map(({ index, pattern: part }) => ({
    index,
    pattern: tc.pat(part, tuple.elements[index] ?? tc.table.freshTy("general"), against.mode),
  }));
  return made({ kind: "fields", variant: undefined, fields }, against.expected, pattern);
}

function rangePattern(tc: Tc, pattern: Extract<Pat, { kind: "range" }>, against: Against): TPat {
  const bound = (expr: Expr | undefined): Thir | undefined => {
    if (expr === undefined) return undefined;
    const value = tc.expr(expr, expectTy(against.expected));
    tc.table.unify(value.ty, against.expected);
    return value;
  };
  return made({ kind: "range", from: bound(pattern.from), to: bound(pattern.to), inclusive: pattern.inclusive }, against.expected, pattern);
}

function slicePattern(tc: Tc, pattern: Extract<Pat, { kind: "slice" }>, against: Against): TPat {
  const head = structural(tc, against.expected);
  const { elements } = pattern;
  if (head.kind !== "array" && head.kind !== "slice")
    return patTrap(tc, msg("the types of this pattern could not be worked out"), against.expected, pattern);
  const at = elements.findIndex((element) => element.kind === "rest" || (element.kind === "bind" && element.sub?.kind === "rest"));
  const part = (element: Pat): TPat => tc.pat(element, head.element, against.mode);
  const rest = elements[at];
  const kind: TPatKind = {
    kind: "slice",
    prefix: elements.slice(0, at < 0 ? elements.length : at).map(part),
    rest: rest?.kind === "bind" ? binding(tc, rest, restTy(tc, head, elements.length - 1), against.mode) : undefined,
    hasRest: at >= 0,
    suffix: at < 0 ? [] : elements.slice(at + 1).map(part),
  };
  return made(kind, against.expected, pattern);
}

function restTy(tc: Tc, head: Extract<Ty, { kind: "array" | "slice" }>, taken: number): Ty {
  if (head.kind === "slice") return head;
  const length = tc.table.resolveConst(head.length);
  const left = length.kind === "value" ? tc.interner.constValue(length.value - BigInt(taken)) : tc.table.freshConst();
  return tc.interner.ty({ kind: "array", element: head.element, length: left });
}
