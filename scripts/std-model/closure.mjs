/**
 * Which items the model holds: everything that public paths of the root crates name, and everything those reach through fields,
 * bounds, associated types and impls, in whatever crate it is defined.
 *
 * An impl is held when its trait and every type its header names are held (a fixed point). Example: `Vec` is public, so
 * `RawVec`, `Unique`, `UsizeNoHighBit` and `impl Deref for Vec` are held; `RawVec`'s inherent impls are not.
 */
import { definitionPath, itemAt, namespaceOf } from "./crate-doc.mjs";

/** @param {Map<string, any>} crates by name; @param {any} policy which items and impls are left out for size */
export function createClosure(crates, policy) {
  return {
    crates,
    policy,
    /** key → { crate, item, path } of held definitions, in no order. */
    held: new Map(),
    /** Module paths ("core::num") whose public names are reachable: their `pub use` lines are written. */
    visited: new Map(),
    /** Keys of definitions that can be named from outside. */
    publicKeys: new Set(),
    queue: [],
    problems: new Set(),
  };
}

export function keyOf(path, namespace) {
  return `${path.join("::")}|${namespace}`;
}

/** Where an id used in `crate` is defined: `{ crate, item, path }`, or undefined when no loaded crate defines it. */
export function locate(closure, crate, id) {
  const path = definitionPath(crate, id);
  if (path === undefined) return undefined;
  const local = crate.items.get(id);
  if (local !== undefined) return { crate, item: local, path };
  const owner = closure.crates.get(path[0]);
  if (owner === undefined) return undefined;
  const item = itemAt(owner, path, namespaceOf(crate.externalPaths.get(id).kind));
  return item === undefined ? undefined : { crate: owner, item, path };
}

/** Holds the item `id` names in `crate` (a variant holds its enum); returns where it is defined. */
export function hold(closure, crate, id) {
  const place = locate(closure, crate, id);
  if (place === undefined) return undefined;
  if (place.item.kind === "variant") holdPlace(closure, enumOf(place));
  else if (place.item.kind !== "module") holdPlace(closure, place);
  return place;
}

/** Holds a type by its absolute path as the model writes it (`::std::backtrace::Capture`). */
export function holdPath(closure, text) {
  const path = text.slice(2).split("::");
  const crate = closure.crates.get(path[0]);
  const item = crate === undefined ? undefined : itemAt(crate, path, "t");
  if (item !== undefined) holdPlace(closure, { crate, item, path });
}

function enumOf(place) {
  const path = place.path.slice(0, -1);
  return { crate: place.crate, item: itemAt(place.crate, path, "t"), path };
}

const HELD_KINDS = new Set([
  "struct",
  "enum",
  "union",
  "trait",
  "trait_alias",
  "type_alias",
  "extern_type",
  "constant",
  "macro",
  "proc_macro",
]);

function holdPlace(closure, place) {
  if (!HELD_KINDS.has(place.item.kind)) return;
  const key = keyOf(place.path, namespaceOf(place.item.kind));
  if (closure.held.has(key)) return;
  closure.held.set(key, place);
  closure.queue.push(place);
}

export function isHeld(closure, place) {
  if (place.item.kind === "module") return closure.visited.has(place.path.join("::"));
  return closure.held.has(placeKey(place));
}

/** Holds everything that can be named from outside through the module `id` of `crate`. */
export function visitPublic(closure, crate, id) {
  const path = crate.pathOf.get(id);
  const name = path.join("::");
  if (closure.visited.has(name) || closure.policy.skipsModule(name)) return;
  closure.visited.set(name, { crate, id });
  for (const child of crate.items.get(id).inner.items.map(String)) {
    const item = crate.items.get(child);
    if (item === undefined || item.visibility !== "public" || closure.policy.skipsItem(item, path)) continue;
    if (item.kind === "use") visitUse(closure, crate, item);
    else if (item.kind === "module") visitPublic(closure, crate, child);
    else holdPublic(closure, crate, child);
  }
}

function holdPublic(closure, crate, id) {
  const place = hold(closure, crate, id);
  if (place !== undefined) closure.publicKeys.add(placeKey(place));
  return place;
}

function placeKey(place) {
  const of = place.item.kind === "variant" ? enumOf(place) : place;
  return keyOf(of.path, namespaceOf(of.item.kind));
}

/** Whether a definition can be named from outside. */
export function isPublic(closure, place) {
  return closure.publicKeys.has(placeKey(place));
}

function visitUse(closure, crate, item) {
  if (item.inner.id === null) return;
  const place = holdPublic(closure, crate, String(item.inner.id));
  if (place?.item.kind === "module") visitPublic(closure, place.crate, place.item.id);
  // A name may stand for a type and a macro at once (`pub use crate::clone::Clone`): hold both.
  if (place !== undefined && !item.inner.is_glob) {
    for (const other of place.crate.byPath.get(place.path.join("::")) ?? []) hold(closure, place.crate, other);
  }
}
