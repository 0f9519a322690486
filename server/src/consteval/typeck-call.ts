/**
 * Types calls: of functions, tuple constructors, methods and built-in functions.
 *
 * Example: `max::<u8>(1, x)` → call(fn max<u8>, [1, x]) with both arguments as u8.
 *
 * Invariant: arguments are checked against the parameters' types as far as the expected result already tells them, then coerced.
 * Source: rustc_hir_typeck `fn_ctxt/checks.rs`, `callee.rs`.
 */
import { msg, verbatim } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Expr, RelRange } from "../hir-def/expr.ts";
import type { GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import { coerce } from "./coerce.ts";
import type { PrimitiveFn, SigTy } from "./primitive-fn.ts";
import { signatureTy } from "./primitive-fn.ts";
import type { Callee, Thir } from "./thir.ts";
import type { Expect, Tc } from "./typeck-context.ts";
import { expectTy, NO_EXPECT, node, refTo, structural, substituted, trap, trapMessage } from "./typeck-context.ts";
import type { MethodName } from "./typeck-method.ts";
import { probeMethod } from "./typeck-method.ts";
import type { AdtUse, Meaning } from "./typeck-path.ts";
import { builtInArgs, fieldTy, meaningOf } from "./typeck-path.ts";

/** Stands where the callee is known already; never looked at. */
const NO_CALLEE = verbatim("");

type CallExpr = Extract<Expr, { kind: "call" }>;
type MethodCallExpr = Extract<Expr, { kind: "methodCall" }>;

/** `callee(args)` */
export function checkCall(tc: Tc, expr: CallExpr, expect: Expect): Thir {
  if (expr.callee.kind === "path") {
    const meaning = meaningOf(tc, expr.callee.path);
    const known = callMeaning(tc, expr, { meaning, expect });
    if (known !== undefined) return known;
  }
  const callee = tc.expr(expr.callee, NO_EXPECT);
  const ty = structural(tc, callee.ty);
  if (ty.kind === "fnDef") return callFn(tc, { def: ty.def, args: ty.args }, { args: expr.args, expect, range: expr.range });
  if (ty.kind !== "fnPtr")
    return callee.kind === "trap" ? callee : trapMessage(tc, msg("a call of this kind is not evaluated in a const"), expr.range);
  return finishCall(tc, { kind: "value", expr: callee }, ty, { args: expr.args, expect, range: expr.range });
}

function callMeaning(tc: Tc, expr: CallExpr, how: { readonly meaning: Meaning; readonly expect: Expect }): Thir | undefined {
  const { meaning } = how;
  const call: CallSite = { args: expr.args, expect: how.expect, range: expr.range };
  switch (meaning.kind) {
    case "trap":
      return trap(tc, meaning.why, expr.range);
    case "ctor":
      return callCtor(tc, meaning.use, call);
    case "primitive":
      return callPrimitive(tc, meaning, call);
    case "traitItem":
      return meaning.item.kind === "fn" ? callTrait(tc, meaning, call) : undefined;
    case "item":
      return meaning.def.kind === "fn" ? callFn(tc, meaning, call) : undefined;
    default:
      return undefined;
  }
}

interface CallSite {
  readonly args: readonly Expr[];
  readonly expect: Expect;
  readonly range: RelRange;
  /** The receiver of a method call, already adjusted. */
  readonly receiver?: Thir;
}

interface CallSignature {
  readonly params: readonly Ty[];
  readonly result: Ty;
}

function finishCall(tc: Tc, callee: Callee, signature: CallSignature, site: CallSite): Thir {
  const { receiver } = site;
  const args = receiver === undefined ? [] : [coerce(tc, receiver, signature.params[0] ?? receiver.ty)];
  const params = signature.params.slice(args.length);
  const hints = expectedInputs(tc, { params, result: signature.result }, site.expect);
  for (const [i, arg] of enabled(tc, site.args).entries()) {
    const param = params[i];
    const checked = tc.expr(arg, param === undefined ? NO_EXPECT : expectTy(hints[i] ?? param));
    args.push(param === undefined ? checked : coerce(tc, checked, param));
  }
  if (args.length !== signature.params.length)
    return trapMessage(tc, msg("this call has another number of arguments than parameters"), site.range);
  return node({ kind: "call", callee, args }, signature.result, site.range);
}

/** What the parameters' types would be if the result had the expected type; only a hint (rustc's "expected inputs"). */
function expectedInputs(tc: Tc, signature: CallSignature, expect: Expect): readonly Ty[] {
  if (expect.kind !== "has" || !signature.result.flags.hasInfer) return signature.params;
  let hints = signature.params;
  tc.table.probe(() => {
    if (tc.table.unify(signature.result, expect.ty)) hints = signature.params.map((param) => tc.table.resolve(param));
    return false;
  });
  return hints;
}

/** List elements without those that are configured out. */
export function enabled(tc: Tc, exprs: readonly Expr[]): readonly Expr[] {
  if (!exprs.some((expr) => expr.kind === "attributed")) return exprs;
  return exprs.flatMap((expr) => {
    if (expr.kind !== "attributed") return [expr];
    const on = tc.db.names.isEnabled(expr.attributes, tc.scope);
    if (!on.ok) return [{ kind: "missing", reason: on.error.message, range: expr.range } as const];
    return on.value ? [expr.expr] : [];
  });
}

function callFn(tc: Tc, fn: { readonly def: DefId; readonly args: GenericArgs }, site: CallSite): Thir {
  const signature = tc.db.signatureOf(fn.def);
  const params = signature.params.map((param) => substituted(tc, param, fn.def, fn.args));
  const result = substituted(tc, signature.result, fn.def, fn.args);
  return finishCall(tc, { kind: "fn", def: fn.def, args: fn.args }, { params, result }, site);
}

function callTrait(tc: Tc, fn: { readonly item: DefId; readonly ref: TraitRef; readonly ownArgs: GenericArgs }, site: CallSite): Thir {
  const signature = tc.db.signatureOf(fn.item);
  const args = [...fn.ref.args, ...fn.ownArgs];
  const params = signature.params.map((param) => substituted(tc, param, fn.item, args));
  const result = substituted(tc, signature.result, fn.item, args);
  const callee: Callee = { kind: "traitFn", trait: fn.ref.trait, args: fn.ref.args, name: fn.item.name, ownArgs: fn.ownArgs };
  return finishCall(tc, callee, { params, result }, site);
}

function callCtor(tc: Tc, use: AdtUse, site: CallSite): Thir {
  const { ty, variant } = use;
  const params = variant.fields.map((_, i) => fieldTy(tc, ty, variant, i) ?? tc.table.freshTy("general"));
  const call = finishCall(tc, { kind: "value", expr: trapMessage(tc, NO_CALLEE, site.range) }, { params, result: ty }, site);
  if (call.kind !== "call") return call;
  return node(
    { kind: "adt", variant: variant.index, fields: call.args.map((value, index) => ({ index, value })), base: undefined },
    ty,
    site.range,
  );
}

interface PrimitiveUse {
  readonly fn: PrimitiveFn;
  readonly self: Ty;
  readonly generics: GenericArgs;
}

function callPrimitive(tc: Tc, use: PrimitiveUse, site: CallSite): Thir {
  const { fn, self } = use;
  const typeParam = use.generics.find((arg): arg is Ty => !("isConst" in arg)) ?? tc.table.freshTy("general");
  const constParam = use.generics.find((arg) => "isConst" in arg);
  const scope = {
    interner: tc.interner,
    self,
    typeParam,
    constParam: constParam !== undefined && "isConst" in constParam ? constParam : tc.table.freshConst(),
    pointerBits: tc.db.target.pointerBits,
    stdItem: (path: string) => tc.db.names.stdItem(path, tc.scope),
  };
  const read = (sig: SigTy): Ty | undefined => signatureTy(scope, sig);
  const own = fn.params.map(read);
  const result = read(fn.result);
  if (result === undefined || own.some((ty) => ty === undefined))
    return trapMessage(tc, msg("the standard library model lacks a type that `{name}` needs", { name: fn.name }), site.range);
  const params = [...(fn.self === "none" ? [] : [primitiveSelf(tc, use)]), ...own.filter((ty) => ty !== undefined)];
  const callee: Callee = { kind: "primitive", fn, self, args: [typeParam, scope.constParam] };
  return finishCall(tc, callee, { params, result }, site);
}

function primitiveSelf(tc: Tc, use: PrimitiveUse): Ty {
  return use.fn.self === "value" ? use.self : refTo(tc, use.self, use.fn.self === "refMut");
}

/** `receiver.method(args)` */
export function checkMethodCall(tc: Tc, expr: MethodCallExpr, expect: Expect): Thir {
  const receiver = tc.expr(expr.receiver, NO_EXPECT);
  if (receiver.kind === "trap") return receiver;
  const name: MethodName = { name: expr.method, written: expr.genericArgs, range: expr.range };
  const method = probeMethod(tc, receiver, name);
  if (method === undefined)
    return trapMessage(tc, msg("no method `{method}` that can be evaluated was found", { method: expr.method }), expr.range);
  const site: CallSite = { args: expr.args, expect, range: expr.range, receiver: method.receiver };
  switch (method.kind) {
    case "primitive":
      return callPrimitive(tc, { fn: method.fn, self: method.self, generics: builtInArgs(tc, expr.genericArgs) }, site);
    case "fn":
      return callFn(tc, method, site);
    case "trait":
      return callTrait(tc, method, site);
  }
}

/** A call of an operator's trait (`Add::add`), for operands that are no scalars. */
export function callOperator(
  tc: Tc,
  operator: { readonly lang: string; readonly method: string; readonly operands: readonly Thir[] },
  range: RelRange,
): Thir {
  const { lang, method, operands } = operator;
  const trait = tc.db.ty.langItem(lang, tc.scope.owner.module.krate);
  const item = trait === undefined ? undefined : tc.db.ty.assocItem(trait, "fn", method);
  if (trait === undefined || item === undefined)
    return trapMessage(tc, msg("this operator is not evaluated for operands of these types"), range);
  const args = operands.map((operand) => operand.ty);
  const signature = tc.db.signatureOf(item);
  const result = substituted(tc, signature.result, item, args);
  return node({ kind: "call", callee: { kind: "traitFn", trait, args, name: method, ownArgs: [] }, args: operands }, result, range);
}
