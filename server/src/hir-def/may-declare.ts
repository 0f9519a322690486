/**
 * Whether a macro call may declare a name, judged without expanding it.
 *
 * Example: `ast_struct! { pub struct ExprBox { expr: Box<Expr> } }` says `Expr` and declares `ExprBox` only, if `ast_struct!` leaves what
 * stands in braces as it is; `impl cmp::Eq for $name {}` in the text of a macro declares no `Eq`.
 *
 * A name is declared behind a word that declares (`struct`, `mod`, `fn`, …) or in a `use`. So what counts is what stands in front of it in
 * the output: what stands there in the text, unless a macro puts it elsewhere.
 *
 * Invariant: `false` is certain, under the assumptions of macro-reach.ts.
 */
import { keepsBraces } from "../hir-expand/whole-groups.ts";
import { endOfGroup } from "../syntax/code-text.ts";
import { mentions, placeOf } from "./lookup.ts";
import type { MacroCallId, MacroHost } from "./macro-call.ts";
import type { MacroReach } from "./macro-reach.ts";

/** What may stand in front of a declared name; `$x` of a macro's text may be any word that declares. */
const DECLARES = /(?:\b(?:struct|enum|union|type|trait|mod|fn|const|static|mut|ref|crate|as|macro|extern)|[!#$])$/;
/** What stands in front of a path that is used in a type, a bound or an `impl`, or that is all a macro makes. */
const USES = /(?:(?<!:):|[<&]|->|=>\s*[{([]|\b(?:for|impl|dyn))$/;
const PATH_BEFORE = /(?:[$\w\u0080-\uffff]+\s*::\s*|(?<![:\w\u0080-\uffff])::\s*)+$/;
/** As much of a text as a path and what stands in front of it take. */
const REACH = 80;
/** A word as all that a rule asks for: `[use] => …`. */
const ASKED_FOR = /(?<!\$)[[(]\w+[\])](?=\s*=>)/g;
/** What stands around all that a call gives its macro, as in `Token![use]`. */
const GIVEN = { before: /!\s*[[(]$/, behind: /^\s*[\])]/ };
/** Every word that declares a name. */
const DECLARATION = /\b(?:struct|enum|union|type|trait|mod|fn|const|static|use|crate|macro|macro_rules)\b/;
/** A word that declares another name than that which follows it, or one that is not written. */
const OPEN_DECLARATION =
  /\b(?:use|static|macro_rules)\b|\bcrate\b(?!\s*::)|\b(?:struct|enum|union|type|trait|mod|fn|const|macro)\b(?!\s+[A-Za-z_])/;
/** The opening of a call's arguments. */
const CALL = /!\s*(?:[$\w\u0080-\uffff]+\s*)?[({[]/g;

/** A call whose macro is known by its texts. */
interface KnownCall {
  readonly id: MacroCallId;
  /** Its arguments without comments and strings. */
  readonly code: string;
  readonly reach: MacroReach;
}

/** Whether a call may declare a name. */
export function mayDeclare(db: MacroHost, { id, code, reach }: KnownCall, name: string): boolean {
  const isSaid = mentions(code, name);
  const texts = reach.texts.filter((text) => mentions(text, name));
  if (!isSaid && texts.length === 0) return false;
  if (reach.callsArguments) return true;
  if (!DECLARATION.test(code) && reach.texts.every((text) => declaresOthers(text, name))) return false;
  if (mayImport(code) || reach.texts.some((text) => mentions(withoutAskedFor(text), "use"))) return true;
  if (!texts.every((text) => isUsed(text, name))) return true;
  return isSaid && !(isUsedInBraces(code, name) && keepsItsBraces(db, id));
}

function withoutAskedFor(text: string): string {
  return text.replaceAll(ASKED_FOR, "");
}

/** Whether arguments say `use` but as all that a call in braces gives its macro. */
function mayImport(code: string): boolean {
  return !placesOf(code, "use").every(
    (at) => GIVEN.before.test(before(code, at)) && GIVEN.behind.test(code.slice(at + 3)) && bracesAround(code, at) > 0,
  );
}

/** Whether the text of a macro declares written names only, all but this one, and lets no other macro declare any. */
function declaresOthers(text: string, name: string): boolean {
  const own = withoutAskedFor(text);
  if (OPEN_DECLARATION.test(own)) return false;
  const isDeclared = placesOf(own, name).some((at) => DECLARES.test(before(own, at)));
  return !isDeclared && callsIn(own).every(({ start, end }) => !DECLARATION.test(own.slice(start, end)));
}

/** Whether the text of a macro only uses a name, and gives it to no other macro. */
function isUsed(text: string, name: string): boolean {
  return placesOf(text, name).every((at) => USES.test(before(text, at).replace(PATH_BEFORE, "").trimEnd())) && !isInCall(text, name);
}

/** Whether arguments use a name in braces only, and give it to no other macro. */
function isUsedInBraces(code: string, name: string): boolean {
  return placesOf(code, name).every((at) => !DECLARES.test(before(code, at)) && bracesAround(code, at) > 0) && !isInCall(code, name);
}

/** Whether a name stands in the arguments of a call, whose macro may make something else of it. */
function isInCall(text: string, name: string): boolean {
  const places = placesOf(text, name);
  return places.length > 0 && callsIn(text).some(({ start, end }) => places.some((at) => start <= at && at < end));
}

/** The arguments of the calls in a text. */
function callsIn(text: string): readonly { readonly start: number; readonly end: number }[] {
  return Array.from(text.matchAll(CALL), ({ index, 0: opening }) => {
    const start = index + opening.length;
    return { start, end: endOfGroup(text, start) };
  });
}

function keepsItsBraces(db: MacroHost, call: MacroCallId): boolean {
  const target = db.macros.writtenTarget(call);
  const def = target?.kind === "def" ? db.macros.definition(target.def) : undefined;
  return def?.ok === true && keepsBraces(def.value);
}

function placesOf(text: string, name: string): readonly number[] {
  const places: number[] = [];
  for (let at = placeOf(text, name); at >= 0; at = placeOf(text, name, at + 1)) places.push(at);
  return places;
}

/** The end of what stands in front of a place, without spaces behind it. */
function before(text: string, at: number): string {
  let end = at;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(Math.max(0, end - REACH), end);
}

function bracesAround(text: string, at: number): number {
  let depth = 0;
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (index >= at) break;
    depth += brace === "{" ? 1 : -1;
  }
  return depth;
}
