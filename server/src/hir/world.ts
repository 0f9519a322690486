/**
 * World: all crates of one crate graph, for one target and compiler version, with every question answered and memoised: the
 * place where names, types, traits, consts and layouts are put together.
 *
 * Invariants: holds no state but memos; two worlds share the files' items and nothing else; rules of the language decide, names
 * of std types never do.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { sameElements } from "../base/same-elements.ts";
import type { CrateData, CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import { effectiveAttrs } from "../hir-def/attrs.ts";
import { DefDb } from "../hir-def/def-db.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Attr, RawItem } from "../hir-def/item-tree.ts";
import { MacroWords } from "../hir-def/macro-words.ts";
import type { TypeRef } from "../hir-def/type-ref.ts";
import { activeParts, computeAdt } from "../hir-ty/adt.ts";
import { computeSelfType, computeTypeOf } from "../hir-ty/definition-types.ts";
import { derivedTraits } from "../hir-ty/derives.ts";
import { fieldOffset } from "../hir-ty/field-offset.ts";
import { computeGenerics } from "../hir-ty/generics.ts";
import type { LayoutDb, TyLayout } from "../hir-ty/layout-db.ts";
import type { AdtRecipe } from "../hir-ty/layout-of-adt.ts";
import type { ParamUses } from "../hir-ty/layout-params.ts";
import { circularDefault, computeParamDefault } from "../hir-ty/lower-args.ts";
import type { LowerDb, TypeMacroCall } from "../hir-ty/lower-db.ts";
import { adtSelfType } from "../hir-ty/lower-path.ts";
import { lowerTypeRef } from "../hir-ty/lower-ty.ts";
import { computePredicates } from "../hir-ty/predicates.ts";
import { sizedness } from "../hir-ty/sizedness.ts";
import { substitute } from "../hir-ty/substitute.ts";
import { computeAssocBounds, computeImplHeader, computeTraitDef, implTraitRef, langOf } from "../hir-ty/trait-defs.ts";
import type { Const, GenericArg, GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import type {
  AdtDef,
  Certainty,
  ConstResult,
  GenericParamDef,
  Generics,
  ImplCandidates,
  ImplHeader,
  ParamEnv,
  Predicate,
  SizeAlign,
  TraitDef,
  TyDb,
} from "../hir-ty/ty-db.ts";
import { TyInterner } from "../hir-ty/ty-interner.ts";
import type { TypeScope } from "../hir-ty/type-scope.ts";
import { scopeOf } from "../hir-ty/type-scope.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { LayoutCx } from "../layout/layout-cx.ts";
import { LayoutMemo } from "../layout/layout-memo.ts";
import { FileIndex } from "./file-index.ts";
import { ImplSearch } from "./impl-search.ts";
import { LangItems } from "./lang-items.ts";
import { Layouts } from "./layouts.ts";
import { typeFromText } from "./parse-type.ts";
import { Rewritten, rewrittenType, withWhy } from "./rewritten.ts";
import { TypeMacros } from "./type-macros.ts";
import type { ConstEvaluator, TraitSolver, WorldInput } from "./world-input.ts";
import { aliasCycle, aliasTooDeep, constCycle, openConst, sameAdt, sameConst, sameGenerics, sizeAlignOf } from "./world-values.ts";

const EMPTY_ENV: ParamEnv = { id: "", predicates: [] };

export class World implements TyDb, LowerDb, LayoutDb {
  readonly defs: DefDb;
  readonly interner = new TyInterner();
  readonly cx: LayoutCx;
  readonly laidOut: LayoutMemo;
  readonly macroWords: MacroWords;
  /** Definitions by file. */
  readonly files: FileIndex;
  /** What attribute macros may have rewritten. */
  readonly rewritten: Rewritten;
  readonly #input: WorldInput;
  readonly #solver: TraitSolver;
  readonly #evaluator: ConstEvaluator;
  readonly #impls: ImplSearch;
  readonly #typeMacros: TypeMacros;

  readonly #generics: Query<DefId, Generics>;
  readonly #paramDefault: Query<GenericParamDef, GenericArg | undefined>;
  readonly #predicates: Query<DefId, readonly Predicate[]>;
  readonly #typeOf: Query<DefId, Ty | undefined>;
  readonly #selfType: Query<DefId, Ty | undefined>;
  readonly #adt: Query<DefId, AdtDef>;
  readonly #traitDef: Query<DefId, TraitDef>;
  readonly #implHeader: Query<DefId, ImplHeader>;
  readonly #implTraitRef: Query<DefId, TraitRef | undefined>;
  readonly #langItems: LangItems;
  readonly #lang: Query<DefId, string | undefined>;
  readonly #layouts: Layouts;
  readonly #const: Query<Const, ConstResult>;
  readonly #derived: Query<DefId, readonly DefId[]>;
  readonly #associated: Query<DefId, readonly DefId[]>;

  constructor(input: WorldInput) {
    const { runtime } = input.source;
    this.#input = input;
    this.cx = input.cx;
    this.laidOut = new LayoutMemo(input.cx);
    this.files = new FileIndex(this);
    this.defs = new DefDb(input.source, input.graph);
    this.rewritten = new Rewritten(runtime, this.defs, (module, attr) => input.itemAttributeOracle(this, module, attr));
    this.macroWords = new MacroWords(this.defs);
    this.#typeMacros = new TypeMacros(this.defs);
    this.#impls = new ImplSearch(this.defs, input.textIndex);
    this.#generics = new Query(runtime, {
      name: "generics",
      compute: (def) => computeGenerics(this.defs, def, (d) => this.genericsOf(d)),
      equals: sameGenerics,
    });
    this.#paramDefault = new Query(runtime, {
      name: "paramDefault",
      compute: (param) => computeParamDefault(this, param),
      onCycle: (param) => circularDefault(this, param),
    });
    this.#predicates = new Query(runtime, { name: "predicates", compute: (def) => computePredicates(this, def), onCycle: () => [] });
    this.#typeOf = new Query(runtime, {
      name: "typeOf",
      compute: (def) => rewrittenType(this, def) ?? computeTypeOf(this, def),
      onCycle: (def) => this.interner.error(aliasCycle(def)),
      onDeep: (def) => this.interner.error(aliasTooDeep(def)),
    });
    this.#selfType = new Query(runtime, { name: "selfType", compute: (def) => computeSelfType(this, def), onCycle: () => undefined });
    this.#adt = new Query(runtime, {
      name: "adt",
      compute: (def) =>
        withWhy(
          computeAdt(this, def, (d, attr) => input.attributeOracle(this, d, attr)),
          this.rewritten,
        ),
      equals: sameAdt,
    });
    this.#traitDef = new Query(runtime, { name: "traitDef", compute: (def) => computeTraitDef(this, def) });
    this.#implHeader = new Query(runtime, { name: "implHeader", compute: (def) => computeImplHeader(this, def, this.predicatesOf(def)) });
    this.#implTraitRef = new Query(runtime, { name: "implTraitRef", compute: (def) => implTraitRef(this, def), onCycle: () => undefined });
    this.#langItems = new LangItems(this.defs, this.#impls);
    this.#lang = new Query(runtime, { name: "lang", compute: (def) => langOf(this, def) });
    this.#layouts = new Layouts(runtime, this);
    this.#const = new Query(runtime, {
      name: "const",
      compute: (value) => this.#evaluator.evalConst(value),
      equals: sameConst,
      onCycle: () => err(constCycle()),
    });
    this.#associated = new Query(runtime, { name: "associated", compute: (def) => this.defs.associatedItems(def), equals: sameElements });
    this.#derived = new Query(runtime, { name: "derived", compute: (def) => derivedTraits(this, def), equals: sameElements });
    this.#solver = input.solver(this);
    this.#evaluator = input.evaluator(this);
  }

  get runtime(): QueryRuntime {
    return this.#input.source.runtime;
  }

  get lower(): LowerDb {
    return this;
  }

  get rules(): LayoutCx["rules"] {
    return this.cx.rules;
  }

  // --- definitions ---

  crate(id: CrateId): CrateData {
    return this.defs.crate(id);
  }

  rawItem(def: DefId): RawItem | undefined {
    return this.defs.rawItem(def);
  }

  /** The effective attributes of a definition. */
  attrsOf(def: DefId): readonly Attr[] {
    return effectiveAttrs(this.rawItem(def)?.attrs ?? [], this.crate(def.module.krate).cfg);
  }

  langItem(name: string, from: CrateId): DefId | undefined {
    return this.#langItems.find(name, from);
  }

  langOf(def: DefId): string | undefined {
    return this.#lang.get(def);
  }

  assocItem(container: DefId, kind: "typeAlias" | "const" | "fn", name: string): DefId | undefined {
    return this.#associated.get(container).find((item) => item.kind === kind && item.name === name);
  }

  genericsOf(def: DefId): Generics {
    return this.#generics.get(def);
  }

  predicatesOf(def: DefId): readonly Predicate[] {
    return this.#predicates.get(def);
  }

  paramEnv(def: DefId): ParamEnv {
    const predicates = this.predicatesOf(def);
    return predicates.length === 0 ? EMPTY_ENV : { id: def.key, predicates };
  }

  paramDefault(param: GenericParamDef): GenericArg | undefined {
    return param.hasDefault ? this.#paramDefault.get(param) : undefined;
  }

  typeOf(def: DefId): Ty | undefined {
    return this.#typeOf.get(def);
  }

  selfType(owner: DefId): Ty | undefined {
    const isAdt = owner.kind === "struct" || owner.kind === "enum" || owner.kind === "union";
    return isAdt ? adtSelfType(this, owner) : this.#selfType.get(owner);
  }

  implTrait(impl: DefId): DefId | undefined {
    return this.#implTraitRef.get(impl)?.trait;
  }

  implTraitArgs(impl: DefId): TraitRef | undefined {
    return this.#implTraitRef.get(impl);
  }

  expandTypeMacro(scope: TypeScope, call: TypeMacroCall, lower: (ref: TypeRef) => Ty): Ty | { readonly problem: Message } {
    return this.#typeMacros.expand(scope, call, lower);
  }

  lowerType(scope: TypeScope, ref: TypeRef): Ty {
    return lowerTypeRef(this, scope, ref);
  }

  parseType(text: string): TypeRef {
    return typeFromText(this.#input.source.parser, text);
  }

  signatureOf(fn: DefId): { readonly params: readonly Ty[]; readonly result: Ty } {
    const raw = this.rawItem(fn);
    if (raw?.kind !== "fn") return { params: [], result: this.interner.unit };
    const scope = scopeOf(fn);
    return {
      params: activeParts(this, fn, raw.params).parts.map((param) => lowerTypeRef(this, scope, param.type)),
      result: raw.result === undefined ? this.interner.unit : lowerTypeRef(this, scope, raw.result),
    };
  }

  assocTypeBounds(assoc: DefId): readonly Predicate[] {
    return computeAssocBounds(this, assoc);
  }

  adt(def: DefId): AdtDef {
    return this.#adt.get(def);
  }

  traitDef(trait: DefId): TraitDef {
    return this.#traitDef.get(trait);
  }

  implHeader(impl: DefId): ImplHeader {
    return this.#implHeader.get(impl);
  }

  implsOfTrait(trait: DefId, args: GenericArgs): ImplCandidates {
    return this.#impls.ofTrait(trait, args, (impl) => this.implTrait(impl) === trait);
  }

  implsNearestFirst(trait: DefId, args: GenericArgs): Iterable<ImplCandidates> {
    return this.#impls.nearestFirst(trait, args, (impl) => this.implTrait(impl) === trait);
  }

  inherentImpls(self: Ty): ImplCandidates {
    return this.#impls.inherent(self);
  }

  substitute(ty: Ty, owner: DefId, args: GenericArgs): Ty {
    return substitute(this.interner, ty, owner, args);
  }

  // --- traits ---

  normalize(ty: Ty, env: ParamEnv = EMPTY_ENV): Ty {
    return ty.flags.hasProjection ? this.#solver.normalize(ty, env) : ty;
  }

  implements(ref: TraitRef, env: ParamEnv = EMPTY_ENV): Certainty {
    return this.#solver.implements(ref, env);
  }

  resolveAssoc(ref: TraitRef, kind: "const" | "fn", name: string, env: ParamEnv): ReturnType<TraitSolver["resolveAssoc"]> {
    return this.#solver.resolveAssoc(ref, kind, name, env);
  }

  // --- consts ---

  evalConst(value: Const): ConstResult {
    switch (value.kind) {
      case "value":
        return ok(value.value);
      case "error":
        return err(value.why);
      case "param":
        return err(openConst(value));
      case "infer":
        return err({ kind: "invalidType", message: msg("a const is inferred from code"), culprit: undefined });
      case "expr":
        return this.#const.get(value);
    }
  }

  discriminants(def: DefId): Result<readonly bigint[], Unknown> {
    return this.#layouts.discriminants(def);
  }

  // --- layout ---

  layoutOf(ty: Ty): TyLayout {
    return this.#layouts.of(ty);
  }

  recipe(def: DefId): Result<AdtRecipe, Unknown> {
    return this.#layouts.recipe(def);
  }

  paramUses(def: DefId): ParamUses {
    return this.#layouts.paramUses(def);
  }

  sizedness(ty: Ty): "sized" | "unsized" | "maybe" {
    return sizedness(this, ty);
  }

  /** Traits the compiler's own derives implement for a definition. */
  derivedTraits(def: DefId): readonly DefId[] {
    return this.#derived.get(def);
  }

  isKnownSized(ty: Ty): boolean {
    return sizedness(this, ty) === "sized";
  }

  sizeAlign(ty: Ty): Result<SizeAlign, Unknown> {
    const layout = this.layoutOf(ty);
    return layout.ok ? sizeAlignOf(layout.value) : layout;
  }

  offsetOf(ty: Ty, path: readonly string[]): Result<bigint, Unknown> {
    return fieldOffset(this, ty, path);
  }
}
