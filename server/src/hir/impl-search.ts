/**
 * Candidates for trait selection: impls by trait and head of the self type, from the crates the orphan rule allows.
 *
 * Source: Reference, "Orphan rules": an impl stands in the crate of the trait or of a type in its header.
 */

import type { FilePath } from "../base/path.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import { effectiveAttrs } from "../hir-def/attrs.ts";
import type { DefDb } from "../hir-def/def-db.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import type { ImplIndex, IndexedImpl } from "../hir-def/impl-index.ts";
import { allModules, buildImplIndex, implsOfModules, modulesOfFiles } from "../hir-def/impl-index.ts";
import type { RawItem } from "../hir-def/item-tree.ts";
import type { Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { ImplCandidates } from "../hir-ty/ty-db.ts";
import { parts } from "../hir-ty/ty-interner.ts";

/** Files of a crate whose text holds a text; undefined for crates without such an index (all but the std model's). */
export type TextIndex = (krate: CrateId, text: string) => readonly FilePath[] | undefined;

interface Question {
  readonly krate: CrateId;
  /** The trait's last name, empty for inherent impls. */
  readonly trait: string;
  /** A word that every impl asked for mentions. */
  readonly mention: string;
}

export class ImplSearch {
  readonly #defs: DefDb;
  readonly #text: TextIndex;
  /** By crate and the trait's last name. */
  readonly #index: Query<string, ImplIndex>;
  readonly #found: Query<Question, readonly IndexedImpl[]>;
  readonly #questions = new Map<string, Question>();

  constructor(defs: DefDb, text: TextIndex) {
    this.#defs = defs;
    this.#text = text;
    this.#index = new Query<string, ImplIndex>(defs.runtime, {
      name: "implIndex",
      compute: (key) => buildImplIndex(defs, Number(key.split(" ", 1)[0]), key.slice(key.indexOf(" ") + 1)),
      onCycle: () => ({ byTrait: new Map(), problems: [] }),
    });
    this.#found = new Query<Question, readonly IndexedImpl[]>(defs.runtime, {
      name: "impls",
      compute: (question) => this.#search(question),
      onCycle: () => [],
    });
  }

  /** Impls of a trait that may apply to a self type; `isOf` resolves an impl's trait (a name may be another trait's). */
  ofTrait(trait: DefId, self: Ty, isOf: (impl: DefId) => boolean): ImplCandidates {
    const impls: DefId[] = [];
    for (const krate of this.#crates(trait, self)) {
      for (const impl of this.#ask(krate, trait.name, `::${trait.name}`)) if (mayMatch(impl, self) && isOf(impl.def)) impls.push(impl.def);
    }
    return { impls, incomplete: undefined };
  }

  #ask(krate: CrateId, trait: string, mention: string): readonly IndexedImpl[] {
    const key = `${krate} ${trait} ${mention}`;
    let question = this.#questions.get(key);
    if (question === undefined) {
      question = { krate, trait, mention };
      this.#questions.set(key, question);
    }
    return this.#found.get(question);
  }

  #search({ krate, trait, mention }: Question): readonly IndexedImpl[] {
    const files = this.#text(krate, mention);
    if (files === undefined) return this.#index.get(`${krate} ${trait}`).byTrait.get(trait) ?? [];
    return implsOfModules(this.#defs, modulesOfFiles(this.#defs, krate, files)).get(trait) ?? [];
  }

  /** Inherent impls of a type. */
  inherent(self: Ty): ImplCandidates {
    const impls: DefId[] = [];
    const mention = self.kind === "adt" || self.kind === "foreign" ? self.def.name : "impl";
    for (const krate of this.#crates(undefined, self)) {
      for (const impl of this.#ask(krate, "", mention)) if (mayMatch(impl, self)) impls.push(impl.def);
    }
    return { impls, incomplete: undefined };
  }

  /** The definition with `#[lang = "name"]` in a crate. */
  langItem(krate: CrateId, name: string): DefId | undefined {
    const files = this.#text(krate, `#[lang="${name}"]`);
    const modules = files === undefined ? allModules(this.#defs, krate) : modulesOfFiles(this.#defs, krate, files);
    for (const module of modules) {
      const found = this.#langItemIn(module, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #langItemIn(module: ModuleId, name: string): DefId | undefined {
    const { cfg } = this.#defs.crate(module.krate);
    const scope = this.#defs.scope(module);
    for (const declarations of scope.names.values()) {
      for (const declaration of declarations) {
        if (declaration.kind !== "item" || declaration.raw.attrs.length === 0) continue;
        const { defKind, raw, ordinal } = declaration;
        const lang = effectiveAttrs(raw.attrs, cfg).find((attr) => attr.path === "lang")?.value;
        if (lang === name) return this.#defs.itemId(module, { scope, prefix: "" }, { kind: defKind, name: raw.name, ordinal });
      }
    }
    return undefined;
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
  if (written.kind !== "path")
    return self.kind === "param" || self.kind === "infer" || written.kind === "macroCall" || headKind(written.kind).includes(self.kind);
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
