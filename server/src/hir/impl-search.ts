/**
 * Candidates for trait selection: impls by trait and by what they are for (`impl-heads.ts`), from the crates the orphan rule allows.
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
import { allModules, buildImplIndex, implsIn, implsOfModules, modulesOfFiles } from "../hir-def/impl-index.ts";
import type { GenericArg, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { ImplCandidates } from "../hir-ty/ty-db.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { Heads, IsOf } from "./impl-heads.ts";
import { applicable, implHeads, isParameter, NO_HEADS } from "./impl-heads.ts";

/** Files of a crate whose text holds a text; undefined for crates without such an index (all but the std model's). */
export type TextIndex = (krate: CrateId, text: string) => readonly FilePath[] | undefined;

interface Question {
  readonly krate: CrateId;
  /** The trait's last name, empty for inherent impls. */
  readonly trait: string;
  /** A word that every impl asked for mentions. */
  readonly mention: string;
}

interface Place {
  readonly module: ModuleId;
  readonly trait: string;
}

interface Found {
  readonly impls: readonly IndexedImpl[];
  readonly heads: Heads;
  /** Why there may be more. */
  readonly problem: Unknown | undefined;
}

/** Lang items whose impls rustc takes for structs, enums and unions alone, each by its name. */
const FOR_OWN_TYPES: ReadonlySet<string> = new Set(["copy", "drop"]);

const NOTHING: Found = { impls: [], heads: NO_HEADS, problem: undefined };

export class ImplSearch {
  readonly #defs: DefDb;
  readonly #text: TextIndex;
  /** By crate and the trait's last name. */
  readonly #index: Query<string, ImplIndex>;
  readonly #found: Query<Question, Found>;
  /** The impls of a trait (by its last name) that stand in a module itself. */
  readonly #near: Query<Place, Heads>;
  readonly #places = new Map<ModuleId, Map<string, Place>>();
  readonly #questions = new Map<string, Question>();

  constructor(defs: DefDb, text: TextIndex) {
    this.#defs = defs;
    this.#text = text;
    this.#index = new Query<string, ImplIndex>(defs.runtime, {
      name: "implIndex",
      compute: (key) => buildImplIndex(defs, Number(key.split(" ", 1)[0]), key.slice(key.indexOf(" ") + 1)),
      onCycle: () => ({ impls: [], aliases: [], problems: [] }),
    });
    this.#found = new Query<Question, Found>(defs.runtime, {
      name: "impls",
      compute: (question) => this.#search(question),
      onCycle: () => NOTHING,
    });
    this.#near = new Query<Place, Heads>(defs.runtime, {
      name: "nearImpls",
      compute: ({ module, trait }) => implHeads(defs, implsIn(defs, module, trait)),
      onCycle: () => NO_HEADS,
    });
  }

  /**
   * Impls of a trait that may apply to a type and the trait's other arguments; `isOf` resolves an impl's trait (a name may be another
   * trait's).
   */
  ofTrait(trait: DefId, args: readonly GenericArg[], isOf: IsOf): ImplCandidates {
    const impls: DefId[] = [];
    let incomplete: Unknown | undefined;
    for (const found of this.#byCrate(trait, args, isOf)) {
      impls.push(...found.impls);
      incomplete ??= found.incomplete;
    }
    return { impls, incomplete };
  }

  /** The same in groups: impls in the modules of the trait and the types, where most stand, then (these among them) each crate's. */
  *nearestFirst(trait: DefId, args: readonly GenericArg[], isOf: IsOf): Iterable<ImplCandidates> {
    const [self] = args;
    if (self === undefined || isConst(self)) return;
    const modules = [...this.#locals(args, true), trait].map((def) => def.module);
    for (const module of new Set(modules)) {
      if (this.#defs.crate(module.krate).kind === "std") continue;
      const heads = this.#near.get(this.#place(module, trait.name));
      yield { impls: applicable(heads, args, isOf), incomplete: undefined };
    }
    yield* this.#byCrate(trait, args, isOf);
  }

  *#byCrate(trait: DefId, args: readonly GenericArg[], isOf: IsOf): Iterable<ImplCandidates> {
    const [self] = args;
    if (self === undefined || isConst(self)) return;
    for (const krate of this.#crates(trait, args)) {
      const { heads, problem } = this.#found.get(this.#question(krate, trait.name, `::${trait.name}`));
      yield { impls: applicable(heads, args, isOf), incomplete: problem };
    }
  }

  #place(module: ModuleId, trait: string): Place {
    const places = this.#places.get(module) ?? new Map<string, Place>();
    this.#places.set(module, places);
    const place = places.get(trait) ?? { module, trait };
    places.set(trait, place);
    return place;
  }

  #question(krate: CrateId, trait: string, mention: string): Question {
    const key = `${krate} ${trait} ${mention}`;
    let question = this.#questions.get(key);
    if (question === undefined) {
      question = { krate, trait, mention };
      this.#questions.set(key, question);
    }
    return question;
  }

  #search({ krate, trait, mention }: Question): Found {
    const files = this.#text(krate, mention);
    if (files !== undefined) {
      const impls = implsOfModules(this.#defs, modulesOfFiles(this.#defs, krate, files), trait);
      return { impls, heads: implHeads(this.#defs, impls), problem: undefined };
    }
    const named = this.#underAllNames(krate, trait);
    const impls = named.flatMap((index) => index.impls);
    const problem = named[0] === undefined ? undefined : problemAbout(named[0], trait);
    return { impls, heads: implHeads(this.#defs, impls), problem };
  }

  /** The impls of a trait of a crate by its last name, then by the names that imports give it. */
  #underAllNames(krate: CrateId, trait: string): readonly ImplIndex[] {
    const names = new Set([trait]);
    const out: ImplIndex[] = [];
    for (const name of names) {
      const index = this.#index.get(`${krate} ${name}`);
      out.push(index);
      for (const alias of index.aliases) names.add(alias);
    }
    return out;
  }

  /** Inherent impls of a type. */
  inherent(self: Ty): ImplCandidates {
    const impls = new Set<DefId>();
    for (const krate of this.#crates(undefined, [self])) {
      for (const mention of this.#mentionsOf(self)) {
        const { impls: found } = this.#found.get(this.#question(krate, "", mention));
        for (const impl of found) if (mayMatch(impl, self)) impls.add(impl.def);
      }
    }
    return { impls: [...impls], incomplete: undefined };
  }

  /** What the text of an inherent impl holds: of std's types, whose impls are written with whole paths, the start of the impl. */
  #mentionsOf(self: Ty): readonly string[] {
    if (self.kind !== "adt" && self.kind !== "foreign") return ["impl"];
    const { def } = self;
    if (this.#defs.crate(def.module.krate).kind !== "std") return [def.name];
    const path = [...modulePath(this.#defs, def.module), def.name].map((name) => `::${name}`).join("");
    return [`impl ${path}`, `> ${path}`];
  }

  /** The definition with `#[lang = "name"]` in a crate. */
  langItem(krate: CrateId, name: string): DefId | undefined {
    const files = this.#text(krate, `#[lang="${name}"]`);
    const modules = files === undefined ? allModules(this.#defs, krate, "lang") : modulesOfFiles(this.#defs, krate, files);
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

  /**
   * The crates that may hold an impl: the trait's, and those in which one of its arguments is a local type (inherent impls: the self
   * type's own; primitive types have theirs in the sysroot).
   *
   * Source: Reference, "Trait implementation coherence": `Vec<Local>` is not local, `&Local` and `Box<Local>` are.
   */
  #crates(trait: DefId | undefined, args: readonly GenericArg[]): ReadonlySet<CrateId> {
    const [self] = args;
    const isOwn = trait !== undefined && self !== undefined && !isConst(self) && self.kind === "adt" && this.#isForOwnTypes(trait);
    const out = new Set<CrateId>(trait === undefined || isOwn ? [] : [trait.module.krate]);
    for (const def of this.#locals(args, trait !== undefined)) out.add(def.module.krate);
    const isBuiltin = self !== undefined && !isConst(self) && self.kind !== "adt";
    if (trait === undefined && isBuiltin) for (const id of this.#defs.graph.sysroot.values()) out.add(id);
    return out;
  }

  /** Whether impls name the struct, enum or union they are for (E0206, E0120), and so stand in its crate. */
  #isForOwnTypes(trait: DefId): boolean {
    const attrs = this.#defs.rawItem(trait)?.attrs ?? [];
    const { cfg } = this.#defs.crate(trait.module.krate);
    return effectiveAttrs(attrs, cfg).some(({ path, value }) => path === "lang" && value !== undefined && FOR_OWN_TYPES.has(value));
  }

  /** The definitions by which types are local; `looksThrough`: references and fundamental types are as local as what they hold. */
  #locals(args: readonly GenericArg[], looksThrough: boolean): readonly DefId[] {
    return args.flatMap((arg) => (isConst(arg) ? [] : this.#localsOf(arg, looksThrough)));
  }

  #localsOf(ty: Ty, looksThrough: boolean): readonly DefId[] {
    switch (ty.kind) {
      case "ref":
        return looksThrough ? this.#localsOf(ty.target, looksThrough) : [];
      case "dyn":
        return ty.principal === undefined ? [] : [ty.principal.trait];
      case "foreign":
        return [ty.def];
      case "adt":
        return looksThrough && this.#isFundamental(ty.def) ? [ty.def, ...this.#locals(ty.args, looksThrough)] : [ty.def];
      default:
        return [];
    }
  }

  #isFundamental(def: DefId): boolean {
    const attrs = this.#defs.rawItem(def)?.attrs ?? [];
    return attrs.length > 0 && effectiveAttrs(attrs, this.#defs.crate(def.module.krate).cfg).some(({ path }) => path === "fundamental");
  }
}

/** A macro call that was not expanded and may write impls of a trait. */
function problemAbout(index: ImplIndex, trait: string): Unknown | undefined {
  const word = new RegExp(`(?<![\\w#])${trait}(?!\\w)`);
  const found = index.problems.find(({ text, isOpenEnded }) => isOpenEnded || word.test(text));
  return found === undefined ? undefined : { kind: found.problem.kind, message: found.problem.message, culprit: undefined };
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

/** The names of a module and of those around it, the crate's first. */
function modulePath(defs: DefDb, module: ModuleId): readonly string[] {
  const names: string[] = [];
  for (let at: ModuleId | undefined = module; at !== undefined; at = at.parent)
    names.unshift(at.parent === undefined ? defs.crate(at.krate).name : at.name);
  return names;
}
