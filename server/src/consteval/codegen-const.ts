/**
 * Code for the uses of consts and statics, const parameters and `offset_of!`.
 *
 * Example: `A` in `const B: u8 = A + 1;` → the value of A, evaluated once and copied for each use.
 *
 * Invariants: a const that needs another asks the memoised `valueOf` while the host's stack is shallow, and evaluates it in a
 * frame of its own when consts nest deeper, so that a chain of a thousand consts works; a const that needs itself is an error.
 */
import { msg } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Const, GenericArgs } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { Gen } from "./codegen-context.ts";
import { argsOf, emit, emitTrap, emitTrapMessage, typeOf } from "./codegen-context.ts";
import { withoutInfer } from "./infer-table.ts";
import type { Machine } from "./machine.ts";
import { Halt, halt } from "./machine.ts";
import { primitiveInt } from "./primitive-int-spec.ts";
import type { Thir } from "./thir.ts";
import { EMPTY_ENV, evaluatedConst } from "./typeck-context.ts";
import { Aggregate, copyValue, instanceKey, pointerTo, UNIT } from "./value.ts";

type ConstUse = Extract<Thir, { kind: "constItem" | "traitConst" | "primitiveConst" | "constArg" | "offsetOf" }>;

export function genConst(gen: Gen, expr: ConstUse): undefined {
  switch (expr.kind) {
    case "constItem":
      return genItem(gen, expr.def, argsOf(gen, expr.args));
    case "traitConst":
      return genTraitConst(gen, expr);
    case "primitiveConst":
      return genPrimitiveConst(gen, expr);
    case "constArg":
      return genConstArg(gen, gen.table.resolveConst(expr.value));
    case "offsetOf":
      return genOffsetOf(gen, expr);
  }
}

function genItem(gen: Gen, def: DefId, args: GenericArgs): undefined {
  if (args.some((arg) => arg.flags.hasInfer))
    return emitTrapMessage(gen, msg("the generic arguments of `{name}` could not be worked out", { name: def.name }));
  emit(gen, (machine) => pushConst(machine, def, args));
}

function genTraitConst(gen: Gen, expr: Extract<ConstUse, { kind: "traitConst" }>): undefined {
  const args = argsOf(gen, expr.args);
  const open: Unknown = {
    kind: "constNotEvaluated",
    message: msg("which impl `{name}` is of could not be worked out", { name: expr.name }),
    culprit: undefined,
  };
  const isOpen = args.some((arg) => arg.flags.hasInfer);
  if (isOpen && args[0]?.flags.hasInfer === true) return emitTrap(gen, open);
  const found = gen.db.ty.resolveAssoc(
    { trait: expr.trait, args: withoutInfer(gen.db.ty.interner, args, open) },
    "const",
    expr.name,
    EMPTY_ENV,
  );
  if (!found.ok) return emitTrap(gen, args.some((arg) => arg.flags.hasParam) ? openTrait(expr.name) : isOpen ? open : found.error);
  const { item, args: own } = found.value;
  // The only impl for the type says what the arguments are that nobody has written, unless it is for all of them.
  if (isOpen && (item.container === expr.trait || own.some((arg) => arg.flags.hasError || arg.flags.hasInfer))) return emitTrap(gen, open);
  genItem(
    gen,
    item,
    own.map((arg) => (isConst(arg) ? evaluatedConst(gen.db, arg) : arg)),
  );
}

/** A trait's item of a type that is still a parameter: generic, not unknown. */
function openTrait(name: string): Unknown {
  return { kind: "generic", message: msg("depends on whose `{name}` is meant", { name }), culprit: undefined };
}

/** Deepest nesting of `valueOf` in `valueOf` on the host's stack; what lies deeper is asked for first, by itself. */
export const MAX_VALUE_NESTING = 24;

/** Pushes the value of a const or static; it may do so by entering a frame. */
function pushConst(machine: Machine, def: DefId, args: GenericArgs): undefined {
  const { session } = machine;
  const key = instanceKey(def, args);
  const known = session.consts.get(key);
  if (known !== undefined) {
    machine.push(machine.copy(known));
    return;
  }
  if (session.nesting < MAX_VALUE_NESTING || session.db.isValueAtHand(def, args)) {
    const value = session.db.valueOf(def, args);
    if (!value.ok) throw new Halt(value.error);
    session.consts.set(key, value.value.value);
    machine.push(machine.copy(value.value.value));
    return;
  }
  if (session.active.has(key)) halt(msg("`{name}` depends on itself", { name: def.name }));
  session.active.add(key);
  machine.enterConst(session.codeOf(def, args), (value) => {
    session.active.delete(key);
    session.consts.set(key, copyValue(value));
  });
}

/** Leaves a pointer to a static on the stack. */
export function genStatic(gen: Gen, def: DefId): undefined {
  emit(gen, (machine) => {
    if (machine.session.statics.has(def)) machine.push(UNIT);
    else pushConst(machine, def, []);
  });
  emit(gen, (machine) => {
    const { statics } = machine.session;
    const value = machine.pop();
    const cell = statics.get(def) ?? Aggregate.of([value]);
    statics.set(def, cell);
    machine.push(pointerTo(cell, 0));
  });
}

function genPrimitiveConst(gen: Gen, expr: Extract<ConstUse, { kind: "primitiveConst" }>): undefined {
  const self = typeOf(gen, expr.self);
  const result = typeOf(gen, expr.ty);
  const int = primitiveInt(self, gen.db.target.pointerBits);
  const { fn } = expr;
  emit(gen, (machine) => machine.push(fn.run({ host: machine.session.host, self, args: [], generics: [], result, int })));
}

function genConstArg(gen: Gen, value: Const): undefined {
  switch (value.kind) {
    case "value": {
      const { value: number } = value;
      return emit(gen, (machine) => machine.push(number));
    }
    case "error":
      return emitTrap(gen, value.why);
    case "param":
      return emitTrap(gen, {
        kind: "generic",
        message: msg("depends on the parameter `{name}`", { name: value.name }),
        culprit: undefined,
      });
    case "infer":
      return emitTrapMessage(gen, msg("a const argument could not be worked out"));
    case "expr": {
      const result = gen.db.ty.evalConst(value);
      if (!result.ok) return emitTrap(gen, result.error);
      return emit(gen, (machine) => machine.push(result.value));
    }
  }
}

function genOffsetOf(gen: Gen, expr: Extract<ConstUse, { kind: "offsetOf" }>): undefined {
  const container = typeOf(gen, expr.container);
  const { fields } = expr;
  emit(gen, (machine) => {
    const offset = machine.session.db.ty.offsetOf(container, fields, EMPTY_ENV);
    if (!offset.ok) throw new Halt(offset.error);
    machine.push(offset.value);
  });
}
