/**
 * Const evaluation over a world: its `ConstDb`, with bodies parsed on demand and values memoised.
 *
 * Invariant: a body is lowered once for an item's text; values are queries, so an edit re-evaluates what read it.
 */
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { Body, ConstDb, ConstNames } from "../consteval/const-db.ts";
import { evalInteger, evalItem } from "../consteval/eval.ts";
import type { ConstVal } from "../consteval/value.ts";
import { Query } from "../db/query.ts";
import { blockScopes } from "../hir-def/block-scope.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import type { Expr, Pat, RelRange } from "../hir-def/expr.ts";
import type { RawConst, RawFn } from "../hir-def/item-tree.ts";
import { lowerExpr, lowerPat } from "../hir-def/lower-expr.ts";
import { exprContext, lowerType } from "../hir-def/lower-type.ts";
import { readConstBody } from "../hir-def/read-const.ts";
import type { TypeRef } from "../hir-def/type-ref.ts";
import { activeParts } from "../hir-ty/adt.ts";
import { variantDiscriminant } from "../hir-ty/discriminants.ts";
import { lowerTypeRef } from "../hir-ty/lower-ty.ts";
import type { Const, ConstScope, GenericArgs, Ty } from "../hir-ty/ty.ts";
import type { ConstResult } from "../hir-ty/ty-db.ts";
import { scopeOf } from "../hir-ty/type-scope.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { child, field } from "../syntax/syntax-node.ts";
import { needsDrop } from "../traits/needs-drop.ts";
import { expandBodyMacro } from "./const-macros.ts";
import { pathNames } from "./const-names.ts";
import type { World } from "./world.ts";
import type { ConstEvaluator } from "./world-input.ts";

/** What a body's text is made of: patterns of the parameters and the value. */
interface LoweredBody {
  readonly params: readonly Pat[];
  readonly expr: Expr;
  /** The written type of `self: Type`. */
  readonly selfType: TypeRef | undefined;
}

export class WorldConstEvaluator implements ConstEvaluator {
  readonly #world: World;
  readonly #bodies = new WeakMap<RawFn | RawConst, LoweredBody>();
  readonly #values: Query<Ty, Result<ConstVal, Unknown>>;
  readonly db: ConstDb;

  constructor(world: World) {
    this.#world = world;
    this.#values = new Query(world.runtime, {
      name: "constValue",
      compute: (key) => this.#evaluate(key),
      onCycle: () => err({ kind: "constNotEvaluated", message: msg("a const depends on itself"), culprit: undefined }),
    });
    this.db = this.#constDb();
  }

  evalConst(value: Const): ConstResult {
    if (value.kind !== "expr") return this.#world.evalConst(value);
    const { expr, scope, args, type } = value;
    return evalInteger(this.db, { expr, scope, args, expected: type });
  }

  /** The value of a const or static with its type. */
  valueOf(def: DefId, args: GenericArgs): Result<ConstVal, Unknown> {
    return this.#values.get(this.#keyOf(def, args));
  }

  #keyOf(def: DefId, args: GenericArgs): Ty {
    return this.#world.interner.ty({ kind: "fnDef", def, args });
  }

  #evaluate(key: Ty): Result<ConstVal, Unknown> {
    if (key.kind !== "fnDef") throw new Error("a const is keyed by its definition and arguments");
    return evalItem(this.db, key.def, key.args);
  }

  #constDb(): ConstDb {
    const world = this.#world;
    const pointerBits = Number(world.cx.target.pointer.indexSize) * 8;
    return {
      ty: world,
      names: this.#names(),
      target: { pointerBits: pointerBits === 16 ? 16 : pointerBits === 32 ? 32 : 64, bigEndian: world.cx.target.endian === "big" },
      signatureOf: (fn) => this.#signature(fn),
      recursionLimit: (scope) => world.defs.macros.recursionLimit(scope.owner.module.krate),
      needsDrop: (ty) => {
        const answer = needsDrop(world, ty, { id: "", predicates: [] });
        if (answer !== undefined) return ok(answer);
        const message = msg("whether dropping this type runs code is not known");
        return err({ kind: ty.flags.hasParam ? "generic" : "constNotEvaluated", message, culprit: undefined });
      },
      hasConstDrop: (ty) => hasConstDrop(world, ty),
      discriminantsOf: (def) => world.discriminants(def),
      discriminantOf: (def, variant) => {
        const recipe = world.recipe(def);
        return recipe.ok ? variantDiscriminant(world, def, variant, recipe.value.repr) : recipe;
      },
      valueOf: (def, args) => this.valueOf(def, args),
      isValueAtHand: (def, args) => this.#values.isAtHand(this.#keyOf(def, args), args.length === 0),
    };
  }

  #names(): ConstNames {
    return {
      ...pathNames(this.#world),
      expandMacro: (call, scope) => expandBodyMacro(this.#world, call, scope),
      bodyOf: (def) => this.#bodyOf(def),
      pathOf: (def) => pathOf(this.#world, def),
      stdItem: (path, from) => this.#stdItem(path, from),
    };
  }

  #bodyOf(def: DefId): Result<Body, Unknown> | undefined {
    const raw = this.#world.rawItem(def);
    if ((raw?.kind !== "fn" && raw?.kind !== "const" && raw?.kind !== "static") || raw.body === undefined) return undefined;
    const rewritten = this.#world.rewritten.of(def);
    if (rewritten !== undefined) return err(rewritten);
    const { params, expr } = this.#lowered(raw);
    const scope = { owner: def, block: [] };
    if (raw.kind !== "fn" || raw.params.every(({ attrs }) => attrs.length === 0)) return ok({ params, expr, scope });
    const { parts, why } = activeParts(this.#world, def, raw.params);
    const active: ReadonlySet<unknown> = new Set(parts);
    const own = params.length - raw.params.length;
    return why === undefined ? ok({ params: params.filter((_, i) => i < own || active.has(raw.params[i - own])), expr, scope }) : err(why);
  }

  #lowered(raw: RawFn | RawConst): LoweredBody {
    let lowered = this.#bodies.get(raw);
    if (lowered === undefined) {
      lowered = plainBody(raw) ?? this.#parsedBody(raw);
      this.#bodies.set(raw, lowered);
    }
    return lowered;
  }

  #parsedBody({ text, range }: RawFn | RawConst): LoweredBody {
    this.#world.runtime.countWork("parseConst");
    const root = this.#world.defs.source.parser.parseSnippet(text.slice(range.start, range.end), range.start);
    return lowerBody(text, root, range);
  }

  /** Parameter types with `self`, which the item tree leaves out. */
  #signature(fn: DefId): { readonly params: readonly Ty[]; readonly result: Ty } {
    const world = this.#world;
    const signature = world.signatureOf(fn);
    const raw = world.rawItem(fn);
    if (raw?.kind !== "fn" || raw.selfParam === "none") return signature;
    const self = world.selfType(fn) ?? world.interner.unit;
    const written = raw.selfParam === "typed" ? this.#lowered(raw).selfType : undefined;
    const first = written === undefined ? selfParamType(world, self, raw.selfParam) : lowerTypeRef(world, scopeOf(fn), written);
    return { params: [first, ...signature.params], result: signature.result };
  }

  #stdItem(path: string, from: ConstScope): DefId | undefined {
    const world = this.#world;
    const [krate = "", ...names] = path.split("::");
    const id =
      world.defs.graph.sysroot.get(krate) ?? (world.crate(from.owner.module.krate).name === krate ? from.owner.module.krate : undefined);
    if (id === undefined) return undefined;
    let module: ModuleId = world.defs.rootModule(id);
    for (const [i, name] of names.entries()) {
      const found = world.defs.lookup(module, name, "types");
      if (found.kind !== "found") return undefined;
      if (i === names.length - 1) return found.named.kind === "def" ? found.named.def : undefined;
      if (found.named.kind !== "module") return undefined;
      module = found.named.module;
    }
    return undefined;
  }
}

function selfParamType(world: World, self: Ty, kind: RawFn["selfParam"]): Ty {
  return kind === "ref" || kind === "refMut" ? world.interner.ty({ kind: "ref", mutable: kind === "refMut", target: self }) : self;
}

/** The definition's path as std documents it. */
function pathOf(world: World, def: DefId): string {
  const names: string[] = [];
  for (let at: ModuleId | undefined = def.module; at !== undefined; at = at.parent) {
    names.unshift(at.parent === undefined ? world.crate(at.krate).name : at.name);
  }
  return [...names, ...(def.container === undefined ? [] : ["<impl>"]), def.name].join("::");
}

/** The value of a const or static that is read off its text. */
function plainBody(raw: RawFn | RawConst): LoweredBody | undefined {
  const expr = raw.kind === "fn" ? undefined : readConstBody(raw);
  return expr === undefined ? undefined : { params: [], expr, selfType: undefined };
}

function lowerBody(text: string, root: SynNode, range: RelRange): LoweredBody {
  const item = root.children.find((c) => c.kind === "function_item" || c.kind === "const_item" || c.kind === "static_item");
  const types = { text, scopes: blockScopes(root) };
  const ctx = exprContext(types);
  const value = item === undefined ? undefined : (field(item, "body") ?? field(item, "value"));
  if (item === undefined || value === undefined)
    return { params: [], expr: { kind: "missing", reason: msg("this body cannot be read"), range }, selfType: undefined };
  const parameters = field(item, "parameters");
  const list = parameters?.children.filter((c) => c.kind === "self_parameter" || c.kind === "parameter") ?? [];
  const typedSelf = list.find((c) => c.kind === "parameter" && field(c, "pattern")?.kind === "self");
  const selfTypeNode = typedSelf === undefined ? undefined : field(typedSelf, "type");
  return {
    params: list.map((param) => paramPattern(ctx, param)),
    expr: lowerExpr(ctx, value),
    selfType: selfTypeNode === undefined ? undefined : lowerType(types, selfTypeNode),
  };
}

function paramPattern(ctx: ReturnType<typeof exprContext>, param: SynNode): Pat {
  const range = { start: param.start, end: param.end };
  const pattern = field(param, "pattern");
  const isMutable = child(param, "mutable_specifier") !== undefined;
  if (param.kind === "self_parameter" || pattern?.kind === "self")
    return { kind: "bind", name: "self", byRef: false, mutable: isMutable, sub: undefined, range };
  if (pattern === undefined) return { kind: "wildcard", range };
  const lowered = lowerPat(ctx, pattern);
  return isMutable && lowered.kind === "bind" ? { ...lowered, mutable: true } : lowered;
}

function hasConstDrop(world: World, ty: Ty): boolean {
  const trait = ty.kind === "adt" ? world.langItem("drop", ty.def.module.krate) : undefined;
  return trait !== undefined && world.implsOfTrait(trait, [ty]).impls.some((impl) => isConstImpl(world, impl));
}

/** `impl const Trait for` and `const impl Trait for`. */
function isConstImpl(world: World, impl: DefId): boolean {
  const raw = world.defs.rawItem(impl);
  return (
    raw?.kind === "impl" &&
    raw.traitRange !== undefined &&
    /\bconst(?:\s+(?:unsafe\s+)?impl\b.*|\s*)$/s.test(raw.text.slice(0, raw.traitRange.start))
  );
}
