/**
 * Candidates for trait selection: impls by trait and head of the self type, from the crates the orphan rule allows.
 *
 * Source: Reference, "Orphan rules": an impl stands in the crate of the trait or of a type in its header.
 */
import { effectiveAttrs } from "../hir-def/attrs.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { DefId } from "../hir-def/def-id.ts";
import { allModules, buildImplIndex, type ImplIndex, type IndexedImpl } from "../hir-def/impl-index.ts";
import type { RawItem } from "../hir-def/item-tree.ts";
import { parts } from "../hir-ty/ty-interner.ts";
import { isConst, type Ty } from "../hir-ty/ty.ts";
import type { ImplCandidates } from "../hir-ty/ty-db.ts";

export class ImplSearch {
  readonly #defs: DefDb;
  readonly #index: Query<CrateId, ImplIndex>;

  constructor(defs: DefDb) {
    this.#defs = defs;
    this.#index = new Query<CrateId, ImplIndex>(defs.runtime, { name: "implIndex", compute: (krate) => buildImplIndex(defs, krate), onCycle: () => ({ byTrait: new Map(), problems: [] }) });
  }

  /** Impls of a trait that may apply to a self type; `isOf` resolves an impl's trait (a name may be another trait's). */
  ofTrait(trait: DefId, self: Ty, isOf: (impl: DefId) => boolean): ImplCandidates {
    const impls: DefId[] = [];
    for (const krate of this.#crates(trait, self)) {
      for (const impl of this.#index.get(krate).byTrait.get(trait.name) ?? []) {
        if (mayMatch(impl, self) && isOf(impl.def)) impls.push(impl.def);
      }
    }
    return { impls, incomplete: undefined };
  }

  /** Inherent impls of a type. */
  inherent(self: Ty): ImplCandidates {
    const impls: DefId[] = [];
    for (const krate of this.#crates(undefined, self)) {
      for (const impl of this.#index.get(krate).byTrait.get("") ?? []) if (mayMatch(impl, self)) impls.push(impl.def);
    }
    return { impls, incomplete: undefined };
  }

  /** Definitions with `#[lang = "…"]` in a crate. */
  langItems(krate: CrateId): ReadonlyMap<string, DefId> {
    const out = new Map<string, DefId>();
    const { cfg } = this.#defs.crate(krate);
    for (const module of allModules(this.#defs, krate)) {
      for (const declarations of this.#defs.scope(module).names.values()) {
        for (const declaration of declarations) {
          if (declaration.kind !== "item" || declaration.raw.attrs.length === 0) continue;
          const lang = effectiveAttrs(declaration.raw.attrs, cfg).find((attr) => attr.path === "lang")?.value;
          const { defKind, raw, ordinal } = declaration;
          if (lang !== undefined) out.set(lang, this.#defs.itemId(module, { scope: this.#defs.scope(module), prefix: "" }, { kind: defKind, name: raw.name, ordinal }));
        }
      }
    }
    return out;
  }

  /** The trait's crate and those of all definitions in the self type; primitive types add the sysroot's. */
  #crates(trait: DefId | undefined, self: Ty): ReadonlySet<CrateId> {
    const out = new Set<CrateId>(trait === undefined ? [] : [trait.module.krate]);
    const visit = (ty: Ty): void => {
      if (ty.kind === "adt" || ty.kind === "foreign") out.add(ty.def.module.krate);
      else if (ty.kind === "dyn" && ty.principal !== undefined) out.add(ty.principal.trait.module.krate);
      for (const part of parts(ty)) if (!isConst(part)) visit(part);
    };
    visit(self);
    if (trait === undefined && self.kind !== "adt") for (const id of this.#defs.graph.sysroot.values()) out.add(id);
    return out;
  }
}

/** Rules out impls whose self type is plainly another: by the name of a path, which an alias or parameter may hide. */
function mayMatch(impl: IndexedImpl, self: Ty): boolean {
  const { raw } = impl;
  const written = raw.selfType;
  if (written.kind !== "path") return self.kind === "param" || self.kind === "infer" || written.kind === "macroCall" || headKind(written.kind).includes(self.kind);
  const name = written.path.segments.at(-1)?.name;
  if (name === undefined || isParameter(raw, name) || written.path.qualified !== undefined) return true;
  switch (self.kind) {
    case "adt":
      return name === self.def.name || name === "Self" || mayBeAlias(name, self.def.name);
    case "int":
    case "float":
      return name === self.name || !isPrimitive(name);
    case "bool":
    case "char":
    case "str":
      return name === self.kind || !isPrimitive(name);
    default:
      return !isPrimitive(name);
  }
}

/** An alias of another name may stand for the type: only names known to be primitives are ruled out. */
function mayBeAlias(name: string, _wanted: string): boolean {
  return !isPrimitive(name);
}

const PRIMITIVE = /^(?:bool|char|str|[iu](?:8|16|32|64|128|size)|f(?:16|32|64|128))$/;

function isPrimitive(name: string): boolean {
  return PRIMITIVE.test(name);
}

function isParameter(raw: Extract<RawItem, { kind: "impl" }>, name: string): boolean {
  return raw.generics.params.some((param) => param.name === name);
}

function headKind(written: string): readonly string[] {
  switch (written) {
    case "fnPtr":
      return ["fnPtr"];
    case "dyn":
      return ["dyn"];
    default:
      return [written];
  }
}
