/**
 * The way into const evaluation: expressions, consts and statics, array lengths, discriminants.
 *
 * Example: `evalInteger` of `N * 2` with N = 3 and type usize → 6.
 *
 * Invariants: never throws for user input – `Halt` is caught here and nowhere else; deterministic; bounded by `LIMITS`.
 */
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Expr } from "../hir-def/expr.ts";
import { noteSteps, stepsOf } from "../hir-ty/const-steps.ts";
import { arithmetic } from "../hir-ty/literal-arithmetic.ts";
import type { ConstScope, GenericArgs, Ty } from "../hir-ty/ty.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import { generate } from "./codegen.ts";
import { MAX_VALUE_NESTING } from "./codegen-const.ts";
import type { ConstDb } from "./const-db.ts";
import type { Code, Limits, Session } from "./machine.ts";
import { Halt, halt, Machine } from "./machine.ts";
import type { PrimitiveHost } from "./primitive-fn.ts";
import type { TypedBody } from "./typeck.ts";
import { typeckExpr, typeckFn } from "./typeck.ts";
import type { ConstVal, Value } from "./value.ts";
import { Aggregate, instanceKey, TooLarge } from "./value.ts";

/** Steps and cells keep a pathological const within 200 ms. rustc's lint `long_running_const_eval` fires at 2,000,000 loop turns. */
const LIMITS = { steps: 5_000_000, cells: 5_000_000 } as const;

/** Evaluations on the host's stack at once: consts that need layouts that need consts … */
const MAX_NESTING = 40;

export interface EvalRequest {
  readonly expr: Expr;
  readonly scope: ConstScope;
  /** Values for the parameters of the scope's owner (and of its container). */
  readonly args: GenericArgs;
  /** The type the expression must have, in terms of the owner's parameters. */
  readonly expected: Ty;
}

/** The value of an expression, or why it has none. */
export function evalExpr(db: ConstDb, request: EvalRequest): Result<ConstVal, Unknown> {
  const { scope, args, expected, expr } = request;
  const ty = db.ty.substitute(expected, scope.owner, args);
  return run(db, scope, (session) => {
    const typed = typeckExpr(db, { scope, args, expected }, expr);
    return { ty, value: execute(session, generate(db, scope.owner, typed)) };
  });
}

/** The value of an expression that is an integer, bool or char: an array length, a const argument. */
export function evalInteger(db: ConstDb, request: EvalRequest): Result<bigint, Unknown> {
  const plain = plainInteger(db, request.expr, request.scope, request.expected);
  if (plain !== undefined) return ok(plain);
  const result = evalExpr(db, request);
  if (!result.ok) return result;
  const { value } = result.value;
  if (typeof value === "bigint") return noteSteps(ok(value), stepsOf(result));
  return err({
    kind: "constNotEvaluated",
    message: msg("this const is no integer"),
    culprit: { owner: request.scope.owner, range: request.expr.range },
  });
}

/** The value of a const or static with all its arguments; `ConstDb.valueOf` is this behind a query. */
export function evalItem(db: ConstDb, def: DefId, args: GenericArgs): Result<ConstVal, Unknown> {
  const declared = db.ty.typeOf(def);
  if (declared === undefined)
    return err({
      kind: "constNotEvaluated",
      message: msg("the type of `{name}` is not known", { name: def.name }),
      culprit: { owner: def, range: undefined },
    });
  const plain = def.kind === "const" && args.length === 0 ? plainItem(db, def, declared) : undefined;
  if (plain !== undefined) return ok({ ty: declared, value: plain });
  const ty = db.ty.normalize(db.ty.substitute(declared, def, args), { id: "", predicates: [] });
  return run(db, { owner: def, block: [] }, (session) => ({ ty, value: execute(session, session.codeOf(def, args)) }));
}

function plainItem(db: ConstDb, def: DefId, type: Ty): bigint | undefined {
  if (type.kind !== "int") return undefined;
  const body = db.names.bodyOf(def);
  return body?.ok === true ? plainInteger(db, body.value.expr, body.value.scope, type) : undefined;
}

/** The value of arithmetic on literals and on constants of the same type, which is most of what is written, without code for it. */
function plainInteger(db: ConstDb, expr: Expr, scope: ConstScope, type: Ty): bigint | undefined {
  if (type.kind !== "int") return undefined;
  return arithmetic(expr, {
    type: type.name,
    pointerBits: db.target.pointerBits,
    named: (path) => {
      const named = db.names.resolveValue(path, scope);
      const def = named.ok && named.value.kind === "item" && named.value.args.length === 0 ? named.value.def : undefined;
      return def?.kind === "const" && db.ty.typeOf(def) === type ? valueInside(db, def) : undefined;
    },
  });
}

/** The integer that a constant is; undefined where it has no value, or evaluations are nested too deeply. */
function valueInside(db: ConstDb, def: DefId): bigint | undefined {
  const depth = nesting.get(db) ?? 0;
  if (depth >= MAX_VALUE_NESTING && !db.isValueAtHand(def, [])) return undefined;
  const found = nested(db, depth, () => db.valueOf(def, []));
  return found.ok && typeof found.value.value === "bigint" ? found.value.value : undefined;
}

function execute(session: Session, code: Code): Value {
  const machine = new Machine(session, code);
  try {
    return machine.run();
  } catch (error) {
    if (error instanceof TooLarge)
      throw new Halt({ kind: "constNotEvaluated", message: msg("an array is too large to be written to"), culprit: machine.place });
    if (!(error instanceof Halt) || error.why.culprit !== undefined) throw error;
    throw new Halt({ ...error.why, culprit: machine.place });
  } finally {
    steps.set(session, (steps.get(session) ?? 0) + machine.steps);
  }
}

/** The steps that sessions have taken. */
const steps = new WeakMap<Session, number>();

/** Evaluations under way, by database: they nest through layouts and queries. */
const nesting = new WeakMap<ConstDb, number>();

/** An evaluation inside as many others. */
function nested<T>(db: ConstDb, depth: number, evaluate: () => T): T {
  nesting.set(db, depth + 1);
  try {
    return evaluate();
  } finally {
    nesting.set(db, depth);
  }
}

function run<T>(db: ConstDb, scope: ConstScope, body: (session: Session) => T): Result<T, Unknown> {
  const depth = nesting.get(db) ?? 0;
  const culprit = { owner: scope.owner, range: undefined };
  if (depth >= MAX_NESTING) return err({ kind: "tooDeep", message: msg("consts and layouts depend on each other too deeply"), culprit });
  try {
    return nested(db, depth, () => {
      const session = newSession(db, scope, depth);
      const value = body(session);
      return noteSteps(ok(value), steps.get(session) ?? 0);
    });
  } catch (error) {
    // The host's own stack ran out: typing nests as deep as expressions do, and evaluations nest in each other.
    if (error instanceof RangeError)
      return err({ kind: "tooDeep", message: msg("consts and layouts depend on each other too deeply"), culprit });
    if (!(error instanceof Halt)) throw error;
    return err(error.why.culprit === undefined ? { ...error.why, culprit } : error.why);
  }
}

function newSession(db: ConstDb, scope: ConstScope, depth: number): Session {
  const codes = new Map<string, Code>();
  const codeOf = (def: DefId, args: GenericArgs): Code => {
    const key = instanceKey(def, args);
    let code = codes.get(key);
    if (code === undefined) {
      code = generate(db, def, typedItem(db, def, args));
      codes.set(key, code);
    }
    return code;
  };
  const limits: Limits = { ...LIMITS, frames: db.recursionLimit(scope) };
  return { db, limits, codeOf, consts: new Map(), statics: new Map(), active: new Set(), nesting: depth, host: hostOf(db) };
}

function typedItem(db: ConstDb, def: DefId, args: GenericArgs): TypedBody {
  const body = db.names.bodyOf(def);
  if (body === undefined) return halt(msg("`{name}` has no body here", { name: def.name }));
  if (!body.ok) throw new Halt(body.error);
  if (def.kind === "fn") return typeckFn(db, { def, args, body: body.value });
  const expected = db.ty.typeOf(def);
  if (expected === undefined) return halt(msg("the type of `{name}` is not known", { name: def.name }));
  return typeckExpr(db, { scope: body.value.scope, args, expected }, body.value.expr);
}

function hostOf(db: ConstDb): PrimitiveHost {
  return {
    db,
    panic: halt,
    variant: (ty, name, fields) => {
      const variant = ty.kind === "adt" ? db.ty.adt(ty.def).variants.find((v) => v.name === name) : undefined;
      if (variant === undefined) return halt(msg("the standard library model lacks the variant `{name}`", { name }));
      return Aggregate.of([...fields], variant.index);
    },
  };
}
