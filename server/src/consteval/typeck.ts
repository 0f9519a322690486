/**
 * Typeck: gives every expression of a body its type and meaning, for one set of generic arguments (rustc's typeck and
 * monomorphisation in one, for what consts may do).
 *
 * Example: `{ let x = 200 + 100; x as u8 }` → the literals are i32 (nothing else decides them), so the value is 44.
 *
 * Invariants: never fails; what is not understood is a trap in the Thir.
 */
import type { DefId } from "../hir-def/def-id.ts";
import type { Expr } from "../hir-def/expr.ts";
import type { ConstScope, GenericArgs, Ty } from "../hir-ty/ty.ts";
import { coerce } from "./coerce.ts";
import type { Body, ConstDb } from "./const-db.ts";
import { InferTable } from "./infer-table.ts";
import type { LocalId, Thir, ThirBody, TPat } from "./thir.ts";
import type { Tc } from "./typeck-context.ts";
import { evaluatedConst, expectTy, inRib, intern, settlePending } from "./typeck-context.ts";
import { checkExpr } from "./typeck-expr.ts";
import { checkPat, checkPattern } from "./typeck-pat.ts";

export interface TypedBody {
  readonly thir: ThirBody;
  readonly table: InferTable;
}

/** Types a single expression that must have a type (given in terms of the owner's parameters). */
export function typeckExpr(
  db: ConstDb,
  place: { readonly scope: ConstScope; readonly args: GenericArgs; readonly expected: Ty },
  expr: Expr,
): TypedBody {
  const tc = context(db, { ...place, owner: place.scope.owner, result: place.expected });
  const body = coerce(tc, tc.expr(expr, expectTy(tc.result)), tc.result);
  return finish(tc, [], body);
}

/** Types the body of a fn with its parameters. */
export function typeckFn(db: ConstDb, fn: { readonly def: DefId; readonly args: GenericArgs; readonly body: Body }): TypedBody {
  const { params, result } = db.signatureOf(fn.def);
  const tc = context(db, { scope: fn.body.scope, owner: fn.def, args: fn.args, result });
  const rib = new Map<string, LocalId>();
  const patterns = fn.body.params.map((pattern, i) => {
    const written = params[i];
    const ty = written === undefined ? tc.table.freshTy("general") : intern(tc, written);
    const checked = checkPattern(tc, pattern, ty);
    for (const [name, local] of checked.names) rib.set(name, local);
    return checked.pattern;
  });
  const body = inRib(tc, rib, () => coerce(tc, tc.expr(fn.body.expr, expectTy(tc.result)), tc.result));
  return finish(tc, patterns, body);
}

interface Start {
  readonly scope: ConstScope;
  readonly owner: DefId;
  readonly args: GenericArgs;
  readonly result: Ty;
}

function context(db: ConstDb, start: Start): Tc {
  const { interner } = db.ty;
  const tc: Tc = {
    db,
    interner,
    table: new InferTable(interner, (value) => evaluatedConst(db, value)),
    owner: start.owner,
    args: start.args,
    result: interner.unit,
    scope: start.scope,
    locals: [],
    localDepths: [],
    ribs: [],
    bindings: new Map(),
    targets: [],
    nextTarget: 0,
    broken: new Set(),
    macroDepth: 0,
    macroCalls: 0,
    macroRange: undefined,
    pending: [],
    expr: (expr, expect) => placed(tc, checkExpr(tc, expr, expect)),
    pat: (pattern, expected, mode) => placed(tc, checkPat(tc, pattern, expected, mode)),
  };
  tc.result = intern(tc, start.result);
  return tc;
}

/** What a macro made stands at its call. */
function placed<T extends Thir | TPat>(tc: Tc, made: T): T {
  return tc.macroRange === undefined ? made : { ...made, range: tc.macroRange };
}

function finish(tc: Tc, params: readonly TPat[], body: Thir): TypedBody {
  settlePending(tc);
  tc.table.fallback();
  settlePending(tc);
  return { thir: { params, body, locals: tc.locals.length }, table: tc.table };
}
