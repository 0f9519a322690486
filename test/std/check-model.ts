/**
 * An independent reading of the standard library's model: every file must be declared by a `mod` line, and every absolute path in
 * it must name something that is defined where the path says (paths in the model are definition paths).
 *
 * Shares no code with the product's name resolution or with the generator.
 */

export interface ModelFiles {
  readonly crates: readonly string[];
  /** The text of `core/num.rs`, or undefined. */
  readonly read: (file: string) => string | undefined;
}

interface Module {
  readonly names: ReadonlySet<string>;
  /** Enum → its variants. */
  readonly variants: ReadonlyMap<string, ReadonlySet<string>>;
}

const DEFINITION =
  /^(?:#\[[^\]]*\])*(?:extern "C"\{)?(?:pub(?:\([^)]*\))? )?(?:unsafe )?(?:auto )?(?:struct|enum|union|type|trait|const|mod|macro|macro_rules!) (?:r#)?(\w+)/;
const MODULE = /^(?:pub(?:\([^)]*\))? )?mod (?:r#)?(\w+);$/;
const ABSOLUTE_PATH = /(?<![\w>])(?:::(?:r#)?\w+)+/g;

/** What is wrong with a model, as texts; empty for a sound one. */
export function problemsOf(files: ModelFiles): string[] {
  const texts = new Map<string, readonly string[]>();
  const missing = files.crates.flatMap((crate) => collectModule(files, [crate], texts));
  const modules = new Map([...texts].map(([path, lines]) => [path, readModule(lines)]));
  const dangling = new Set<string>();
  for (const [path, lines] of texts) {
    for (const line of lines) {
      for (const target of danglingPaths(line, modules)) dangling.add(`${target} (used in ${path})`);
    }
  }
  return [...missing, ...dangling];
}

function collectModule(files: ModelFiles, path: readonly string[], texts: Map<string, readonly string[]>): string[] {
  const file = path.length === 1 ? `${path[0]}/lib.rs` : `${path.join("/")}.rs`;
  const text = files.read(file);
  if (text === undefined) {
    if (path.length === 1) return [`${file} is missing`];
    texts.set(path.join("::"), []);
    return [];
  }
  const lines = text.split("\n").filter((line) => line !== "");
  texts.set(path.join("::"), lines);
  return lines.flatMap((line) => {
    const name = MODULE.exec(line)?.[1];
    return name === undefined ? [] : collectModule(files, [...path, name], texts);
  });
}

function readModule(lines: readonly string[]): Module {
  const names = new Set<string>();
  const variants = new Map<string, ReadonlySet<string>>();
  for (const line of lines) {
    const name = DEFINITION.exec(line)?.[1];
    if (name === undefined) continue;
    names.add(name);
    if (/^(?:#\[[^\]]*\])*(?:pub(?:\([^)]*\))? )?enum /.test(line)) variants.set(name, variantNames(line));
  }
  return { names, variants };
}

function variantNames(line: string): ReadonlySet<string> {
  const body = line.slice(line.indexOf("{") + 1, -1).replaceAll(/#\[[^\]]*\]/g, "");
  const names = new Set<string>();
  let depth = 0;
  for (const part of body.split(/(?<=[,(){}<>[\]])/)) {
    const name = depth === 0 ? /^(\w+)/.exec(part)?.[1] : undefined;
    if (name !== undefined) names.add(name);
    if (/[({<[]$/.test(part)) depth += 1;
    if (/[)}>\]]$/.test(part) && !part.endsWith("->")) depth -= 1;
  }
  return names;
}

function danglingPaths(line: string, modules: ReadonlyMap<string, Module>): string[] {
  return (line.match(ABSOLUTE_PATH) ?? []).filter((path) => !isDefined(path.replaceAll("r#", "").slice(2).split("::"), modules));
}

function isDefined(path: readonly string[], modules: ReadonlyMap<string, Module>): boolean {
  if (modules.has(path.join("::"))) return true;
  const last = path.at(-1) ?? "";
  if (modules.get(path.slice(0, -1).join("::"))?.names.has(last) === true) return true;
  const owner = path.at(-2) ?? "";
  return modules.get(path.slice(0, -2).join("::"))?.variants.get(owner)?.has(last) === true;
}
