/**
 * Where a package's sources lie on this machine: cargo's registry folders, git checkouts, vendored folders, with cargo's
 * source replacement followed.
 *
 * Invariant: answers a folder that holds a `Cargo.toml`, or a reason for the user; nothing is downloaded or unpacked.
 * Source: Cargo Book, "Source replacement" and "Cargo Home"; cargo 1.95 `sources/{registry,git,directory}`.
 */

import type { FileSystem } from "../base/file-system.ts";
import { lazily } from "../base/lazily.ts";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { joinPath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { CargoConfig } from "./cargo-config.ts";
import { configValue } from "./cargo-config.ts";
import type { Environment } from "./environment.ts";
import { findInCheckout } from "./git-checkout.ts";
import { manifestPath, unreadableManifest } from "./manifest-loader.ts";
import { asString, asTable, tableEntries } from "./toml.ts";

export interface PackageSpec {
  readonly name: string;
  readonly version: string;
  /** As in a lock file: `registry+URL`, `git+URL#COMMIT`. */
  readonly source: string;
}

export interface Sources {
  /** The folder of a package's sources, or why it is not there. */
  readonly find: (spec: PackageSpec) => Result<FilePath, Message>;
  /** The versions of a registry package whose sources are here, with their folders. */
  readonly versionsOf: (name: string) => readonly { readonly version: string; readonly dir: FilePath }[];
  /** The folders of the registries' indices under CARGO_HOME. */
  readonly indexFolders: () => readonly FilePath[];
}

interface SourceContext {
  readonly fs: FileSystem;
  readonly env: Environment;
  readonly config: CargoConfig;
  /** Folders that hold vendored packages without being configured: `vendor` beside the workspace's manifest. */
  readonly usualVendor: FilePath;
  readonly registries: () => readonly FilePath[];
  readonly listings: Map<FilePath, ReadonlyMap<string, readonly string[]>>;
}

/** Where cargo, configured so, finds sources; `workspaceRoot` is the folder whose `vendor` is looked at last. */
export function packageSources(workspaceRoot: FilePath, config: CargoConfig, fs: FileSystem, env: Environment): Sources {
  const context: SourceContext = {
    fs,
    env,
    config,
    usualVendor: joinPath(workspaceRoot, "vendor"),
    registries: lazily(() => subfolders(fs, env.cargoHome === undefined ? undefined : `${env.cargoHome}/registry/src`)),
    listings: new Map(),
  };
  return {
    find: (spec) => findPackage(context, spec),
    versionsOf: (name) => versionsOf(context, name),
    indexFolders: lazily(() => subfolders(fs, env.cargoHome === undefined ? undefined : `${env.cargoHome}/registry/index`)),
  };
}

function subfolders(fs: FileSystem, dir: FilePath | undefined): FilePath[] {
  if (dir === undefined || fs.kindOf(dir) !== "directory") return [];
  return (fs.readDirectory(dir) ?? []).filter(({ kind }) => kind === "directory").map(({ name }) => `${dir}/${name}`);
}

const CRATES_IO_HOSTS = ["index.crates.io", "github.com"] as const;

/** A source after replacement. */
type Place =
  | { readonly kind: "registry"; readonly url: string }
  | { readonly kind: "git"; readonly url: string; readonly commit: string }
  | { readonly kind: "directory"; readonly dir: FilePath };

function findPackage(context: SourceContext, spec: PackageSpec): Result<FilePath, Message> {
  const place = replaced(context, placeOf(spec.source));
  const found = inPlace(context, spec, place) ?? vendored(context, context.usualVendor, spec);
  return found === undefined ? err(missingReason(context, spec, place)) : ok(found);
}

function placeOf(source: string): Place {
  const url = source.replace(/^(?:registry|sparse)\+/, "");
  if (!source.startsWith("git+")) return { kind: "registry", url };
  const [address = "", commit = ""] = source.slice("git+".length).split("#");
  return { kind: "git", url: address.split("?")[0] ?? "", commit };
}

function inPlace(context: SourceContext, spec: PackageSpec, place: Place): FilePath | undefined {
  switch (place.kind) {
    case "registry":
      return inRegistry(context, spec, place.url);
    case "git":
      return findInCheckout({ fs: context.fs, cargoHome: context.env.cargoHome }, { ...place, name: spec.name, version: spec.version });
    case "directory":
      return vendored(context, place.dir, spec);
  }
}

/** `registry/src/HOST-HASH/NAME-VERSION`; the registry whose host the URL names first. */
function inRegistry(context: SourceContext, { name, version }: PackageSpec, url: string): FilePath | undefined {
  const hosts = isCratesIo(url) ? CRATES_IO_HOSTS : [hostOf(url)];
  const isOfHost = (folder: FilePath): boolean => hosts.some((host) => folder.slice(folder.lastIndexOf("/") + 1).startsWith(`${host}-`));
  const folders = context.registries();
  const ordered = [...folders.filter(isOfHost), ...folders.filter((folder) => !isOfHost(folder))];
  return ordered.map((folder) => `${folder}/${name}-${version}`).find((dir) => mayHoldManifest(context.fs, dir));
}

function isCratesIo(url: string): boolean {
  return url === "" || url.includes("github.com/rust-lang/crates.io-index") || hostOf(url) === "index.crates.io";
}

function hostOf(url: string): string {
  return /^[^:/]+:\/\/(?:[^@/]*@)?([^:/]*)/.exec(url)?.[1] ?? "";
}

/** `cargo vendor` names a folder after the package, the older ones of several versions with the version. */
function vendored({ fs }: SourceContext, dir: FilePath, { name, version }: PackageSpec): FilePath | undefined {
  const versioned = `${dir}/${name}-${version}`;
  if (mayHoldManifest(fs, versioned)) return versioned;
  const plain = `${dir}/${name}`;
  const fits = vendoredVersion(fs, plain) === version || unreadableManifest(plain, fs) !== undefined;
  return fits ? plain : undefined;
}

/** Whether there is a manifest, or one that cannot be read: that says more than that there is none. */
function mayHoldManifest(fs: FileSystem, dir: FilePath): boolean {
  return fs.kindOf(manifestPath(dir)) === "file" || unreadableManifest(dir, fs) !== undefined;
}

function vendoredVersion(fs: FileSystem, dir: FilePath): string | undefined {
  const content = fs.kindOf(manifestPath(dir)) === "file" ? fs.readFile(manifestPath(dir)) : undefined;
  return content?.kind === "text" ? /^version\s*=\s*"([^"]*)"/m.exec(content.text)?.[1] : undefined;
}

/** Follows `[source.X] replace-with`. */
function replaced(context: SourceContext, place: Place): Place {
  const sources = tableEntries(configValue(context.config, "source"));
  let current = place;
  let name = sourceName(context, place);
  for (let hops = 0; hops < 10 && name !== undefined; hops += 1) {
    const table = asTable(configValue(context.config, "source"))?.[name];
    const next = asString(asTable(table)?.["replace-with"]);
    if (next === undefined) return current;
    const definition = sources.find(([key]) => key === next)?.[1] ?? asTable(asTable(configValue(context.config, "registries"))?.[next]);
    const directory = asString(definition?.["directory"]);
    const registry = asString(definition?.["registry"]) ?? asString(definition?.["index"]);
    if (directory !== undefined) {
      const base = context.config.baseOf(`source.${next}.directory`) ?? "/";
      return { kind: "directory", dir: joinPath(base, directory) };
    }
    if (registry !== undefined) current = placeOf(registry);
    name = next;
  }
  return current;
}

/** The name of the table that speaks of a source: `crates-io`, or the one that gives its URL. */
function sourceName({ config }: SourceContext, place: Place): string | undefined {
  if (place.kind === "directory") return undefined;
  if (place.kind === "registry" && isCratesIo(place.url)) return "crates-io";
  const key = place.kind === "git" ? "git" : "registry";
  return tableEntries(configValue(config, "source")).find(([, table]) => sameUrl(asString(table[key]), place.url))?.[0];
}

function sameUrl(a: string | undefined, b: string): boolean {
  const plain = (url: string): string =>
    url
      .replace(/^(?:registry|sparse)\+/, "")
      .replace(/\/$/, "")
      .replace(/\.git$/, "");
  return a !== undefined && plain(a) === plain(b);
}

function missingReason({ env }: SourceContext, { name, version }: PackageSpec, place: Place): Message {
  if (place.kind === "directory") return msg("`{name}` {version} is not in {path}", { name, version, path: place.dir });
  if (env.cargoHome === undefined) return msg("the sources of `{name}` {version} are out of reach here", { name, version });
  return place.kind === "git"
    ? msg("the sources of `{name}` {version} are not in cargo's git checkouts (`cargo fetch` gets them)", { name, version })
    : msg("the sources of `{name}` {version} are not in cargo's registry (`cargo fetch` gets them)", { name, version });
}

function versionsOf(context: SourceContext, name: string): { version: string; dir: FilePath }[] {
  const place = replaced(context, { kind: "registry", url: "" });
  const folders = place.kind === "directory" ? [place.dir] : [...context.registries(), context.usualVendor];
  return folders.flatMap((folder) => {
    const versions = (listing(context, folder).get(name) ?? []).map((version) => ({ version, dir: `${folder}/${name}-${version}` }));
    const plain = vendoredVersion(context.fs, `${folder}/${name}`);
    return plain === undefined ? versions : [...versions, { version: plain, dir: `${folder}/${name}` }];
  });
}

/** The `NAME-VERSION` folders of a registry, by name. */
function listing({ fs, listings }: SourceContext, folder: FilePath): ReadonlyMap<string, readonly string[]> {
  const known = listings.get(folder);
  if (known !== undefined) return known;
  const byName = new Map<string, string[]>();
  for (const { name, kind } of fs.kindOf(folder) === "directory" ? (fs.readDirectory(folder) ?? []) : []) {
    const match = kind === "directory" ? /^(.+?)-(\d+\.\d+\.\d+.*)$/.exec(name) : null;
    if (match === null) continue;
    const [, packageName = "", version = ""] = match;
    byName.set(packageName, [...(byName.get(packageName) ?? []), version]);
  }
  listings.set(folder, byName);
  return byName;
}
