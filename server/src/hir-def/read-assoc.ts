/**
 * Reads impls and traits off an item's text, with the types, constants and functions in them.
 *
 * Example: `impl<T> Iterator for A<T> { type Item = T; fn next(&mut self) -> Option<T> { … } }`.
 *
 * Invariant: what it reads is what `lowerUnit` makes of the parser's tree; see `read-type.ts`. Macro calls in them are left to the parser.
 * Source: Reference, "Implementations", "Traits", "Associated items".
 */
import type { ItemText } from "./item-text.ts";
import type { RawImpl, RawItem, RawTrait, RawTypeAlias } from "./item-tree.ts";
import type { Begun } from "./read-base.ts";
import { baseOf, readBegin } from "./read-base.ts";
import { readConstItem, readFn } from "./read-fn.ts";
import { readParams, readWhere } from "./read-generics.ts";
import { readBounds, readType } from "./read-type.ts";

/** Takes an impl, behind the word. */
export function readImpl(at: ItemText, begun: Begun): RawImpl | undefined {
  const params = readParams(at);
  if (params === undefined) return undefined;
  const isNegative = at.eat("!");
  const first = readType(at);
  const isOfTrait = first !== undefined && at.eatWord("for");
  const traitPath = isOfTrait && first.kind === "path" && first.path.qualified === undefined ? first.path : undefined;
  if (first === undefined || (isOfTrait ? traitPath === undefined : isNegative)) return undefined;
  const selfType = isOfTrait ? readType(at) : first;
  const where = selfType === undefined ? undefined : readWhere(at);
  const bodyStart = at.at;
  const items = where === undefined ? undefined : readItems(at);
  if (selfType === undefined || where === undefined || items === undefined) return undefined;
  return Object.assign(baseOf(at, begun, undefined), {
    kind: "impl",
    traitName: traitPath?.segments.at(-1)?.name ?? "",
    traitRange: traitPath?.range,
    selfRange: selfType.range,
    bodyStart,
    generics: { params, where },
    traitPath,
    isNegative,
    selfType,
    items,
  } as const);
}

/** Takes a trait, from `unsafe`, `auto` or `trait` on. */
export function readTrait(at: ItemText, begun: Begun): RawTrait | undefined {
  const isUnsafe = at.eatWord("unsafe");
  const isAuto = at.eatWord("auto");
  const name = at.eatWord("trait") ? at.name() : undefined;
  const params = name === undefined ? undefined : readParams(at);
  const supertraits = params === undefined || at.is("::") ? undefined : at.eat(":") ? readBounds(at) : [];
  const where = supertraits === undefined ? undefined : readWhere(at);
  const items = where === undefined ? undefined : readItems(at);
  if (params === undefined || supertraits === undefined || where === undefined || items === undefined) return undefined;
  return Object.assign(baseOf(at, begun, name), {
    kind: "trait",
    generics: { params, where },
    supertraits,
    isAuto,
    isUnsafe,
    items,
  } as const);
}

/** Takes `type A<T>: B = C<T> where …;` behind the word. */
export function readAlias(at: ItemText, begun: Begun): RawTypeAlias | undefined {
  const name = at.name();
  const params = name === undefined ? undefined : readParams(at);
  const bounds = params === undefined || at.is("::") ? undefined : at.eat(":") ? readBounds(at) : [];
  if (params === undefined || bounds === undefined) return undefined;
  const type = at.eat("=") ? readType(at) : "none";
  const where = type === undefined ? undefined : readWhere(at);
  if (type === undefined || where === undefined || !at.eat(";")) return undefined;
  return Object.assign(baseOf(at, begun, name), {
    kind: "typeAlias",
    generics: { params, where },
    type: type === "none" ? undefined : type,
    bounds,
  } as const);
}

/** Takes `{ … }`. */
function readItems(at: ItemText): readonly RawItem[] | undefined {
  if (!at.eat("{")) return undefined;
  const items: RawItem[] = [];
  while (!at.eat("}")) {
    const begun = readBegin(at);
    const item = begun === undefined ? undefined : readAssoc(at, begun);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function readAssoc(at: ItemText, begun: Begun): RawItem | undefined {
  if (at.eatWord("type")) return readAlias(at, begun);
  if (/^const\s+\w+\s*:/.test(at.text.slice(at.at, at.at + LONGEST_NAME)) && at.eatWord("const")) return readConstItem(at, begun);
  return readFn(at, begun);
}

const LONGEST_NAME = 100;
