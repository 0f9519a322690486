/**
 * Cargo's configuration: `.cargo/config.toml` (or `.cargo/config`) of the folder, of every folder above it, and of CARGO_HOME,
 * merged as cargo does: what lies nearer wins, lists are joined (the nearer one's items last), tables are merged.
 *
 * Invariant: never fails; files that cannot be read are named in `problems`. Paths in a file are relative to the folder that
 * holds its `.cargo`. Source: Cargo Book, "Configuration" ("Hierarchical structure", "Config-relative paths").
 */

import type { TomlTable, TomlValue } from "smol-toml";
import type { FileSystem } from "../base/file-system.ts";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { dirname, joinPath } from "../base/path.ts";
import type { Environment } from "./environment.ts";
import { asString, asStrings, asTable, parseToml } from "./toml.ts";

export interface CargoConfig {
  readonly table: TomlTable;
  /** The files that were read, nearest first; their change changes the configuration. */
  readonly files: readonly FilePath[];
  readonly problems: readonly Message[];
  /** For a setting by its dotted name (`build.target-dir`): the folder its value is relative to. */
  readonly baseOf: (setting: string) => FilePath | undefined;
}

interface ConfigFile {
  readonly path: FilePath;
  readonly base: FilePath;
  readonly table: TomlTable;
}

/** How deep `include`s are followed. */
const MAX_INCLUDES = 10;

/** The configuration as cargo, started in `dir`, sees it. */
export function loadCargoConfig(dir: FilePath, fs: FileSystem, env: Environment): CargoConfig {
  const problems: Message[] = [];
  const files: ConfigFile[] = [];
  for (const folder of configFolders(dir, env)) {
    const path = configFileIn(folder, fs);
    if (path !== undefined && !files.some((file) => file.path === path)) readConfig({ fs, problems, files }, path, 0);
  }
  let table: TomlTable = {};
  for (const file of files) table = merge(file.table, table);
  return {
    table,
    files: files.map((file) => file.path),
    problems,
    baseOf: (setting) => files.find((file) => lookup(file.table, setting) !== undefined)?.base,
  };
}

/** The value of a dotted setting: `build.target`. */
export function configValue(config: CargoConfig, setting: string): TomlValue | undefined {
  return lookup(config.table, setting);
}

/** A list setting that may also be one text with spaces, as `rustflags` may. */
export function configWords(config: CargoConfig, setting: string): readonly string[] {
  return words(configValue(config, setting));
}

/** The words of a list, or of one text with spaces. */
export function words(value: TomlValue | undefined): readonly string[] {
  const text = asString(value);
  return text === undefined ? (asStrings(value) ?? []) : text.split(/\s+/).filter((word) => word !== "");
}

/** The folders that may hold a configuration, nearest first: `/a/b/.cargo`, `/a/.cargo`, `/.cargo`, CARGO_HOME. */
function configFolders(dir: FilePath, env: Environment): FilePath[] {
  const folders: FilePath[] = [];
  for (let at = dir; ; at = dirname(at)) {
    folders.push(joinPath(at, ".cargo"));
    if (dirname(at) === at) break;
  }
  if (env.cargoHome !== undefined) folders.push(env.cargoHome);
  return folders;
}

/** `config` without an extension is the older name and wins where both are. */
function configFileIn(folder: FilePath, fs: FileSystem): FilePath | undefined {
  if (fs.kindOf(folder) !== "directory") return undefined;
  return [`${folder}/config`, `${folder}/config.toml`].find((path) => fs.kindOf(path) === "file");
}

interface Reading {
  readonly fs: FileSystem;
  readonly problems: Message[];
  readonly files: ConfigFile[];
}

function readConfig(reading: Reading, path: FilePath, depth: number): void {
  const content = reading.fs.readFile(path);
  if (content.kind !== "text") {
    if (content.kind === "unreadable") reading.problems.push(msg("{path} cannot be read: {reason}", { path, reason: content.reason }));
    return;
  }
  const { table, problem } = parseToml(content.text);
  if (problem !== undefined) reading.problems.push(msg("{path} is not valid: {problem}", { path, problem }));
  reading.files.push({ path, base: dirname(dirname(path)), table });
  if (depth >= MAX_INCLUDES) return;
  // What a file includes is weaker than the file; of several, the last is the strongest.
  for (const included of includesOf(table).toReversed()) readConfig(reading, joinPath(dirname(path), included), depth + 1);
}

function includesOf(table: TomlTable): readonly string[] {
  const value = table["include"];
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return [];
  return value.map((item) => asString(item) ?? asString(asTable(item)?.["path"])).filter((item) => item !== undefined);
}

function merge(weaker: TomlTable, stronger: TomlTable): TomlTable {
  const merged: TomlTable = { ...weaker };
  for (const [key, value] of Object.entries(stronger)) merged[key] = mergeValue(weaker[key], value);
  return merged;
}

function mergeValue(weaker: TomlValue | undefined, stronger: TomlValue): TomlValue {
  if (Array.isArray(weaker) && Array.isArray(stronger)) return [...weaker, ...stronger];
  const tables = [asTable(weaker), asTable(stronger)] as const;
  return tables[0] !== undefined && tables[1] !== undefined ? merge(tables[0], tables[1]) : stronger;
}

function lookup(table: TomlTable, setting: string): TomlValue | undefined {
  let value: TomlValue | undefined = table;
  for (const key of setting.split(".")) value = asTable(value)?.[key];
  return value;
}
