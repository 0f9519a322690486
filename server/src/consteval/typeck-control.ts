/**
 * Types blocks, conditions, `match`, loops and jumps.
 *
 * Example: `loop { if done { break x } }` has the type of `x`; a loop without `break` has type `!`.
 *
 * Source: Reference, "Block expressions", "Loops and other breakable expressions", "match expressions".
 */
import { msg } from "../base/message.ts";
import type { Block, Expr, MatchArm, RelRange, Statement } from "../hir-def/expr.ts";
import type { Ty } from "../hir-ty/ty.ts";
import { coerce } from "./coerce.ts";
import { configured } from "./configured-body.ts";
import type { MacroCall, MacroExpansion } from "./const-db.ts";
import type { JumpTarget, TArm, Thir, ThirStatement } from "./thir.ts";
import type { Expect, Tc } from "./typeck-context.ts";
import {
  expectTy,
  findLocal,
  inRib,
  intern,
  mayExpand,
  NO_EXPECT,
  NO_LOCAL,
  newLocal,
  node,
  structural,
  trap,
  trapMessage,
} from "./typeck-context.ts";
import { checkPattern } from "./typeck-pat.ts";

/** A block; names and items in it are gone behind it. */
export function checkBlock(tc: Tc, block: Block, expect: Expect, target?: JumpTarget): Thir {
  const scope = tc.scope;
  if (block.scope !== undefined) tc.scope = { owner: scope.owner, block: [...scope.block, block.scope] };
  const ribs = tc.ribs;
  const run: Run = { out: [], diverges: false };
  const { statements, tail: last } = configured(tc, block);
  for (const statement of statements) checkStatement(tc, statement, run);
  const tail = last === undefined ? undefined : tailExpr(tc, last, { expect, run, wanted: target?.ty });
  tc.ribs = ribs;
  tc.scope = scope;
  const ty = target?.ty ?? tail?.ty ?? (run.diverges ? tc.interner.never : tc.interner.unit);
  if (target !== undefined && tail === undefined && !run.diverges) tc.table.unify(target.ty, tc.interner.unit);
  return node({ kind: "block", statements: run.out, tail, target }, ty, block.range);
}

interface Run {
  readonly out: ThirStatement[];
  diverges: boolean;
}

function isNever(tc: Tc, ty: Ty): boolean {
  return structural(tc, ty).kind === "never";
}

function tailExpr(
  tc: Tc,
  tail: Expr,
  how: { readonly expect: Expect; readonly run: Run; readonly wanted: Ty | undefined },
): Thir | undefined {
  const { expect, run, wanted } = how;
  let expr = tail;
  if (expr.kind === "attributed") {
    const on = tc.db.names.isEnabled(expr.attributes, tc.scope);
    if (!on.ok) return trap(tc, on.error, tail.range);
    if (!on.value) return undefined;
    expr = expr.expr;
  }
  if (expr.kind === "macroCall") return macroTail(tc, expr, { expect, run, wanted });
  const value = tc.expr(expr, expect);
  return wanted === undefined ? value : coerce(tc, value, wanted);
}

/** A macro call at the end of a block: its statements belong to the block, its tail is the block's. */
function macroTail(
  tc: Tc,
  call: Extract<Expr, { kind: "macroCall" }>,
  how: { readonly expect: Expect; readonly run: Run; readonly wanted: Ty | undefined },
): Thir | undefined {
  const expansion = statementsOf(tc, call);
  if (expansion === undefined) {
    const value = tc.expr(call, how.expect);
    return how.wanted === undefined ? value : coerce(tc, value, how.wanted);
  }
  return inMacro(tc, call.range, () => {
    const { statements, tail } = configured(tc, expansion);
    for (const statement of statements) checkStatement(tc, statement, how.run);
    return tail === undefined ? undefined : tailExpr(tc, tail, how);
  });
}

/** The statements a macro call expands to; undefined if it is another kind of call, or too deep in others. */
function statementsOf(tc: Tc, call: Extract<Expr, { kind: "macroCall" }>): Extract<MacroExpansion, { kind: "statements" }> | undefined {
  if (!mayExpand(tc)) return undefined;
  const expansion = tc.db.names.expandMacro(macroCallOf(call), tc.scope);
  return expansion.ok && expansion.value.kind === "statements" ? expansion.value : undefined;
}

/** What is checked below stands at the call, as far as places go. */
export function inMacro<T>(tc: Tc, range: RelRange, body: () => T): T {
  const saved = tc.macroRange;
  tc.macroRange ??= range;
  tc.macroDepth += 1;
  const result = body();
  tc.macroDepth -= 1;
  tc.macroRange = saved;
  return result;
}

export function macroCallOf(call: Extract<Expr, { kind: "macroCall" }>): MacroCall {
  return { path: call.path, args: call.args, argsStart: call.argsStart, range: call.range };
}

function checkStatement(tc: Tc, statement: Statement, run: Run): void {
  if (statement.attributes.length > 0) {
    const on = tc.db.names.isEnabled(statement.attributes, tc.scope);
    if (!on.ok) {
      run.out.push({ kind: "expr", expr: trap(tc, on.error, { start: 0, end: 0 }) });
      return;
    }
    if (!on.value) return;
  }
  if (statement.kind === "let") checkLet(tc, statement, run);
  else if (statement.expr.kind === "macroCall") checkMacroStatement(tc, statement.expr, run);
  else addExpr(tc, tc.expr(statement.expr, NO_EXPECT), run);
}

function addExpr(tc: Tc, expr: Thir, run: Run): void {
  run.out.push({ kind: "expr", expr });
  run.diverges ||= isNever(tc, expr.ty);
}

/** What a macro call expands to in statement position joins the block: its `let`s stay in scope, but for names of its own. */
function checkMacroStatement(tc: Tc, call: Extract<Expr, { kind: "macroCall" }>, run: Run): void {
  const expansion = statementsOf(tc, call);
  if (expansion === undefined) {
    addExpr(tc, tc.expr(call, NO_EXPECT), run);
    return;
  }
  const shadowed = new Map([...expansion.hidden].map((name) => [name, findLocal(tc, name) ?? NO_LOCAL]));
  inMacro(tc, call.range, () => {
    for (const statement of expansion.statements) checkStatement(tc, statement, run);
    if (expansion.tail !== undefined) addExpr(tc, tc.expr(expansion.tail, NO_EXPECT), run);
  });
  if (shadowed.size > 0) tc.ribs = [...tc.ribs, shadowed];
}

function checkLet(tc: Tc, statement: Extract<Statement, { kind: "let" }>, run: Run): void {
  const declared = statement.type === undefined ? undefined : intern(tc, tc.db.names.lowerType(statement.type, tc.scope));
  let value = statement.value === undefined ? undefined : tc.expr(statement.value, declared === undefined ? NO_EXPECT : expectTy(declared));
  if (value !== undefined && declared !== undefined) value = coerce(tc, value, declared);
  const otherwise = statement.otherwise === undefined ? undefined : checkBlock(tc, statement.otherwise, NO_EXPECT);
  const ty = declared ?? valueTy(tc, value);
  const { pattern, names } = checkPattern(tc, statement.pattern, ty);
  tc.ribs = [...tc.ribs, names];
  run.out.push({ kind: "let", pattern, value, otherwise });
  run.diverges ||= value !== undefined && isNever(tc, value.ty);
}

/** `let x = return;` gives `x` a type nobody asks for. */
function valueTy(tc: Tc, value: Thir | undefined): Ty {
  return value === undefined || isNever(tc, value.ty) ? tc.table.freshTy("general") : value.ty;
}

export function checkBlockExpr(tc: Tc, expr: Extract<Expr, { kind: "block" }>, expect: Expect): Thir {
  if (expr.label === undefined) return checkBlock(tc, expr.block, expect);
  const target = newTarget(tc, expr.label, { isLoop: false, ty: expect.kind === "has" ? expect.ty : tc.table.freshTy("general") });
  return inTarget(tc, target, () => checkBlock(tc, expr.block, expectTy(target.ty), target));
}

function newTarget(tc: Tc, label: string | undefined, how: { readonly isLoop: boolean; readonly ty: Ty }): JumpTarget {
  return { id: tc.nextTarget++, label, ...how };
}

function inTarget<T>(tc: Tc, target: JumpTarget, body: () => T): T {
  tc.targets.push(target);
  const result = body();
  tc.targets.pop();
  return result;
}

/** Checks a condition and, with the names its `let`s bind in scope, what depends on it. */
function underCondition<T>(tc: Tc, condition: Expr, body: () => T): { readonly condition: Thir; readonly body: T } {
  const ribs = tc.ribs;
  const checked = checkCondition(tc, condition);
  const result = body();
  tc.ribs = ribs;
  return { condition: checked, body: result };
}

/** A condition whose bindings stay in scope. */
function checkCondition(tc: Tc, condition: Expr): Thir {
  const { bool } = tc.interner;
  if (condition.kind === "let") {
    const value = tc.expr(condition.value, NO_EXPECT);
    const { pattern, names } = checkPattern(tc, condition.pattern, value.ty);
    tc.ribs = [...tc.ribs, names];
    return node({ kind: "let", pattern, value }, bool, condition.range);
  }
  if (condition.kind === "binary" && condition.op === "&&") {
    const left = checkCondition(tc, condition.left);
    const right = checkCondition(tc, condition.right);
    return node({ kind: "logic", op: "&&", left, right }, bool, condition.range);
  }
  return coerce(tc, tc.expr(condition, expectTy(bool)), bool);
}

/** Only a type that is known is expected of branches (rustc's `adjust_for_branches`): not what they are cast to. */
function forBranches(tc: Tc, expect: Expect): Expect {
  if (expect.kind !== "has") return NO_EXPECT;
  return tc.table.openKind(structural(tc, expect.ty)) === "general" ? NO_EXPECT : expect;
}

export function checkIf(tc: Tc, expr: Extract<Expr, { kind: "if" }>, wanted: Expect): Thir {
  const expect = forBranches(tc, wanted);
  const { elseBranch } = expr;
  const { condition, body } = underCondition(tc, expr.condition, () =>
    tc.expr(expr.thenBranch, elseBranch === undefined ? expectTy(tc.interner.unit) : expect),
  );
  if (elseBranch === undefined)
    return node({ kind: "if", condition, thenBranch: body, elseBranch: undefined }, tc.interner.unit, expr.range);
  const [thenBranch, otherwise] = joined(tc, [body, tc.expr(elseBranch, afterFirst(tc, body, expect))], expect);
  if (thenBranch === undefined || otherwise === undefined) return body;
  return node({ kind: "if", condition, thenBranch, elseBranch: otherwise }, branchTy(tc, [thenBranch, otherwise]), expr.range);
}

/** Later branches are expected to have the first one's type. */
function afterFirst(tc: Tc, first: Thir, expect: Expect): Expect {
  return expect.kind === "has" || isNever(tc, first.ty) ? expect : expectTy(first.ty);
}

/** Coerces branches to the type expected, or to that of the first one that has any. */
function joined(tc: Tc, branches: readonly Thir[], expect: Expect): readonly Thir[] {
  const values = branches.filter((branch) => !isNever(tc, branch.ty) && branch.kind !== "trap");
  const [first] = values;
  if (first === undefined) return branches;
  const wanted = expect.kind === "has" && structural(tc, expect.ty).kind !== "infer" ? expect.ty : first.ty;
  return branches.map((branch) => coerce(tc, branch, wanted));
}

function branchTy(tc: Tc, branches: readonly Thir[]): Ty {
  const known = branches.find((branch) => !isNever(tc, branch.ty) && branch.kind !== "trap") ?? branches[0];
  return known?.ty ?? tc.interner.never;
}

export function checkMatch(tc: Tc, expr: Extract<Expr, { kind: "match" }>, wanted: Expect): Thir {
  const expect = forBranches(tc, wanted);
  const scrutinee = tc.expr(expr.scrutinee, NO_EXPECT);
  if (scrutinee.kind === "trap") return scrutinee;
  const arms: TArm[] = [];
  let hint = expect;
  for (const arm of expr.arms) {
    const on = arm.attributes.length === 0 ? undefined : tc.db.names.isEnabled(arm.attributes, tc.scope);
    if (on?.ok === false) return trap(tc, on.error, expr.range);
    if (on?.value === false) continue;
    const checked = checkArm(tc, arm, { scrutinee, expect: hint });
    hint = afterFirst(tc, checked.body, hint);
    arms.push(checked);
  }
  const bodies = joined(
    tc,
    arms.map((arm) => arm.body),
    expect,
  );
  const done = arms.map((arm, i) => ({ ...arm, body: bodies[i] ?? arm.body }));
  return node({ kind: "match", scrutinee, arms: done }, branchTy(tc, bodies), expr.range);
}

function checkArm(tc: Tc, arm: MatchArm, how: { readonly scrutinee: Thir; readonly expect: Expect }): TArm {
  const { pattern, names } = checkPattern(tc, arm.pattern, how.scrutinee.ty);
  return inRib(tc, names, () => {
    const { guard } = arm;
    if (guard === undefined) return { pattern, guard: undefined, body: tc.expr(arm.body, how.expect) };
    const under = underCondition(tc, guard, () => tc.expr(arm.body, how.expect));
    return { pattern, guard: under.condition, body: under.body };
  });
}

export function checkLoop(tc: Tc, expr: Extract<Expr, { kind: "loop" }>, expect: Expect): Thir {
  const ty = expect.kind === "has" ? expect.ty : tc.table.freshTy("general");
  const target = newTarget(tc, expr.label, { isLoop: true, ty });
  const body = inTarget(tc, target, () => checkBlock(tc, expr.body, expectTy(tc.interner.unit)));
  const breaks = tc.broken.has(target.id);
  return node({ kind: "loop", condition: undefined, body, target }, breaks ? ty : tc.interner.never, expr.range);
}

export function checkWhile(tc: Tc, expr: Extract<Expr, { kind: "while" }>): Thir {
  const target = newTarget(tc, expr.label, { isLoop: true, ty: tc.interner.unit });
  const { condition, body } = inTarget(tc, target, () =>
    underCondition(tc, expr.condition, () => checkBlock(tc, expr.body, expectTy(tc.interner.unit))),
  );
  return node({ kind: "loop", condition, body, target }, tc.interner.unit, expr.range);
}

function targetOf(tc: Tc, label: string | undefined): JumpTarget | undefined {
  return tc.targets.findLast((target) => (label === undefined ? target.isLoop : target.label === label));
}

export function checkBreak(tc: Tc, expr: Extract<Expr, { kind: "break" }>): Thir {
  const target = targetOf(tc, expr.label);
  if (target === undefined) return trapMessage(tc, msg("this `break` has no target"), expr.range);
  tc.broken.add(target.id);
  const value = expr.value === undefined ? undefined : coerce(tc, tc.expr(expr.value, expectTy(target.ty)), target.ty);
  if (value === undefined) tc.table.unify(target.ty, tc.interner.unit);
  return node({ kind: "break", target, value }, tc.interner.never, expr.range);
}

export function checkContinue(tc: Tc, expr: Extract<Expr, { kind: "continue" }>): Thir {
  const target = targetOf(tc, expr.label);
  if (target === undefined) return trapMessage(tc, msg("this `continue` has no target"), expr.range);
  return node({ kind: "continue", target }, tc.interner.never, expr.range);
}

export function checkReturn(tc: Tc, expr: Extract<Expr, { kind: "return" }>): Thir {
  const value = expr.value === undefined ? undefined : coerce(tc, tc.expr(expr.value, expectTy(tc.result)), tc.result);
  return node({ kind: "return", value }, tc.interner.never, expr.range);
}

const OPTION = "core::option::Option";
const RESULT = "core::result::Result";

/** `operand?` on the two types whose `Try` impls are const: leaves the function with the residual. */
export function checkTry(tc: Tc, expr: Extract<Expr, { kind: "try" }>): Thir {
  const operand = tc.expr(expr.operand, NO_EXPECT);
  if (operand.kind === "trap") return operand;
  const ty = structural(tc, operand.ty);
  const { names } = tc.db;
  if (ty.kind !== "adt") return trapMessage(tc, msg("`?` on this type is not evaluated"), expr.range);
  const isOption = ty.def === names.stdItem(OPTION, tc.scope);
  if (!isOption && ty.def !== names.stdItem(RESULT, tc.scope)) return trapMessage(tc, msg("`?` on this type is not evaluated"), expr.range);
  return tryMatch(tc, { operand, ty, good: isOption ? "Some" : "Ok", bad: isOption ? "None" : "Err" }, expr);
}

interface Tried {
  readonly operand: Thir;
  readonly ty: Extract<Ty, { kind: "adt" }>;
  readonly good: string;
  readonly bad: string;
}

function tryMatch(tc: Tc, tried: Tried, expr: Expr): Thir {
  const { operand, ty, good, bad } = tried;
  const { variants } = tc.db.ty.adt(ty.def);
  const goodVariant = variants.find((v) => v.name === good);
  const badVariant = variants.find((v) => v.name === bad);
  const result = structural(tc, tc.result);
  const value = ty.args[0];
  const residual = bad === "Err" ? ty.args[1] : undefined;
  if (
    goodVariant === undefined ||
    badVariant === undefined ||
    result.kind !== "adt" ||
    result.def !== ty.def ||
    value === undefined ||
    "isConst" in value
  ) {
    return trapMessage(tc, msg("`?` here converts between types, which is not evaluated"), expr.range);
  }
  const error = result.args[1];
  const converts = residual !== undefined && !(error !== undefined && tc.table.unifyArgs([residual], [error]));
  if (converts) return trapMessage(tc, msg("`?` here converts the error, which is not evaluated"), expr.range);
  return node(
    {
      kind: "match",
      scrutinee: operand,
      arms: [goodArm(tc, goodVariant.index, value, tried), badArm(tc, badVariant.index, residual, tried)],
    },
    value,
    expr.range,
  );
}

function goodArm(tc: Tc, variant: number, value: Ty, tried: Tried): TArm {
  const { range } = tried.operand;
  const local = newLocal(tc, value);
  const bind = { kind: "bind", local, mode: "copy", sub: undefined, ty: value, range } as const;
  const pattern = { kind: "fields", variant, fields: [{ index: 0, pattern: bind }], ty: tried.ty, range } as const;
  return { pattern, guard: undefined, body: node({ kind: "local", local }, value, range) };
}

function badArm(tc: Tc, variant: number, residual: Ty | Tried["ty"]["args"][number] | undefined, tried: Tried): TArm {
  const { range } = tried.operand;
  const hasError = residual !== undefined && !("isConst" in residual);
  const local = hasError ? newLocal(tc, residual) : undefined;
  const fields =
    local === undefined || !hasError
      ? []
      : [{ index: 0, pattern: { kind: "bind", local, mode: "copy", sub: undefined, ty: residual, range } as const }];
  const pattern = { kind: "fields", variant, fields, ty: tried.ty, range } as const;
  const values = local === undefined || !hasError ? [] : [{ index: 0, value: node({ kind: "local", local }, residual, range) }];
  const value = node({ kind: "adt", variant, fields: values, base: undefined }, tc.result, range);
  return { pattern, guard: undefined, body: node({ kind: "return", value }, tc.interner.never, range) };
}
