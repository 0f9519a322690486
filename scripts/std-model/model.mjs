/**
 * The model of one compiler version and target: from the crates' rustdoc JSON to lines of Rust, by file.
 *
 * Result: `Map<"core/num/niche_types.rs", Set<line>>`. Every line is one item; their order has no meaning. Modules are real
 * (`pub mod num;`), paths absolute, re-exports as in the sources.
 */

import { createClosure, hold, holdPath, isHeld, isPublic, locate, visitPublic } from "./closure.mjs";
import { namespaceOf } from "./crate-doc.mjs";
import { headerOf, moduleOfImpl, writtenImpls } from "./impls.mjs";
import { closureStruct } from "./opaque.mjs";
import { renderImpl, renderItem, visibilityText } from "./render-items.mjs";
import { constText, discriminantValue, macroText, primitiveConstant, valueText, writtenValue } from "./values.mjs";

/**
 * @param {Map<string, any>} crates loaded crates by name
 * @param {{ roots: string[], policy: any, pointerWidth: number, readSource: (name: string) => string }} options
 */
export function buildModel(crates, options) {
  const closure = createClosure(crates, options.policy);
  const model = { closure, options, files: new Map(), modules: new Map() };
  for (const name of options.roots) {
    const crate = crates.get(name);
    if (crate !== undefined) visitPublic(closure, crate, crate.root);
  }
  closeOver(model);
  for (const { crate, id } of closure.visited.values()) writeUses(model, crate, id);
  writeModules(model);
  return { files: model.files, problems: closure.problems };
}

/** Renders held items and impls until nothing new is reached. */
function closeOver(model) {
  const { closure } = model;
  let waiting = [...closure.crates.values()].flatMap((crate) =>
    writtenImpls(crate).map((item) => ({ crate, item, header: headerOf(closure, crate, item) })),
  );
  for (let before = -1; before !== closure.held.size || closure.queue.length > 0; ) {
    before = closure.held.size;
    for (let place = closure.queue.pop(); place !== undefined; place = closure.queue.pop()) writeItem(model, place);
    const ready = waiting.filter((impl) => isReady(closure, impl));
    waiting = waiting.filter((impl) => !isReady(closure, impl));
    for (const impl of ready) writeImpl(model, impl);
  }
}

function isReady(closure, { item, header }) {
  if (item.inner.trait !== null && header.trait === undefined) return false;
  const places = header.trait === undefined ? header.types : [header.trait, ...header.types];
  return places.every((place) => place !== undefined && isHeld(closure, place));
}

function writeItem(model, { crate, item, path }) {
  const modulePath = path.slice(0, -1);
  tryRender(model, { crate, modulePath, ownerPath: path }, (ctx) => renderItem(ctx, item));
}

function writeImpl(model, { crate, item, header }) {
  if (model.options.policy.skipsImpl({ crate, item, header }, (place) => isPublic(model.closure, place))) return;
  const modulePath = moduleOfImpl(model.closure, crate, header) ?? primitiveModule(crate, item);
  if (modulePath === undefined) return;
  tryRender(model, { crate, modulePath, ownerPath: [...modulePath, "impl"] }, (ctx) => renderImpl(ctx, item));
}

/** Inherent impls of primitive types stand in `core::num` (numbers), or in the module that bears the type's name. */
function primitiveModule(crate, item) {
  const name = item.inner.for.primitive;
  if (crate.name !== "core" || item.inner.trait !== null || name === undefined) return undefined;
  return /^[iuf](\d+|size)$/.test(name) ? ["core", "num"] : ["core", name];
}

function tryRender(model, { crate, modulePath, ownerPath }, render) {
  try {
    const line = render(contextOf(model, crate, modulePath, ownerPath));
    if (line !== undefined) addLine(model, crate, modulePath, line);
  } catch (error) {
    model.closure.problems.add(`${ownerPath.join("::")}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function addLine(model, crate, modulePath, line) {
  // `T:::core` would be read as `::` and `:`.
  fileOf(model, crate, modulePath).add(line.replaceAll(":::", ": ::"));
}

function fileOf(model, crate, modulePath) {
  const name = modulePath.join("::");
  if (!model.modules.has(name)) {
    model.modules.set(name, { crate, path: modulePath });
    model.files.set(fileName(modulePath), new Set());
    if (modulePath.length > 1) fileOf(model, crate, modulePath.slice(0, -1));
  }
  return model.files.get(fileName(modulePath));
}

/** `["core", "num"]` → `core/num.rs`; the crate root → `core/lib.rs`. */
export function fileName(modulePath) {
  return modulePath.length === 1 ? `${modulePath[0]}/lib.rs` : `${modulePath.join("/")}.rs`;
}

/** `::core::num::X` with raw identifiers where a segment is a keyword. */
export function pathText(path) {
  return `::${path.map(identifier).join("::")}`;
}

const KEYWORDS = new Set(["async", "await", "dyn", "try", "gen", "macro", "match", "type", "use", "move", "static"]);

function identifier(name) {
  return KEYWORDS.has(name) ? `r#${name}` : name;
}

function contextOf(model, crate, modulePath, ownerPath = modulePath) {
  const { closure, options } = model;
  return {
    pointerWidth: options.pointerWidth,
    modulePath: modulePath.length === 1 ? "::" : `::${modulePath.slice(1).join("::")}`,
    item: (id) => crate.items.get(String(id)),
    itemOrUndefined: (id) => crate.items.get(String(id)),
    refer: (id, written) => {
      const place = hold(closure, crate, id);
      if (place === undefined) throw new Error(`${written} (${id}) is not defined in any crate of the model`);
      return pathText(place.path);
    },
    defaultsToSelf: (id) => {
      const params = locate(closure, crate, id)?.item.inner.generics?.params ?? [];
      return params.length === 1 && params[0].kind.type?.default?.generic === "Self";
    },
    constText: (text) => constText(text),
    valueText: (constant) => valueText(constant),
    constValue: (item, self) => writtenValue(item) ?? primitiveConstant(self, item.name, options.pointerWidth),
    discriminant: (text) => discriminantValue(text),
    macroText: (item) => macroText(item),
    hiddenType: hiddenTypes(model, crate, ownerPath),
    sourceOf: (item) => sourceText(options, item),
  };
}

/** Hands out the structs that stand for the `impl Trait`s of one definition, in the order they are written. */
function hiddenTypes(model, crate, ownerPath) {
  let next = 0;
  return () => {
    const struct = closureStruct(ownerPath, next++);
    if (struct === undefined) throw new Error("an `impl Trait` whose type is not known");
    const modulePath = ownerPath.slice(0, -1);
    for (const path of struct.line.match(/(?:::\w+)+/g) ?? []) holdPath(model.closure, path);
    addLine(model, crate, modulePath, struct.line);
    return pathText([...modulePath, struct.name]);
  };
}

function sourceText(options, item) {
  const { filename, begin, end } = item.span;
  const lines = options
    .readSource(filename)
    .split("\n")
    .slice(begin[0] - 1, end[0]);
  if (item.kind === "variant" && begin[0] === end[0]) return lines[0].slice(begin[1], end[1]);
  return lines.join("\n");
}

function writeUses(model, crate, id) {
  const modulePath = crate.pathOf.get(id);
  for (const child of crate.items.get(id).inner.items.map(String)) {
    const item = crate.items.get(child);
    if (item?.kind !== "use" || item.visibility !== "public") continue;
    const line = useLine(model, crate, item);
    if (line !== undefined) addLine(model, crate, modulePath, line);
  }
}

function useLine(model, crate, item) {
  const { id, name, is_glob: isGlob, source } = item.inner;
  if (id === null) return undefined;
  const place = locate(model.closure, crate, String(id));
  if (place === undefined) return primitiveUse(crate, String(id), name, source);
  if (isGlob) return isHeld(model.closure, place) ? `pub use ${pathText(place.path)}::*;` : undefined;
  if (!isHeld(model.closure, place)) return undefined;
  const last = place.path.at(-1);
  return `pub use ${pathText(place.path)}${last === name ? "" : ` as ${identifier(name)}`};`;
}

function primitiveUse(crate, id, name, source) {
  const kind = crate.items.get(id)?.kind ?? crate.externalPaths.get(id)?.kind;
  return kind === "primitive" && name === source ? `pub use ${name};` : undefined;
}

/** `pub mod name;` lines for every module that has a file. */
function writeModules(model) {
  for (const { crate, path } of [...model.modules.values(), ...visitedModules(model)]) {
    fileOf(model, crate, path);
    for (let length = 2; length <= path.length; length++) declareModule(model, crate, path.slice(0, length));
  }
}

function visitedModules(model) {
  return [...model.closure.visited.values()].map(({ crate, id }) => ({ crate, path: crate.pathOf.get(id) }));
}

function declareModule(model, crate, path) {
  const parent = path.slice(0, -1);
  const id = (crate.byPath.get(path.join("::")) ?? []).find((candidate) => namespaceOf(crate.items.get(candidate).kind) === "t");
  const item = crate.items.get(id);
  const visibility = item === undefined ? "" : visibilityText(contextOf(model, crate, parent), item);
  addLine(model, crate, parent, `${visibility}mod ${identifier(path.at(-1))};`);
}
