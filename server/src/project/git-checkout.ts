/**
 * A package inside cargo's checkout of a git repository: `CARGO_HOME/git/checkouts/NAME-HASH/COMMIT/…/Cargo.toml`.
 *
 * Invariant: the repository is walked only as far as needed and never deeper than `MAX_DEPTH` folders.
 * Source: cargo 1.95 `sources/git/source.rs` (`ident`), `ops/cargo_read_manifest` (`read_packages` walks the folders).
 */
import type { FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import { parseToml, tomlAt } from "./toml.ts";

export interface GitPackage {
  readonly url: string;
  readonly commit: string;
  readonly name: string;
  readonly version: string;
}

export interface GitHome {
  readonly fs: FileSystem;
  readonly cargoHome: FilePath | undefined;
}

const MAX_DEPTH = 6;

/** The folder of the package in the checkout of its commit, if it is there. */
export function findInCheckout({ fs, cargoHome }: GitHome, wanted: GitPackage): FilePath | undefined {
  if (cargoHome === undefined) return undefined;
  const checkouts = `${cargoHome}/git/checkouts`;
  if (fs.kindOf(checkouts) !== "directory") return undefined;
  const repository = repositoryName(wanted.url);
  for (const folder of fs.readDirectory(checkouts) ?? []) {
    if (!folder.name.toLowerCase().startsWith(`${repository}-`)) continue;
    const at = `${checkouts}/${folder.name}`;
    const commit = (fs.readDirectory(at) ?? []).find(({ name }) => name !== "" && wanted.commit.startsWith(name));
    const found = commit === undefined ? undefined : findPackageBelow(fs, `${at}/${commit.name}`, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The last part of the URL, as cargo names its folder. */
function repositoryName(url: string): string {
  const path = url.replace(/\/+$/, "").replace(/\.git$/, "");
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}

/** The likely places first, then every folder. */
function findPackageBelow(fs: FileSystem, root: FilePath, { name, version }: GitPackage): FilePath | undefined {
  const likely = ["", `/${name}`, `/crates/${name}`, `/packages/${name}`, `/libs/${name}`].map((path) => `${root}${path}`);
  const isIt = (dir: FilePath): boolean => isPackage(fs, dir, { name, version });
  return likely.find(isIt) ?? walk(fs, root, { isIt, depth: 0, visited: new Set() });
}

interface Search {
  readonly isIt: (dir: FilePath) => boolean;
  readonly depth: number;
  /** Folders without symlinks. */
  readonly visited: Set<FilePath>;
}

function walk(fs: FileSystem, dir: FilePath, { isIt, depth, visited }: Search): FilePath | undefined {
  if (isIt(dir)) return dir;
  const real = fs.realPath?.(dir) ?? dir;
  if (depth >= MAX_DEPTH || visited.has(real)) return undefined;
  visited.add(real);
  for (const { name, kind } of fs.readDirectory(dir) ?? []) {
    if (kind !== "directory" || name.startsWith(".") || name === "target") continue;
    const found = walk(fs, `${dir}/${name}`, { isIt, depth: depth + 1, visited });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A version that stands in the workspace's manifest is taken on trust. */
function isPackage(fs: FileSystem, dir: FilePath, wanted: { readonly name: string; readonly version: string }): boolean {
  const path = `${dir}/Cargo.toml`;
  const content = fs.kindOf(path) === "file" ? fs.readFile(path) : undefined;
  if (content?.kind !== "text") return false;
  const { table } = parseToml(content.text);
  if (tomlAt(table, "package", "name") !== wanted.name) return false;
  const version = tomlAt(table, "package", "version");
  return typeof version !== "string" || version === wanted.version;
}
