/**
 * Reads generic parameters and where-clauses off an item's text.
 *
 * Example: `<'a: 'b, T: Copy + ?Sized = u8, const N: usize = 4> where [T; 3]: Sized`.
 *
 * Invariant: what it reads is what `lowerGenerics` makes of the parser's tree; see `read-type.ts`.
 * Source: Reference, "Generic parameters".
 */
import type { ItemText } from "./item-text.ts";
import type { GenericParam, RawGenerics, WherePredicate } from "./item-tree.ts";
import { identifierText } from "./names.ts";
import { readConstArg } from "./read-const.ts";
import { readBounds, readType } from "./read-type.ts";

const NONE: readonly never[] = [];

/** Takes `<…>`, if it is next. */
export function readParams(at: ItemText): RawGenerics["params"] | undefined {
  if (at.sign !== "<") return NONE;
  at.take(1);
  const params = at.list(">", () => readParam(at));
  return params?.length === 0 ? undefined : params;
}

function readParam(at: ItemText): GenericParam | undefined {
  if (at.is("'")) return readLifetimeParam(at);
  return at.eatWord("const") ? readConstParam(at) : readTypeParam(at);
}

function readLifetimeParam(at: ItemText): GenericParam | undefined {
  const name = at.lifetime();
  if (name === undefined || (at.eat(":") && !readLifetimes(at))) return undefined;
  return { kind: "lifetime", name, attrs: [] };
}

/** Takes `'a + 'b`. */
function readLifetimes(at: ItemText): boolean {
  do if (at.lifetime() === undefined) return false;
  while (at.eat("+"));
  return true;
}

function readConstParam(at: ItemText): GenericParam | undefined {
  const name = at.name();
  const type = name === undefined || !at.eat(":") ? undefined : readType(at);
  if (name === undefined || type === undefined) return undefined;
  const value = at.eat("=") ? readConstArg(at) : "none";
  if (value === undefined) return undefined;
  return { kind: "const", name: identifierText(name.text), type, default: value === "none" ? undefined : value, attrs: [] };
}

function readTypeParam(at: ItemText): GenericParam | undefined {
  const name = at.name();
  const bounds = name === undefined || at.is("::") ? undefined : at.eat(":") ? readBounds(at) : NONE;
  if (name === undefined || bounds === undefined) return undefined;
  const type = at.eat("=") ? readType(at) : "none";
  if (type === undefined) return undefined;
  return { kind: "type", name: identifierText(name.text), bounds, default: type === "none" ? undefined : type, attrs: [] };
}

/** Takes `where …`, if it is next, up to the `{` or `;` behind it. */
export function readWhere(at: ItemText): RawGenerics["where"] | undefined {
  if (!at.eatWord("where")) return NONE;
  const where: WherePredicate[] = [];
  while (at.sign !== "{" && at.sign !== ";") {
    const predicate = at.sign === "'" ? readOutlives(at) : readPredicate(at);
    if (predicate === undefined) return undefined;
    if (predicate !== "outlives") where.push(predicate);
    if (!at.eat(",") && at.sign !== "{" && at.sign !== ";") return undefined;
  }
  return where;
}

function readOutlives(at: ItemText): "outlives" | undefined {
  return at.lifetime() !== undefined && at.eat(":") && readLifetimes(at) ? "outlives" : undefined;
}

function readPredicate(at: ItemText): WherePredicate | undefined {
  const type = readType(at);
  const bounds = type === undefined || at.is("::") || !at.eat(":") ? undefined : readBounds(at);
  return type === undefined || bounds === undefined ? undefined : { type, bounds };
}
