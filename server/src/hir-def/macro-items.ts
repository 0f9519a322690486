/**
 * What the macro calls of a module make, all of it or as far as some words matter.
 *
 * Invariant: what one written call leads to is bounded (macro-budget.ts).
 */
import { msg } from "../base/message.ts";
import { MacroBudget } from "./macro-budget.ts";
import type { ItemListId, MacroCallId, MacroHost, MacroOutput } from "./macro-call.ts";
import { mayMake } from "./macro-reach.ts";
import type { ExpandedScopes } from "./name-db.ts";
import type { DeclaredMacroCall } from "./scope.ts";

/** All calls, or only those whose macros are found by written names. */
export type MacroStage = "all" | "written";

interface Walk {
  readonly db: MacroHost;
  /** Only calls that may make one of these words; undefined: all. */
  readonly words: readonly string[] | undefined;
  readonly stage: MacroStage;
  readonly parts: MacroOutput[];
  readonly problems: ExpandedScopes["problems"][number][];
  budget: MacroBudget;
  /** Whether the problem of the spent budget is told. */
  isToldSpent: boolean;
}

/** Expands every item macro of a list of items. */
export function expandList(db: MacroHost, list: ItemListId): ExpandedScopes {
  return walkList(db, list, { words: undefined, stage: "all" });
}

/** Expands the item macros of a list that may make something with one of the words in it. */
export function expandListFor(db: MacroHost, list: ItemListId, words: readonly string[], stage: MacroStage = "all"): ExpandedScopes {
  return walkList(db, list, { words, stage });
}

const NOTHING: ExpandedScopes = { parts: [], problems: [] };

function walkList(db: MacroHost, list: ItemListId, { words, stage }: Pick<Walk, "words" | "stage">): ExpandedScopes {
  const module = list.kind === "module" ? list : list.module;
  // The model of the standard library is written out; its macros are headers only.
  if (db.crate(module.krate).kind === "std") return NOTHING;
  const scope = db.macros.scopeOf(list);
  if (scope === undefined || scope.macroCalls.length === 0) return NOTHING;
  const walk: Walk = { db, words, stage, parts: [], problems: [], budget: new MacroBudget(0), isToldSpent: false };
  for (const call of scope.macroCalls) {
    walk.budget = new MacroBudget(call.raw.text.length);
    walk.isToldSpent = false;
    visitCall(walk, list, call);
  }
  return walk.parts.length + walk.problems.length === 0 ? NOTHING : { parts: walk.parts, problems: walk.problems };
}

function visitCall(walk: Walk, list: ItemListId, call: DeclaredMacroCall): void {
  const { db } = walk;
  if (!isWanted(walk, list, call)) return;
  const id: MacroCallId = db.macros.idOf(list, call);
  if (!walk.budget.takeCall(list)) {
    if (!walk.isToldSpent) walk.problems.push(tooMuch(walk, id, call));
    walk.isToldSpent = true;
    return;
  }
  const result = db.macros.result(id);
  if (result.kind === "none") return;
  if (result.kind === "problem") {
    if (isStatement(list) && !ITEM_WORD.test(call.raw.args)) return;
    walk.problems.push({ text: call.raw.args, problem: result.problem, isOpenEnded: false });
    return;
  }
  walk.budget.takeResult(list, id, result);
  walk.parts.push(result);
  if (result.scope.hasSyntaxErrors && result.expansion !== undefined && !isStatement(list)) {
    walk.problems.push({
      text: result.expansion.text,
      problem: { kind: "macro", message: msg("what macro `{name}!` makes could not be read", { name: id.name }) },
      isOpenEnded: false,
    });
  }
  for (const inner of result.scope.macroCalls) visitCall(walk, id, inner);
}

function isWanted({ db, words, stage }: Walk, list: ItemListId, call: DeclaredMacroCall): boolean {
  if (words !== undefined && !mayMake(db, list, call, words)) return false;
  return stage === "all" || db.macros.writtenTarget(db.macros.idOf(list, call)) !== undefined;
}

function tooMuch(walk: Walk, id: MacroCallId, call: DeclaredMacroCall): Walk["problems"][number] {
  return {
    text: call.raw.args,
    problem: { kind: "macro", message: walk.budget.excess(id.name) },
    isOpenEnded: true,
  };
}

/** What stands in a text that declares items. */
const ITEM_WORD = /\b(?:struct|enum|union|type|mod|use|trait|macro_rules)\b/;

/** Whether a list holds the statements of a block, where a macro mostly stands for something to do. */
function isStatement(list: ItemListId): boolean {
  return (list.kind === "module" ? list : list.module).origin.kind === "block";
}
