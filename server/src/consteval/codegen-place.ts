/**
 * Code for places: expressions that name memory. A value where a place is wanted gets memory of its own.
 *
 * Example: `&s.a[1]` → pointer to local s; field a; element 1.
 */

import { genStatic } from "./codegen-const.ts";
import type { Gen } from "./codegen-context.ts";
import { emit, typeOf } from "./codegen-context.ts";
import { elementPlace, fieldPlace } from "./memory.ts";
import { typed, unionField } from "./reinterpret.ts";
import type { Thir } from "./thir.ts";
import { Aggregate, pointerTo } from "./value.ts";

/** Whether an expression names memory that outlives it. */
export function isPlace(expr: Thir): boolean {
  switch (expr.kind) {
    case "local":
    case "deref":
    case "staticItem":
      return true;
    case "field":
    case "index":
      return isPlace(expr.operand);
    default:
      return false;
  }
}

/** Leaves a pointer to the place on the stack. */
export function genPlace(gen: Gen, expr: Thir): undefined {
  const saved = gen.range;
  gen.range = expr.range;
  genPlaceKind(gen, expr);
  gen.range = saved;
}

function genPlaceKind(gen: Gen, expr: Thir): undefined {
  switch (expr.kind) {
    case "local": {
      const { local } = expr;
      return emit(gen, (machine) => machine.push(pointerTo(machine.frame.locals, local)));
    }
    case "deref":
      return genDeref(gen, expr);
    case "field":
      return genField(gen, expr);
    case "index":
      gen.place(expr.operand);
      gen.value(expr.index);
      return emit(gen, (machine) => {
        const index = machine.popInt();
        machine.push(elementPlace(machine.popPointer(), index));
      });
    case "staticItem":
      return genStatic(gen, expr.def);
    default:
      gen.value(expr);
      return emit(gen, (machine) => {
        machine.push(pointerTo(Aggregate.of([machine.pop()]), 0));
      });
  }
}

function genDeref(gen: Gen, expr: Extract<Thir, { kind: "deref" }>): undefined {
  const ty = typeOf(gen, expr.ty);
  const { db } = gen;
  gen.value(expr.operand);
  emit(gen, (machine) => {
    const pointer = machine.popPointer();
    machine.push(typed(db, pointer, ty));
  });
}

function genField(gen: Gen, expr: Extract<Thir, { kind: "field" }>): undefined {
  const { index } = expr;
  const owner = typeOf(gen, expr.operand.ty);
  const { db } = gen;
  gen.place(expr.operand);
  if (owner.kind === "adt" && owner.def.kind === "union") {
    emit(gen, (machine) => machine.push(unionField(db, machine.popPointer(), { union: owner, index })));
    return;
  }
  emit(gen, (machine) => machine.push(fieldPlace(machine.popPointer(), index)));
}
