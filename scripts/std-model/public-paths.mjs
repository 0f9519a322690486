/**
 * The types of a model that programs can name, with the shortest path to each: `alloc::vec::Vec` → `std::vec::Vec`.
 *
 * Reads the extracted lines (`pub mod`, `pub use`, definitions), as name resolution would.
 */

const DEFINITION = /^(?:#\[[^\]]*\])*pub (struct|enum|union) (\w+)/;

/** @param {Record<string, string[]>} files extracted lines by file; @returns {Map<string, { path: string, file: string, line: string }>} by definition path */
export function publicTypes(files) {
  const found = new Map();
  const queue = [{ module: ["std"], path: ["std"] }];
  const visited = new Set();
  for (let at = 0; at < queue.length; at++) {
    const { module, path } = queue[at];
    const key = module.join("::");
    if (visited.has(key)) continue;
    visited.add(key);
    for (const line of linesOf(files, module)) visitLine({ files, found, queue }, { line, module, path });
  }
  return found;
}

function linesOf(files, module) {
  return files[fileOf(module)] ?? [];
}

function fileOf(module) {
  return module.length === 1 ? `${module[0]}/lib.rs` : `${module.join("/")}.rs`;
}

function visitLine({ files, found, queue }, { line, module, path }) {
  const child = /^pub mod (?:r#)?(\w+);/.exec(line)?.[1];
  if (child !== undefined) queue.push({ module: [...module, child], path: [...path, child] });
  const definition = DEFINITION.exec(line);
  if (definition !== null) note(found, { files, module, name: definition[2], path: [...path, definition[2]] });
  const use = /^pub use ::([\w:#]+?)(::\*)?(?: as (\w+))?;$/.exec(line.replaceAll("r#", ""));
  if (use === null) return;
  const target = use[1].split("::");
  if (use[2] !== undefined) queue.push({ module: target, path });
  else if (files[fileOf(target)] !== undefined && !definesType(files, target))
    queue.push({ module: target, path: [...path, use[3] ?? target.at(-1)] });
  else note(found, { files, module: target.slice(0, -1), name: target.at(-1), path: [...path, use[3] ?? target.at(-1)] });
}

function definesType(files, target) {
  return linesOf(files, target.slice(0, -1)).some((line) => DEFINITION.exec(line)?.[2] === target.at(-1));
}

function note(found, { files, module, name, path }) {
  const key = [...module, name].join("::");
  const line = linesOf(files, module).find((candidate) => DEFINITION.exec(candidate)?.[2] === name);
  if (line !== undefined && !found.has(key)) found.set(key, { path: path.join("::"), file: fileOf(module), line });
}

/** The types (as `core/mem/alignment.rs Alignment`) that the definitions of others are made of, those themselves included. */
export function reachedTypes(files, definitions) {
  const lines = new Map();
  for (const [file, items] of Object.entries(files)) {
    for (const line of items) {
      const name = /^(?:#\[[^\]]*\])*(?:pub(?:\([^)]*\))? )?(?:struct|enum|union|type) (\w+)/.exec(line)?.[1];
      if (name !== undefined)
        lines.set(`${file.replace(/\/lib\.rs$|\.rs$/, "").replaceAll("/", "::")}::${name}`, { key: `${file} ${name}`, line });
    }
  }
  const reached = new Set();
  const queue = [...definitions];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const definition = lines.get(path);
    if (definition === undefined || reached.has(definition.key)) continue;
    reached.add(definition.key);
    queue.push(...(definition.line.match(/(?<![\w>])(?:::\w+)+/g) ?? []).map((text) => text.slice(2)));
  }
  return reached;
}
