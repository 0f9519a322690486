/**
 * Which compiler the user builds with, found from files only: its version, its host, and whether its `rust-src` is there.
 *
 * The order is that of rustup, then of what is left without it: the setting, RUSTUP_TOOLCHAIN, at each folder upwards
 * rustup's `[overrides]` and `rust-toolchain(.toml)`, rustup's default, `target/.rustc_info.json` (what cargo noted of
 * `rustc -vV`), a compiler on PATH or in the system's folders. Never the manifest's `rust-version`: that is the oldest
 * supported compiler, not the one in use.
 *
 * Invariant: nothing is executed; nothing found is an answer (`version` undefined), with `notes` that say what was looked at.
 * Source: rustup book, "Overrides"; rustup 1.28 `config.rs` (`rust-toolchain` wins over `rust-toolchain.toml`).
 */

import type { FileSystem } from "../base/file-system.ts";
import type { Message, Value } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { dirname, joinPath } from "../base/path.ts";
import type { Environment } from "./environment.ts";
import { variable } from "./environment.ts";
import { asString, asTable, parseToml, tomlAt } from "./toml.ts";
import { rustSourceOf, toolchainFromInfo, toolchainVersion } from "./toolchain-version.ts";

export interface Toolchain {
  /** `1.95.0`, `1.97.0-nightly`; undefined when no compiler is found. */
  readonly version: string | undefined;
  /** The triple the compiler runs on. */
  readonly host: string;
  /** The folder that holds `lib/rustlib`, when it is known. */
  readonly dir: FilePath | undefined;
  /** The `library` folder of the compiler's own standard library sources, when they are installed. */
  readonly rustSource: FilePath | undefined;
  /** What decided, for the user: `RUSTUP_TOOLCHAIN`, `/ws/rust-toolchain.toml`, `rustup's default`. */
  readonly origin: Value;
  /** What was asked for and is not there. */
  readonly notes: readonly Message[];
}

export interface ToolchainRequest {
  /** The folder rustup would start from. */
  readonly dir: FilePath;
  /** `stowplan.toolchain`, unless it is `auto`: a channel, a version, or a folder. */
  readonly setting: string | undefined;
  /** The folder cargo builds into. */
  readonly targetDir: FilePath | undefined;
}

interface Wish {
  readonly name: string;
  readonly origin: Value;
}

/** Finds the compiler in use for a folder. */
export function findToolchain(request: ToolchainRequest, fs: FileSystem, env: Environment): Toolchain {
  const rustup = readRustup(fs, env);
  const notes: Message[] = [];
  const machine = { fs, env, notes };
  for (const wish of wishes(request, rustup, machine)) {
    const found = fromWish(wish, rustup, machine);
    if (found !== undefined) return { ...found, notes };
    notes.push(msg("toolchain `{name}` ({origin}) is not installed", { name: wish.name, origin: wish.origin }));
  }
  const other = fromTargetFolder(request, fs) ?? fromSystem(fs, env);
  if (other !== undefined) return { ...other, notes };
  return { version: undefined, host: rustup.host, dir: undefined, rustSource: undefined, origin: msg("no toolchain found"), notes };
}

interface Machine {
  readonly fs: FileSystem;
  readonly env: Environment;
  /** What could not be read. */
  readonly notes: Message[];
}

interface Rustup {
  readonly toolchains: FilePath | undefined;
  readonly overrides: ReadonlyMap<FilePath, string>;
  readonly defaultToolchain: string | undefined;
  readonly host: string;
}

function readRustup(fs: FileSystem, env: Environment): Rustup {
  const home = env.rustupHome;
  const content = home === undefined ? undefined : fs.readFile(`${home}/settings.toml`);
  const table = content?.kind === "text" ? parseToml(content.text).table : {};
  const overrides = new Map<FilePath, string>();
  for (const [path, name] of Object.entries(asTable(table["overrides"]) ?? {})) {
    const toolchain = asString(name);
    if (toolchain !== undefined) overrides.set(joinPath("/", path.replaceAll("\\", "/")), toolchain);
  }
  return {
    toolchains: home === undefined ? undefined : `${home}/toolchains`,
    overrides,
    defaultToolchain: asString(table["default_toolchain"]),
    host: asString(table["default_host_triple"]) ?? env.hostTriple,
  };
}

/** What the user asked for, strongest first. */
function* wishes(request: ToolchainRequest, rustup: Rustup, machine: Machine): Generator<Wish> {
  if (request.setting !== undefined) yield { name: request.setting, origin: "stowplan.toolchain" };
  const fromEnvironment = variable(machine.env, "RUSTUP_TOOLCHAIN");
  if (fromEnvironment !== undefined) yield { name: fromEnvironment.replace(/^\+/, ""), origin: "RUSTUP_TOOLCHAIN" };
  for (let at = request.dir; ; at = dirname(at)) {
    const override = rustup.overrides.get(at);
    if (override !== undefined) yield { name: override, origin: msg("rustup override of {at}", { at }) };
    yield* toolchainFile(at, machine);
    if (dirname(at) === at) break;
  }
  if (rustup.defaultToolchain !== undefined && rustup.defaultToolchain !== "none") {
    yield { name: rustup.defaultToolchain, origin: msg("rustup's default") };
  }
}

function* toolchainFile(dir: FilePath, { fs, notes }: Machine): Generator<Wish> {
  for (const name of ["rust-toolchain", "rust-toolchain.toml"]) {
    const origin = joinPath(dir, name);
    const content = fs.kindOf(origin) === "file" ? fs.readFile(origin) : undefined;
    if (content?.kind === "unreadable") notes.push(msg("{origin} cannot be read: {reason}", { origin, reason: content.reason }));
    if (content?.kind !== "text") continue;
    const wished = toolchainFileChannel(content.text, dir);
    if (wished !== undefined) yield { name: wished, origin };
  }
}

/** A single line is the old form: the channel itself. */
function toolchainFileChannel(text: string, dir: FilePath): string | undefined {
  const line = text.trim();
  if (/^[^\s=[\]]+$/.test(line)) return line;
  const table = asTable(parseToml(text).table["toolchain"]);
  const path = asString(tomlAt(table, "path"));
  return path === undefined ? asString(tomlAt(table, "channel")) : joinPath(dir, path);
}

type Found = Omit<Toolchain, "notes">;

/** A toolchain that is not installed still says its version when its name is one. */
function fromWish(wish: Wish, rustup: Rustup, { fs }: Machine): Found | undefined {
  const dir = toolchainDir(wish.name, rustup, fs);
  const channel = /^(\d+)\.(\d+)(?:\.(\d+))?(?:-(.+))?$/.exec(wish.name);
  const named = channel === null ? undefined : `${channel[1]}.${channel[2]}.${channel[3] ?? "0"}`;
  const host = hostOf(wish.name, dir) ?? rustup.host;
  if (dir === undefined) {
    return named === undefined ? undefined : { version: named, host, dir, rustSource: undefined, origin: wish.origin };
  }
  const version = toolchainVersion(dir, fs) ?? named;
  return version === undefined ? undefined : { version, host, dir, rustSource: rustSourceOf(dir, fs), origin: wish.origin };
}

function toolchainDir(name: string, { toolchains, host }: Rustup, fs: FileSystem): FilePath | undefined {
  const isPath = name.includes("/") || name.includes("\\");
  const candidates = isPath ? [joinPath("/", name)] : [`${toolchains}/${name}`, `${toolchains}/${name}-${host}`];
  if (!isPath && toolchains === undefined) return undefined;
  return candidates.find((path) => fs.kindOf(path) === "directory");
}

/** The triple a toolchain's name ends in: `nightly-2026-05-20-aarch64-apple-darwin`. */
function hostOf(name: string, dir: FilePath | undefined): string | undefined {
  for (const text of [name, dir?.slice(dir.lastIndexOf("/") + 1)]) {
    const host = /^(?:stable|beta|nightly|\d+\.\d+(?:\.\d+)?(?:-beta(?:\.\d+)?)?)(?:-\d{4}-\d{2}-\d{2})?-(.+-.+)$/.exec(text ?? "")?.[1];
    if (host !== undefined) return host;
  }
  return undefined;
}

function fromTargetFolder({ targetDir }: ToolchainRequest, fs: FileSystem): Found | undefined {
  const path = `${targetDir}/.rustc_info.json`;
  const content = targetDir === undefined ? undefined : fs.readFile(path);
  const info = content?.kind === "text" ? toolchainFromInfo(content.text) : undefined;
  return info === undefined ? undefined : { ...info, dir: undefined, rustSource: undefined, origin: path };
}

/** Compilers outside rustup: the folder above each `bin` on PATH, then the usual prefixes. */
function fromSystem(fs: FileSystem, env: Environment): Found | undefined {
  for (const dir of systemFolders(fs, env)) {
    const version = toolchainVersion(dir, fs);
    if (version !== undefined) return { version, host: env.hostTriple, dir, rustSource: rustSourceOf(dir, fs), origin: dir };
  }
  return undefined;
}

function systemFolders(fs: FileSystem, env: Environment): FilePath[] {
  const path = variable(env, "PATH") ?? "";
  const separator = path.includes(";") || /^[A-Za-z]:[\\/]/.test(path) ? ";" : ":";
  const bins = path.split(separator).filter((bin) => bin !== "" && joinPath("/", bin) !== `${env.cargoHome}/bin`);
  const withRustc = bins.filter((bin) => ["rustc", "rustc.exe"].some((name) => fs.kindOf(joinPath(bin, name)) === "file"));
  return [...withRustc.map((bin) => dirname(joinPath("/", bin))), "/usr/local", "/usr"];
}
