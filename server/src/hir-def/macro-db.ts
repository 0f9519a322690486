/**
 * MacroDb: which macros calls name and what they make, memoised call by call (rust-analyzer's `macro_expand`, one level up: items,
 * not trees).
 *
 * Invariant: a call is resolved and expanded when someone asks for something it may make, and only once for each revision of what
 * it depends on.
 */
import { msg, sameMessage } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import type { MacroDef } from "../hir-expand/macro-def.ts";
import type { MacroError } from "../hir-expand/macro-error.ts";
import type { PlacedUnit } from "../syntax/unit-walker.ts";
import type { DefId, ModuleId } from "./def-id.ts";
import type { RawItem } from "./item-tree.ts";
import type { ItemListId, MacroCallId, MacroHost, MacroResult, MacroTarget } from "./macro-call.ts";
import { calledName, listAround, MacroCallInterner } from "./macro-call.ts";
import { computeCall, computeDefinition } from "./macro-expand.ts";
import type { MacroMaker, MacroReach } from "./macro-reach.ts";
import { CLOSED, computeDefReach, computeMakers, computeReach, computeWrittenMacros, mayDefine } from "./macro-reach.ts";
import { neighbourMacro, positionOfCall, positionOfModule, resolveMadeMacro, resolveWrittenMacro, textualMacro } from "./macro-scope.ts";
import type { UnitText } from "./macro-tokens.ts";
import type { NameProblem } from "./name-db.ts";
import type { DeclaredMacroCall, ModuleScope } from "./scope.ts";
import { buildScope } from "./scope.ts";

/** The compiler's default for `#![recursion_limit]`. */
const RECURSION_LIMIT = 128;
/** Texts of macro output whose items are kept, by length (UTF-16) and number. */
const MAX_SHORT = 300;
const MAX_KEPT = 1000;
const IN_PROGRESS: MacroResult = { kind: "none" };
const CYCLE: MacroTarget = { kind: "problem", problem: { kind: "macro", message: msg("which macro is called depends on what it makes") } };

interface InheritedKey {
  readonly module: ModuleId;
  readonly name: string;
}

export class MacroDb {
  readonly calls = new MacroCallInterner();
  readonly #db: MacroHost;
  readonly #result: Query<MacroCallId, MacroResult>;
  readonly #target: Query<MacroCallId, MacroTarget>;
  readonly #writtenTarget: Query<MacroCallId, MacroTarget | undefined>;
  readonly #definition: Query<DefId, Result<MacroDef, MacroError | NameProblem>>;
  readonly #reach: Query<MacroCallId, MacroReach>;
  readonly #defReach: Query<DefId, MacroReach>;
  readonly #written: Query<ModuleId, ReadonlyMap<string, readonly DefId[]>>;
  readonly #makers: Query<ItemListId, readonly MacroMaker[]>;
  readonly #inherited: Query<InheritedKey, DefId | undefined>;
  readonly #associated: Query<DefId, ModuleScope | undefined>;
  readonly #limit: Query<CrateId, number>;
  readonly #keys = new Map<ModuleId, Map<string, InheritedKey>>();
  readonly #short = new Map<string, readonly PlacedUnit<RawItem>[]>();
  readonly #ids = new WeakMap<DeclaredMacroCall, MacroCallId>();
  readonly #declared = new WeakMap<ModuleScope, ReadonlyMap<string, DeclaredMacroCall>>();

  constructor(db: MacroHost) {
    this.#db = db;
    const { runtime } = db;
    this.#result = new Query<MacroCallId, MacroResult>(runtime, {
      name: "expandCall",
      compute: (call) => computeCall(db, call),
      equals: sameResult,
      onCycle: () => IN_PROGRESS,
    });
    this.#target = new Query<MacroCallId, MacroTarget>(runtime, {
      name: "resolveMacro",
      compute: (call) => this.#computeTarget(call),
      equals: sameTarget,
      onCycle: () => CYCLE,
    });
    this.#writtenTarget = new Query<MacroCallId, MacroTarget | undefined>(runtime, {
      name: "writtenMacro",
      compute: (call) => this.#computeWrittenTarget(call),
      equals: (a, b) => (a === undefined || b === undefined ? a === b : sameTarget(a, b)),
      onCycle: () => undefined,
    });
    this.#definition = new Query(runtime, { name: "macroDef", compute: (def) => computeDefinition(db, def), equals: sameDefinition });
    this.#reach = new Query<MacroCallId, MacroReach>(runtime, {
      name: "macroReach",
      compute: (call) => computeReach(db, call),
      onCycle: () => CLOSED,
    });
    this.#defReach = new Query<DefId, MacroReach>(runtime, {
      name: "macroDefReach",
      compute: (def) => computeDefReach(db, def),
      onCycle: () => CLOSED,
    });
    this.#written = new Query<ModuleId, ReadonlyMap<string, readonly DefId[]>>(runtime, {
      name: "writtenMacros",
      compute: (module) => computeWrittenMacros(db, module),
      onCycle: () => new Map(),
    });
    this.#makers = new Query<ItemListId, readonly MacroMaker[]>(runtime, {
      name: "macroMakers",
      compute: (list) => computeMakers(db, list),
      onCycle: () => [],
    });
    this.#inherited = new Query<InheritedKey, DefId | undefined>(runtime, {
      name: "inheritedMacro",
      compute: (key) => this.#computeInherited(key),
      onCycle: () => undefined,
    });
    this.#associated = new Query(runtime, { name: "associatedScope", compute: (def) => this.#associatedScope(def) });
    this.#limit = new Query(runtime, { name: "recursionLimit", compute: (krate) => this.#computeLimit(krate) });
  }

  /** What a call makes. */
  result(call: MacroCallId): MacroResult {
    return this.#result.get(call);
  }

  /** The macro a call names. */
  resolve(call: MacroCallId): MacroTarget {
    return this.#target.get(call);
  }

  /** The macro a call names, if it is found by textual scope and written names. */
  writtenTarget(call: MacroCallId): MacroTarget | undefined {
    return this.#writtenTarget.get(call);
  }

  /** The rules of a macro. */
  definition(def: DefId): Result<MacroDef, MacroError | NameProblem> {
    return this.#definition.get(def);
  }

  reachOfCall(call: MacroCallId): MacroReach {
    return this.#reach.get(call);
  }

  reachOfDef(def: DefId): MacroReach {
    return this.#defReach.get(def);
  }

  /** The macros written in a module and in its `#[macro_use]` modules. */
  writtenMacros(module: ModuleId): ReadonlyMap<string, readonly DefId[]> {
    return this.#written.get(module);
  }

  /** The items of a macro's output; short ones that say the same are the same. */
  unitsOf(text: string): readonly PlacedUnit<RawItem>[] {
    if (text.length > MAX_SHORT) return this.#db.source.parseText(text);
    let units = this.#short.get(text);
    if (units === undefined) {
      units = this.#db.source.parseText(text);
      if (this.#short.size >= MAX_KEPT) this.#short.clear();
      this.#short.set(text, units);
    }
    return units;
  }

  /** The calls of a list that may define macros. */
  makers(list: ItemListId): readonly MacroMaker[] {
    return this.#makers.get(list);
  }

  /** Whether a maker may define a macro of a name. */
  mayDefine(maker: MacroMaker, name: string): boolean {
    return mayDefine(this.#db, maker, name);
  }

  /** The `macro_rules!` of a name in scope where a module begins. */
  inherited(module: ModuleId, name: string): DefId | undefined {
    let keys = this.#keys.get(module);
    if (keys === undefined) {
      keys = new Map();
      this.#keys.set(module, keys);
    }
    let key = keys.get(name);
    if (key === undefined) {
      key = { module, name };
      keys.set(name, key);
    }
    return this.#inherited.get(key);
  }

  /** The id of a call declared in a list. Asked for each call of a list with each name that is looked for. */
  idOf(list: ItemListId, call: DeclaredMacroCall): MacroCallId {
    let id = this.#ids.get(call);
    if (id === undefined) {
      id = this.calls.get(list, calledName(call.raw), call.ordinal);
      this.#ids.set(call, id);
    }
    return id;
  }

  /** A call as it is declared now; undefined if it is gone. */
  declaredCall(call: MacroCallId): DeclaredMacroCall | undefined {
    const scope = this.scopeOf(listAround(call));
    return scope === undefined ? undefined : this.#declaredIn(scope).get(`${call.name}#${call.ordinal}`);
  }

  /** How many calls stand around what a call makes, itself and those it was followed through included; 0 if it makes nothing. */
  depthOf(call: MacroCallId | undefined): number {
    const result = call === undefined ? undefined : this.result(call);
    return result?.kind === "items" ? result.depth : 0;
  }

  /** What a list of items declares. */
  scopeOf(list: ItemListId): ModuleScope | undefined {
    if (list.kind === "module") return this.#db.scope(list);
    if (list.kind !== "macroCall") return this.#associated.get(list);
    const result = this.result(list);
    return result.kind === "items" ? result.scope : undefined;
  }

  /** The units of a list and the expansion they stand in; undefined for those whose text is a file's or part of another unit. */
  textOf(list: ItemListId): UnitText | undefined {
    if (list.kind === "module") return this.#textOfModule(list);
    if (list.kind !== "macroCall") return undefined;
    const result = this.result(list);
    return result.kind === "items" ? result : undefined;
  }

  /** `#![recursion_limit = "n"]`. */
  recursionLimit(krate: CrateId): number {
    return this.#limit.get(krate);
  }

  /** The calls of a list by name and ordinal. */
  #declaredIn(scope: ModuleScope): ReadonlyMap<string, DeclaredMacroCall> {
    let calls = this.#declared.get(scope);
    if (calls === undefined) {
      calls = new Map(scope.macroCalls.map((call) => [`${calledName(call.raw)}#${call.ordinal}`, call] as const));
      this.#declared.set(scope, calls);
    }
    return calls;
  }

  /** An inline module made by a macro: its units stand in the expansion. */
  #textOfModule(module: ModuleId): UnitText | undefined {
    const { parent, origin } = module;
    if (origin.kind !== "inline" || parent === undefined) return undefined;
    const around = this.textOf(this.calls.byPrefix(parent, module.prefix) ?? parent);
    if (around?.expansion === undefined) return undefined;
    const namesakes = around.units.filter(({ value }) => value.kind === "module" && value.name === module.name);
    const unit = namesakes[origin.ordinal];
    return unit?.kind === "module" ? { units: unit.units, expansion: around.expansion } : undefined;
  }

  #computeTarget(call: MacroCallId): MacroTarget {
    if (call.parent !== undefined && this.#isSplit(call.parent)) return this.resolve(call.parent);
    const declared = this.declaredCall(call);
    if (declared === undefined) return { kind: "std" };
    return this.writtenTarget(call) ?? resolveMadeMacro(this.#db, call.module, declared.raw.path);
  }

  #computeWrittenTarget(call: MacroCallId): MacroTarget | undefined {
    if (call.parent !== undefined && this.#isSplit(call.parent)) return this.writtenTarget(call.parent);
    const path = this.declaredCall(call)?.raw.path;
    if (path === undefined) return undefined;
    const target = resolveWrittenMacro(this.#db, { module: call.module, position: positionOfCall(this.#db, call) }, path);
    const isPlain = path.segments.length === 1 && path.anchor.kind === "plain";
    return target === undefined && isPlain ? this.#byDefinitionSite(call) : target;
  }

  /** Whether a call was taken apart: its parts name the macro that it names. */
  #isSplit(call: MacroCallId): boolean {
    const result = this.result(call);
    return result.kind === "items" && result.isSplit;
  }

  #byDefinitionSite(call: MacroCallId): MacroTarget | undefined {
    const outer = call.parent === undefined ? undefined : this.result(call.parent);
    const by = outer?.kind === "items" ? outer.chain?.by : undefined;
    return by === undefined ? undefined : neighbourMacro(this.#db, by, call.name);
  }

  #computeInherited({ module, name }: InheritedKey): DefId | undefined {
    const position = positionOfModule(this.#db, module);
    return position === undefined ? undefined : textualMacro(this.#db, position, name);
  }

  #associatedScope(def: DefId): ModuleScope | undefined {
    const raw = this.#db.rawItem(def);
    if (raw?.kind !== "impl" && raw?.kind !== "trait") return undefined;
    return buildScope(
      raw.items.map((item) => ({ raw: item, children: undefined })),
      this.#db.crate(def.module.krate).cfg,
    );
  }

  #computeLimit(krate: CrateId): number {
    const { items } = this.#db.source.itemTree(this.#db.crate(krate).root);
    const attrs = items.flatMap((node) => (node.raw.kind === "innerAttributes" ? node.raw.attrs : []));
    const value = Number(attrs.find((attr) => attr.path === "recursion_limit")?.value);
    return Number.isInteger(value) && value > 0 ? Math.min(value, 1024) : RECURSION_LIMIT;
  }
}

/** An expansion with the same text and tokens written at the same places is the same. */
function sameResult(a: MacroResult, b: MacroResult): boolean {
  if (a.kind === "problem")
    return b.kind === "problem" && a.problem.kind === b.problem.kind && sameMessage(a.problem.message, b.problem.message);
  if (a.kind === "none" || b.kind !== "items") return a.kind === b.kind;
  if (a.file !== undefined || b.file !== undefined || a.expansion === undefined || b.expansion === undefined) return false;
  return a.expansion.text === b.expansion.text && sameNumbers(a.expansion.tokens.writtenStarts, b.expansion.tokens.writtenStarts);
}

function sameNumbers(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

function sameTarget(a: MacroTarget, b: MacroTarget): boolean {
  if (a.kind === "def") return b.kind === "def" && a.def === b.def;
  if (a.kind === "problem") return b.kind === "problem" && sameMessage(a.problem.message, b.problem.message);
  if (a.kind === "builtin") return b.kind === "builtin" && a.name === b.name;
  if (a.kind === "proc") return b.kind === "proc" && a.def === b.def;
  return a.kind === b.kind;
}

/** Rules are read from text alone; a definition read again differs only if its text does, which the raw item's identity tells. */
function sameDefinition(a: Result<MacroDef, MacroError | NameProblem>, b: Result<MacroDef, MacroError | NameProblem>): boolean {
  return a === b;
}
