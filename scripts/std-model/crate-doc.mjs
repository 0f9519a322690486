/**
 * One crate as rustdoc's JSON describes it, in one shape for all format versions: items by id, the module tree, and the
 * path at which every item is defined (`core::num::niche_types::Nanoseconds`), whatever it is re-exported as.
 *
 * Invariant: paths are definition paths, as rustc's; an item that sits in a function body has none.
 */
import { itemReader } from "./formats.mjs";

/** Kinds of items that a module can hold and the model knows. */
const NAMED_KINDS = new Set([
  "module",
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
  "static",
  "function",
]);

/**
 * @param {string} name name of the crate as rustc's `--crate-name`
 * @param {any} json rustdoc's JSON document
 */
export function readCrate(name, json) {
  const items = new Map();
  const readItem = itemReader(json);
  for (const raw of Object.values(json.index)) {
    if (raw.crate_id !== 0) continue;
    const item = readItem(raw);
    items.set(item.id, item);
  }
  const crate = {
    name,
    items,
    root: String(json.root),
    externalPaths: new Map(Object.entries(json.paths).map(([id, entry]) => [id, entry])),
    /** id → definition path as segments, for local items. */
    pathOf: new Map(),
    /** "core::num::X" → ids defined at that path (one for each namespace). */
    byPath: new Map(),
  };
  walkModule(crate, crate.root, [name]);
  return crate;
}

function walkModule(crate, id, path) {
  const module = crate.items.get(id);
  register(crate, id, path);
  for (const child of module.inner.items.map(String)) {
    const item = crate.items.get(child);
    if (item === undefined || !NAMED_KINDS.has(item.kind)) continue;
    const childPath = [...path, item.name];
    if (item.kind === "module") walkModule(crate, child, childPath);
    else register(crate, child, childPath);
    if (item.kind === "enum") registerVariants(crate, item, childPath);
  }
}

function registerVariants(crate, item, path) {
  for (const id of item.inner.variants.map(String)) register(crate, id, [...path, crate.items.get(id).name]);
}

function register(crate, id, path) {
  crate.pathOf.set(id, path);
  const key = path.join("::");
  const known = crate.byPath.get(key);
  if (known === undefined) crate.byPath.set(key, [id]);
  else known.push(id);
}

/** The definition path of an id used in `crate`, local or not; undefined for what has none (items in bodies). */
export function definitionPath(crate, id) {
  const local = crate.pathOf.get(id);
  if (local !== undefined) return local;
  const entry = crate.externalPaths.get(id);
  return entry === undefined || entry.crate_id === 0 ? undefined : entry.path;
}

const TYPE_KINDS = new Set([
  "typedef",
  "foreign_type",
  "struct",
  "enum",
  "union",
  "type_alias",
  "extern_type",
  "trait",
  "trait_alias",
  "module",
  "primitive",
]);
const MACRO_KINDS = new Set(["macro", "proc_macro", "proc_attribute", "proc_derive"]);

/** "t", "v" or "m": the namespace a kind of item lives in. */
export function namespaceOf(kind) {
  if (TYPE_KINDS.has(kind)) return "t";
  return MACRO_KINDS.has(kind) ? "m" : "v";
}

/** The item at a path in a namespace, or undefined. */
export function itemAt(crate, path, namespace) {
  for (const id of crate.byPath.get(path.join("::")) ?? []) {
    const item = crate.items.get(id);
    if (namespaceOf(item.kind) === namespace) return item;
  }
  return undefined;
}
