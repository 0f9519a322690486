/**
 * Code for calls: const fns by their bodies, built-in functions by their tables.
 *
 * Invariant: a callee's code is made when it is first reached, so that what is never called need not be understood.
 */
import { msg } from "../base/message.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { GenericArgs, Ty } from "../hir-ty/ty.ts";
import type { Gen } from "./codegen-context.ts";
import { argsOf, emit, emitTrap, emitTrapMessage, typeOf } from "./codegen-context.ts";
import { intrinsic } from "./intrinsics.ts";
import type { Code, Machine } from "./machine.ts";
import { halt } from "./machine.ts";
import { primitiveInt } from "./primitive-int-spec.ts";
import type { Callee, Thir } from "./thir.ts";
import { EMPTY_ENV } from "./typeck-context.ts";
import { isFn } from "./value.ts";

type Call = Extract<Thir, { kind: "call" }>;

export function genCall(gen: Gen, expr: Call): undefined {
  const { callee } = expr;
  switch (callee.kind) {
    case "fn":
      return genFn(gen, expr, { def: callee.def, args: argsOf(gen, callee.args) });
    case "traitFn":
      return genTraitFn(gen, expr, callee);
    case "primitive":
      return genPrimitive(gen, expr, callee);
    case "value":
      return genFnPointer(gen, expr, callee.expr);
  }
}

interface Instance {
  readonly def: DefId;
  readonly args: GenericArgs;
}

function genFn(gen: Gen, expr: Call, instance: Instance): undefined {
  for (const arg of expr.args) gen.value(arg);
  const { def, args } = instance;
  const builtIn = intrinsic(gen.db.names.pathOf(def));
  if (builtIn !== undefined) {
    const params = expr.args.map((arg) => typeOf(gen, arg.ty));
    const result = typeOf(gen, expr.ty);
    return emit(gen, (machine) =>
      machine.push(builtIn({ host: machine.session.host, machine, args: machine.popMany(params.length), generics: args, params, result })),
    );
  }
  if (args.some((arg) => arg.flags.hasInfer))
    return emitTrapMessage(gen, msg("the generic arguments of `{name}` could not be worked out", { name: def.name }));
  const count = expr.args.length;
  let code: Code | undefined;
  emit(gen, (machine) => {
    code ??= machine.session.codeOf(def, args);
    machine.call(code, machine.popMany(count));
  });
}

function genTraitFn(gen: Gen, expr: Call, callee: Extract<Callee, { kind: "traitFn" }>): undefined {
  const args = argsOf(gen, callee.args);
  const ownArgs = argsOf(gen, callee.ownArgs);
  if (args.some((arg) => arg.flags.hasInfer))
    return emitTrapMessage(gen, msg("which impl `{name}` is of could not be worked out", { name: callee.name }));
  const found = gen.db.ty.resolveAssoc({ trait: callee.trait, args }, "fn", callee.name, EMPTY_ENV);
  if (!found.ok) return emitTrap(gen, found.error);
  genFn(gen, expr, { def: found.value.item, args: [...found.value.args, ...ownArgs] });
}

function genPrimitive(gen: Gen, expr: Call, callee: Extract<Callee, { kind: "primitive" }>): undefined {
  for (const arg of expr.args) gen.value(arg);
  const self: Ty = typeOf(gen, callee.self);
  if (self.kind === "infer")
    return emitTrapMessage(gen, msg("the type `{name}` is called on could not be worked out", { name: callee.fn.name }));
  const generics = argsOf(gen, callee.args);
  const result = typeOf(gen, expr.ty);
  const int = primitiveInt(self, gen.db.target.pointerBits);
  const { fn } = callee;
  const count = expr.args.length;
  emit(gen, (machine) => machine.push(fn.run({ host: machine.session.host, self, args: machine.popMany(count), generics, result, int })));
}

function genFnPointer(gen: Gen, expr: Call, pointer: Thir): undefined {
  gen.value(pointer);
  for (const arg of expr.args) gen.value(arg);
  const count = expr.args.length;
  emit(gen, (machine) => callPointer(machine, count));
}

function callPointer(machine: Machine, count: number): undefined {
  const args = machine.popMany(count);
  const target = machine.pop();
  if (!isFn(target) || target.ty.kind !== "fnDef") halt(msg("what is called here is no function that can be evaluated"));
  machine.call(machine.session.codeOf(target.ty.def, target.ty.args), args);
}
