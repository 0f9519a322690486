/**
 * The impls of a crate that can be facts of the model, and where each is written: in the module of the first type of the
 * crate its header names (self type outside in, then the trait's arguments), else in the trait's module.
 *
 * Example: `impl<'a, T> IntoIterator for &'a Vec<T>` stands with `Vec`; `impl Add<&u8> for u8` stands with `Add`;
 * `impl PartialEq<OsString> for str` stands with `OsString`.
 */
import { locate } from "./closure.mjs";

/** Impls written in source (not the ones rustdoc makes up: auto traits, instances of blanket impls). */
export function writtenImpls(crate) {
  return [...crate.items.values()].filter(
    (item) =>
      item.kind === "impl" &&
      item.inner.is_synthetic !== true &&
      item.inner.blanket_impl === null &&
      !item.attrs.includes("#[rustc_reservation_impl]"),
  );
}

/** The places an impl's header names: `trait` (undefined for inherent impls), `types` in the order they are written. */
export function headerOf(closure, crate, item) {
  const { trait, for: self } = item.inner;
  const ids = [];
  collectIds(self, ids);
  if (trait !== null) collectIds(trait.args, ids);
  return {
    trait: trait === null ? undefined : locate(closure, crate, String(trait.id)),
    types: ids.map((id) => locate(closure, crate, id)),
  };
}

/** Ids of all paths in a type, in the order they are written. */
export function collectIds(node, ids) {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const child of node) collectIds(child, ids);
    return;
  }
  if (node.resolved_path !== undefined) ids.push(String(node.resolved_path.id));
  if (node.dyn_trait !== undefined) for (const t of node.dyn_trait.traits) ids.push(String(t.trait.id));
  for (const child of Object.values(node)) collectIds(child, ids);
}

/** The module path an impl is written in; undefined when neither a type nor the trait is of this crate. */
export function moduleOfImpl(closure, crate, header) {
  for (const place of header.types) {
    const anchor = aliasTarget(closure, place);
    if (anchor !== undefined && anchor.crate === crate) return anchor.path.slice(0, -1);
  }
  return header.trait?.crate === crate ? header.trait.path.slice(0, -1) : undefined;
}

/** Follows type aliases to the type they name (`AtomicBool` → `Atomic`). */
function aliasTarget(closure, place) {
  if (place?.item.kind !== "type_alias") return place;
  const ids = [];
  collectIds(place.item.inner.type, ids);
  return ids.length === 0 ? undefined : aliasTarget(closure, locate(closure, place.crate, ids[0]));
}
