/**
 * The exchangeable parts of a world: trait selection, const evaluation, what attributes do.
 */
import { err, ok } from "../base/result.ts";
import type { World } from "../hir/world.ts";
import type { ConstEvaluator, TraitSolver } from "../hir/world-input.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import { TraitSolver as Solver } from "../traits/trait-solver.ts";

/** Trait selection over a world. */
export function makeSolver(world: World): TraitSolver {
  return new Solver(world);
}

export function makeEvaluator(world: World): ConstEvaluator {
  const ev = (expr: import("../hir-def/expr.ts").Expr, module: import("../hir-def/def-id.ts").ModuleId): bigint | undefined => {
    switch (expr.kind) {
      case "literal":
        return expr.literal.kind === "int" ? expr.literal.value : undefined;
      case "unary": {
        const v = ev(expr.operand, module);
        return v !== undefined && expr.op === "-" ? -v : undefined;
      }
      case "binary": {
        const a = ev(expr.left, module),
          b = ev(expr.right, module);
        if (a === undefined || b === undefined) return undefined;
        if (expr.op === "+") return a + b;
        if (expr.op === "-") return a - b;
        if (expr.op === "*") return a * b;
        if (expr.op === "/") return b === 0n ? undefined : a / b;
        if (expr.op === "<<") return a << b;
        return undefined;
      }
      case "path": {
        const r = world.defs.resolvePath(module, expr.path, "values");
        if (r.kind !== "found" || r.named.kind !== "def" || r.named.def.kind !== "const") return undefined;
        const raw = world.rawItem(r.named.def);
        if (raw?.kind !== "const" || raw.body === undefined) return undefined;
        const t = raw.text.slice(raw.body.start, raw.body.end).replaceAll("_", "");
        return /^\d+$/.test(t) ? BigInt(t) : undefined;
      }
      default:
        return undefined;
    }
  };
  return {
    evalConst: (value) => {
      if (value.kind !== "expr") return err({ kind: "constNotEvaluated", message: "?", culprit: undefined });
      const v = ev(value.expr, value.scope.owner.module);
      return v === undefined
        ? err({ kind: "constNotEvaluated", message: "this const expression is not evaluated", culprit: undefined })
        : ok(v);
    },
  };
}

export function attributeOracle(_world: World, _def: DefId, attr: Attr, hasCustomDerive: boolean): string | undefined {
  return hasCustomDerive ? undefined : `attribute macro \`${attr.path}\` may rewrite this item`;
}
