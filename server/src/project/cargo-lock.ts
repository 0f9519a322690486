/**
 * `Cargo.lock`, versions 1 to 4: which version of which package each package was resolved to.
 *
 * Invariant: reading never fails; what is not a package entry is left out. A dependency is written `name`, `name version` or
 * `name version (source)`, as much as tells it apart; version 1 always writes all of it.
 * Source: cargo 1.95 `cargo-util-schemas` / `core/resolver/encode.rs`.
 */
import type { Message } from "../base/message.ts";
import { asString, asStrings, asTable, asTables, parseToml } from "./toml.ts";

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** `registry+URL`, `sparse+URL`, `git+URL?branch=B#COMMIT`; undefined for a path. */
  readonly source: string | undefined;
  /** Each as written. */
  readonly dependencies: readonly string[];
  /** What `[replace]` puts in its place, as written. */
  readonly replacement: string | undefined;
}

export interface CargoLock {
  readonly packages: readonly LockedPackage[];
  readonly byName: ReadonlyMap<string, readonly LockedPackage[]>;
  readonly problem: Message | undefined;
}

/** Reads a lock file's text. */
export function parseCargoLock(text: string): CargoLock {
  const { table, problem } = parseToml(text);
  const root = asTable(table["root"]);
  const packages: LockedPackage[] = [];
  for (const entry of root === undefined ? asTables(table["package"]) : [root, ...asTables(table["package"])]) {
    const name = asString(entry["name"]);
    const version = asString(entry["version"]);
    if (name === undefined || version === undefined) continue;
    const dependencies = asStrings(entry["dependencies"]) ?? [];
    packages.push({ name, version, source: asString(entry["source"]), dependencies, replacement: asString(entry["replace"]) });
  }
  return { packages, byName: groupByName(packages), problem };
}

/** The entries a written dependency can mean, replacements followed; more than one only in a lock file that was edited by hand. */
export function lockedDependency(lock: CargoLock, written: string): readonly LockedPackage[] {
  return candidates(lock, written).flatMap((entry) => (entry.replacement === undefined ? [entry] : replacements(lock, entry.replacement)));
}

/** A replacement without a source is a path. */
function replacements(lock: CargoLock, written: string): readonly LockedPackage[] {
  const hasSource = written.includes("(");
  return candidates(lock, written).filter((entry) => entry.replacement === undefined && (hasSource || entry.source === undefined));
}

function candidates(lock: CargoLock, written: string): readonly LockedPackage[] {
  const [name = "", version, source] = written.split(" ");
  const named = lock.byName.get(name) ?? [];
  const plainSource = source?.replace(/^\((.*)\)$/, "$1");
  return named.filter(
    (entry) => (version === undefined || entry.version === version) && (plainSource === undefined || sameSource(entry.source, plainSource)),
  );
}

/** The commit after `#` is left out where one of the two has none. */
function sameSource(a: string | undefined, b: string): boolean {
  if (a === undefined) return false;
  return a === b || a.split("#")[0] === b.split("#")[0];
}

function groupByName(packages: readonly LockedPackage[]): Map<string, LockedPackage[]> {
  const byName = new Map<string, LockedPackage[]>();
  for (const entry of packages) {
    const same = byName.get(entry.name);
    if (same === undefined) byName.set(entry.name, [entry]);
    else same.push(entry);
  }
  return byName;
}
