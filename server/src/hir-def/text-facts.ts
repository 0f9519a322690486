/**
 * What a text may declare, judged without parsing it.
 *
 * Example: a file that does not say `Link` and calls no macro that says it holds no `impl Link for …`, so nobody who looks for one
 * has to parse the file.
 *
 * Invariant: `false` is certain under the assumptions of macro-reach.ts; comments and strings only make it `true` more often.
 */
import { mayJoinNames } from "../hir-expand/paste.ts";
import { withoutComments } from "../syntax/code-text.ts";
import type { ModuleId } from "./def-id.ts";
import { mentions } from "./lookup.ts";
import type { MacroHost } from "./macro-call.ts";
import type { MacroReach } from "./macro-reach.ts";
import { argumentsReach, nearbyMacros } from "./macro-reach.ts";
import { STATEMENT_MACROS } from "./macro-scope.ts";

export interface TextFacts {
  /** The text without its comments. */
  readonly code: string;
  /** It may declare a module whose contents stand elsewhere: `mod name;`, `mod $name …`. */
  readonly mayDeclareFiles: boolean;
  /** The macros it calls by plain names, or by paths that start at `crate`, `std` and the like. */
  readonly calls: readonly string[];
  /** It calls a macro by another path, or one whose name is not written. */
  readonly callsOthers: boolean;
  /** It defines macros that may put names together. */
  readonly joinsNames: boolean;
  /** The macros it defines. */
  readonly defines: ReadonlySet<string>;
}

/** `mod` that is not followed by `name {`. */
const MODULE_ELSEWHERE = /\bmod\b(?!\s+(?:r#)?\w+\s*\{)/;
/** What stands behind the `!` of a call or definition; not `!=`. */
const EXCLAMATION = /!\s*[({[\w]/g;
const DEFINITION = /\bmacro(?:_rules\s*!)?\s+(?:r#)?(\w+)/g;
/** A path's end in front of `!`, and the word or sign before it. */
const PATH_END = /((?:[$\w]+\s*::\s*)*)(\$?\w+)\s*$/;
/** A path that a repetition puts together, or a name with letters that no pattern here knows. */
const ODD_END = /(?:\)\s*(?:::)?\s*[*+?]|[^\0-\x7f]\w*)\s*$/;
const OWN_PATH = /^(?:(?:\$crate|crate|self|super|std|core|alloc)\s*::\s*)*$/;
/** Words behind which `!` is the operator; paths of macros are not longer than `LONGEST_PATH`. */
const KEYWORDS = new Set(
  "as async await break const continue do dyn else for if impl in let loop match move mut ref return static unsafe use where while yield".split(
    " ",
  ),
);
const LONGEST_PATH = 200;

/** An impl as an item, not as a type. */
const IMPL_ITEM = /(?:^|[;{}\]])\s*(?:(?:default|unsafe|const)\s+)*impl\b/;

/** Reads what matters out of a text. */
export function textFacts(text: string): TextFacts {
  const code = withoutComments(text);
  const calls = new Set<string>();
  let callsOthers = false;
  for (const { index } of code.matchAll(EXCLAMATION)) {
    const before = code.slice(Math.max(0, index - LONGEST_PATH), index);
    const [, prefix = "", name = ""] = PATH_END.exec(before) ?? [];
    if (ODD_END.test(before)) callsOthers = true;
    if (name === "" || KEYWORDS.has(name) || name === "macro_rules") continue;
    if (name.startsWith("$") || !OWN_PATH.test(prefix)) callsOthers = true;
    else calls.add(name);
  }
  const defines = new Set<string>();
  for (const [, name = ""] of code.matchAll(DEFINITION)) defines.add(name);
  const joinsNames = defines.size > 0 && mayJoinNames(code);
  return { code, mayDeclareFiles: MODULE_ELSEWHERE.test(code), calls: [...calls], callsOthers, joinsNames, defines };
}

/** Where a text stands: in or below a module. */
export interface TextInModule {
  readonly module: ModuleId;
  readonly facts: TextFacts;
}

/**
 * Whether a text may declare something that says a word: the text says it, or a macro that it calls; `others` are further words by which
 * such a macro may do it.
 */
export function mayDeclare(db: MacroHost, { module, facts }: TextInModule, word: string, others: readonly string[]): boolean {
  if (facts.callsOthers || facts.joinsNames || (word === "impl" ? IMPL_ITEM.test(facts.code) : mentions(facts.code, word))) return true;
  const words = [word, ...others];
  return facts.calls.some((name) => mayMakeOne(db, module, { name, facts }, words));
}

function mayMakeOne(
  db: MacroHost,
  module: ModuleId,
  { name, facts }: { readonly name: string; readonly facts: TextFacts },
  words: readonly string[],
): boolean {
  const makes = ({ texts, isOpen }: MacroReach): boolean => isOpen || texts.some((text) => words.some((word) => mentions(text, word)));
  const near = nearbyMacros(db, module, name).map((def) => db.macros.reachOfDef(def));
  if (near.length === 0 && (facts.defines.has(name) || STATEMENT_MACROS.has(name))) return false;
  const found = near.length > 0 ? near : importedMacros(db, module, { name, facts });
  if (found.length === 0 || found.some(makes)) return true;
  return found.some((reach) => reach.callsArguments) && makes(argumentsReach(db, module, facts.code));
}

/** Macros of a name that dependencies export which the text names. */
function importedMacros(
  db: MacroHost,
  module: ModuleId,
  { name, facts }: { readonly name: string; readonly facts: TextFacts },
): readonly MacroReach[] {
  return db.crate(module.krate).dependencies.flatMap((dependency) => {
    if (!mentions(facts.code, dependency.name)) return [];
    const def = db.written.exportedMacro(dependency.crate, name);
    return def === undefined ? [] : [db.macros.reachOfDef(def)];
  });
}
