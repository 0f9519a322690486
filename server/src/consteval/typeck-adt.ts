/**
 * Types literals, aggregates and projections: tuples, arrays, struct expressions, ranges, fields and indexing.
 *
 * Example: `S { a: 1, ..BASE }.a` → field 0 of an adt whose literal has the field's type.
 *
 * Source: Reference, "Literal expressions", "Struct expressions", "Array and array index expressions".
 */

import { msg } from "../base/message.ts";
import type { Expr, FieldInit, Literal, RelRange } from "../hir-def/expr.ts";
import { utf8 } from "../hir-def/lower-literal.ts";
import type { FloatTy, IntTy, Ty } from "../hir-ty/ty.ts";
import { coerce } from "./coerce.ts";
import { FLOAT_NAMES, INT_NAMES } from "./primitive-fn.ts";
import { SLICE_INDEX } from "./primitive-slice.ts";
import type { Thir } from "./thir.ts";
import { enabled } from "./typeck-call.ts";
import type { Expect, Tc } from "./typeck-context.ts";
import { expectTy, intern, NO_EXPECT, node, refTo, structural, trap, trapMessage } from "./typeck-context.ts";
import type { AdtTy, AdtUse } from "./typeck-path.ts";
import { adtOfPath, fieldTy } from "./typeck-path.ts";

export function checkLiteral(tc: Tc, literal: Literal, expect: Expect, range: Expr["range"]): Thir {
  const { interner } = tc;
  switch (literal.kind) {
    case "int":
      return node({ kind: "scalar", value: literal.value }, intLiteralTy(tc, literal.suffix, expect), range);
    case "float":
      return node({ kind: "float", text: literal.text }, floatLiteralTy(tc, literal.suffix, expect), range);
    case "bool":
      return node({ kind: "scalar", value: literal.value ? 1n : 0n }, interner.bool, range);
    case "char":
      return node({ kind: "scalar", value: BigInt(literal.value) }, interner.char, range);
    case "byte":
      return node({ kind: "scalar", value: BigInt(literal.value) }, interner.u8, range);
    case "string":
      return node({ kind: "bytes", bytes: utf8Bytes(literal.value), isArray: false }, refTo(tc, interner.str, false), range);
    case "byteString": {
      const array = interner.ty({ kind: "array", element: interner.u8, length: interner.constValue(BigInt(literal.value.length)) });
      return node({ kind: "bytes", bytes: literal.value, isArray: true }, refTo(tc, array, false), range);
    }
    case "cString": {
      const def = tc.db.names.stdItem("core::ffi::c_str::CStr", tc.scope);
      if (def === undefined) return trapMessage(tc, msg("the standard library model lacks `CStr`"), range);
      return node({ kind: "bytes", bytes: [...literal.value, 0], isArray: false }, refTo(tc, interner.adt(def, []), false), range);
    }
  }
}

export function utf8Bytes(text: string): readonly number[] {
  return Array.from(text).flatMap((char) => [...utf8(char.codePointAt(0) ?? 0)]);
}

function intLiteralTy(tc: Tc, suffix: string | undefined, expect: Expect): Ty {
  const name = INT_NAMES.find((candidate): candidate is IntTy => candidate === suffix);
  if (name !== undefined) return tc.interner.int(name);
  if (expect.kind === "none") return tc.table.freshTy("int");
  const wanted = structural(tc, expect.ty);
  if (wanted.kind === "int" || (wanted.kind === "infer" && tc.table.openKind(wanted) === "int")) return wanted;
  if (expect.kind === "cast") {
    if (wanted.kind === "char") return tc.interner.u8;
    if (wanted.kind === "pointer" || wanted.kind === "fnPtr") return tc.interner.usize;
  }
  return tc.table.freshTy("int");
}

function floatLiteralTy(tc: Tc, suffix: string | undefined, expect: Expect): Ty {
  const name = FLOAT_NAMES.find((candidate): candidate is FloatTy => candidate === suffix);
  if (name !== undefined) return tc.interner.float(name);
  const wanted = expect.kind === "none" ? undefined : structural(tc, expect.ty);
  if (wanted?.kind === "float" || (wanted?.kind === "infer" && tc.table.openKind(wanted) === "float")) return wanted;
  return tc.table.freshTy("float");
}

export function checkTuple(tc: Tc, expr: Extract<Expr, { kind: "tuple" }>, expect: Expect): Thir {
  const wanted = expect.kind === "has" ? structural(tc, expect.ty) : undefined;
  const wantedElements = wanted?.kind === "tuple" ? wanted.elements : [];
  const values = enabled(tc, expr.elements).map((element, i) => {
    const hint = wantedElements[i];
    const value = tc.expr(element, hint === undefined ? NO_EXPECT : expectTy(hint));
    return hint === undefined ? value : coerceIfPossible(tc, value, hint);
  });
  const ty = tc.interner.ty({ kind: "tuple", elements: values.map((value) => value.ty) });
  return node({ kind: "adt", variant: 0, fields: values.map((value, index) => ({ index, value })), base: undefined }, ty, expr.range);
}

/** Coerces to a hinted type; where that fails the value stays what it is. */
function coerceIfPossible(tc: Tc, value: Thir, hint: Ty): Thir {
  const coerced = coerce(tc, value, hint);
  return coerced.kind === "trap" ? value : coerced;
}

export function checkArray(tc: Tc, expr: Extract<Expr, { kind: "array" }>, expect: Expect): Thir {
  const wanted = elementHint(tc, expect);
  const elementTy = wanted ?? tc.table.freshTy("general");
  let hint = wanted;
  const elements = enabled(tc, expr.elements).map((element) => {
    const value = coerce(tc, tc.expr(element, hint === undefined ? NO_EXPECT : expectTy(hint)), elementTy);
    hint ??= value.ty;
    return value;
  });
  const length = tc.interner.constValue(BigInt(elements.length));
  return node({ kind: "array", elements }, tc.interner.ty({ kind: "array", element: elementTy, length }), expr.range);
}

function elementHint(tc: Tc, expect: Expect): Ty | undefined {
  if (expect.kind !== "has") return undefined;
  const wanted = structural(tc, expect.ty);
  return wanted.kind === "array" || wanted.kind === "slice" ? wanted.element : undefined;
}

/** `[element; count]` */
export function checkRepeat(tc: Tc, expr: Extract<Expr, { kind: "repeat" }>, expect: Expect): Thir {
  const hint = elementHint(tc, expect);
  const checked = tc.expr(expr.element, hint === undefined ? NO_EXPECT : expectTy(hint));
  const element = hint === undefined ? checked : coerce(tc, checked, hint);
  const { count } = expr;
  const isHole = count.kind === "path" && count.path.segments.length === 1 && count.path.segments[0]?.name === "_";
  const ty = isHole
    ? tc.interner.ty({ kind: "array", element: element.ty, length: tc.table.freshConst() })
    : repeatTy(tc, element.ty, count);
  if (expect.kind === "has" && isHole) tc.table.unify(ty, expect.ty);
  return node({ kind: "repeat", element }, ty, expr.range);
}

/** The length is an expression of its own, evaluated before this body goes on. */
function repeatTy(tc: Tc, element: Ty, count: Expr): Ty {
  const { names, ty } = tc.db;
  const lowered = names.lowerType(
    { kind: "array", element: { kind: "never", range: count.range }, length: count, range: count.range },
    tc.scope,
  );
  const length = lowered.kind === "array" ? ty.substitute(lowered, tc.owner, tc.args) : lowered;
  if (length.kind !== "array") return tc.table.freshTy("general");
  const array = intern(tc, length);
  return array.kind === "array" ? tc.interner.ty({ kind: "array", element, length: tc.table.evaluated(array.length) }) : array;
}

export function checkStruct(tc: Tc, expr: Extract<Expr, { kind: "struct" }>, expect: Expect): Thir {
  const found = adtOfPath(tc, expr.path);
  if (!found.ok) return trap(tc, found.error, expr.range);
  const { ty, variant } = found.value;
  if (expect.kind === "has") tc.table.probe(() => tc.table.unify(ty, expect.ty));
  const fields: FieldValue[] = [];
  for (const init of expr.fields) {
    const field = checkFieldInit(tc, init, { use: found.value, range: expr.range });
    if (field === undefined) continue;
    if ("kind" in field) return field;
    fields.push(field);
  }
  const base = expr.base === undefined ? undefined : coerce(tc, tc.expr(expr.base, expectTy(ty)), ty);
  const isComplete = base !== undefined || fields.length === variant.fields.length || ty.def.kind === "union";
  if (!isComplete) return trapMessage(tc, msg("default field values are not evaluated"), expr.range);
  const index = ty.def.kind === "union" ? (fields[0]?.index ?? 0) : variant.index;
  return node({ kind: "adt", variant: index, fields, base }, ty, expr.range);
}

interface FieldValue {
  readonly index: number;
  readonly value: Thir;
}

/** A field's value; undefined if it is configured out, a trap if it cannot be told. */
function checkFieldInit(tc: Tc, init: FieldInit, of: { readonly use: AdtUse; readonly range: RelRange }): FieldValue | Thir | undefined {
  const { ty, variant } = of.use;
  const on = init.attributes.length === 0 ? undefined : tc.db.names.isEnabled(init.attributes, tc.scope);
  if (on?.ok === false) return trap(tc, on.error, of.range);
  if (on?.value === false) return undefined;
  const index = variant.fields.findIndex((field) => field.name === init.name);
  const declared = fieldTy(tc, ty, variant, index);
  if (declared === undefined) return trapMessage(tc, msg("no field `{name}` was found", { name: init.name }), of.range);
  return { index, value: coerce(tc, tc.expr(init.value, expectTy(declared)), declared) };
}

/** Paths of the range types by which ends are there: from, to, inclusive. */
const RANGES: Readonly<Record<string, string>> = {
  "..": "core::ops::range::RangeFull",
  "a..": "core::ops::range::RangeFrom",
  "..b": "core::ops::range::RangeTo",
  "..=b": "core::ops::range::RangeToInclusive",
  "a..b": "core::ops::range::Range",
  "a..=b": "core::ops::range::RangeInclusive",
};

export function checkRange(tc: Tc, expr: Extract<Expr, { kind: "range" }>): Thir {
  const from = expr.from === undefined ? undefined : tc.expr(expr.from, NO_EXPECT);
  const to = expr.to === undefined ? undefined : tc.expr(expr.to, from === undefined ? NO_EXPECT : expectTy(from.ty));
  if (from !== undefined && to !== undefined) tc.table.unify(from.ty, to.ty);
  const def = tc.db.names.stdItem(RANGES[shapeOf(expr)] ?? "", tc.scope);
  const variant = def === undefined ? undefined : tc.db.ty.adt(def).variants[0];
  if (def === undefined || variant === undefined)
    return trapMessage(tc, msg("the standard library model lacks the range types"), expr.range);
  const index = (from ?? to)?.ty;
  const ty = tc.interner.adt(def, index === undefined ? [] : [index]);
  const no = node({ kind: "scalar", value: 0n }, tc.interner.bool, expr.range);
  const values: Readonly<Record<string, Thir | undefined>> = { start: from, end: to, last: to, exhausted: no };
  const fields = variant.fields.map((field, i) => ({ index: i, value: values[field.name] ?? no }));
  return node({ kind: "adt", variant: 0, fields, base: undefined }, ty, expr.range);
}

function shapeOf({ from, to, inclusive }: Extract<Expr, { kind: "range" }>): string {
  return `${from === undefined ? "" : "a"}..${to === undefined ? "" : inclusive ? "=b" : "b"}`;
}

/** `operand.name`, looking through references. */
export function checkField(tc: Tc, expr: Extract<Expr, { kind: "field" }>): Thir {
  let operand = tc.expr(expr.operand, NO_EXPECT);
  if (operand.kind === "trap") return operand;
  for (let depth = 0; depth < 16; depth++) {
    const ty = structural(tc, operand.ty);
    if (ty.kind === "ref") {
      operand = node({ kind: "deref", operand }, ty.target, expr.range);
      continue;
    }
    const field = ty.kind === "tuple" ? tupleField(ty, expr.name) : ty.kind === "adt" ? adtField(tc, ty, expr.name) : undefined;
    if (field !== undefined) return node({ kind: "field", operand, index: field.index }, field.ty, expr.range);
    break;
  }
  return trapMessage(tc, msg("no field `{name}` was found", { name: expr.name }), expr.range);
}

interface FoundField {
  readonly index: number;
  readonly ty: Ty;
}

function tupleField(ty: Extract<Ty, { kind: "tuple" }>, name: string): FoundField | undefined {
  const index = Number(name);
  const element = ty.elements[index];
  return element === undefined ? undefined : { index, ty: element };
}

function adtField(tc: Tc, ty: AdtTy, name: string): FoundField | undefined {
  if (ty.def.kind === "enum") return undefined;
  const adt = tc.db.ty.adt(ty.def);
  const [variant] = adt.variants;
  if (variant === undefined || adt.why !== undefined) return undefined;
  const index = variant.fields.findIndex((field) => field.name === name);
  const declared = fieldTy(tc, ty, variant, index);
  return declared === undefined ? undefined : { index, ty: declared };
}

/** `operand[index]` of arrays and slices; an index that is a range gives a part of the slice. */
export function checkIndex(tc: Tc, expr: Extract<Expr, { kind: "index" }>): Thir {
  let operand = tc.expr(expr.operand, NO_EXPECT);
  if (operand.kind === "trap") return operand;
  let ty = structural(tc, operand.ty);
  for (let depth = 0; depth < 16 && ty.kind === "ref"; depth++) {
    operand = node({ kind: "deref", operand }, ty.target, expr.range);
    ty = structural(tc, ty.target);
  }
  const index = tc.expr(expr.index, NO_EXPECT);
  const indexTy = structural(tc, index.ty);
  if (indexTy.kind === "adt" && (ty.kind === "array" || ty.kind === "slice" || ty.kind === "str"))
    return rangeIndex(tc, { operand, ty, index }, expr);
  if (ty.kind !== "array" && ty.kind !== "slice") return trapMessage(tc, msg("indexing this type is not evaluated"), expr.range);
  return node({ kind: "index", operand, index: coerce(tc, index, tc.interner.usize) }, ty.element, expr.range);
}

type Indexed = { readonly operand: Thir; readonly ty: Extract<Ty, { kind: "array" | "slice" | "str" }>; readonly index: Thir };

function rangeIndex(tc: Tc, indexed: Indexed, expr: Expr): Thir {
  const { operand, ty, index } = indexed;
  const part = ty.kind === "array" ? tc.interner.ty({ kind: "slice", element: ty.element }) : ty;
  const taken = node({ kind: "ref", operand }, refTo(tc, ty, true), expr.range);
  const slice = ty.kind === "array" ? node({ kind: "unsize", operand: taken }, refTo(tc, part, true), expr.range) : taken;
  const call = node(
    { kind: "call", callee: { kind: "primitive", fn: SLICE_INDEX, self: part, args: [index.ty] }, args: [slice, index] },
    refTo(tc, part, true),
    expr.range,
  );
  tc.table.unify(rangeElement(tc, index.ty), tc.interner.usize);
  return node({ kind: "deref", operand: call }, part, expr.range);
}

function rangeElement(tc: Tc, range: Ty): Ty {
  const head = structural(tc, range);
  const first = head.kind === "adt" ? head.args[0] : undefined;
  return first !== undefined && !("isConst" in first) ? first : tc.interner.usize;
}
