/**
 * What a package's build script told cargo, from the output of its last run: `TARGET_DIR/[TRIPLE/]PROFILE/build/NAME-HASH/output`,
 * lines `cargo:rustc-cfg=..`, `cargo::rustc-env=..`; or from `[target.TRIPLE.LINKS]` in cargo's configuration, which replaces
 * the run.
 *
 * Invariant: of several folders, one of another package version or feature set is never taken; of those that are left the
 * newest. If they disagree and nothing tells them apart, the answer is unknown. Source: Cargo Book, "Build scripts".
 */

import type { FileSystem } from "../base/file-system.ts";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { ScriptOrigin } from "./build-fingerprint.ts";
import { isScriptOf, scriptOrigin } from "./build-fingerprint.ts";
import { settableCfgs } from "./build-script-text.ts";
import type { CargoConfig } from "./cargo-config.ts";
import { configValue, words } from "./cargo-config.ts";
import type { Manifest } from "./cargo-manifest.ts";
import type { Target } from "./manifest-targets.ts";
import { buildScriptTarget } from "./manifest-targets.ts";
import { splitOnce } from "./rustflags.ts";
import { asString, asTable } from "./toml.ts";

export type BuildOutput =
  | { readonly kind: "none" }
  | {
      readonly kind: "output";
      /** `name` or `name="value"`. */
      readonly cfgs: readonly string[];
      readonly env: ReadonlyMap<string, string>;
      readonly outDir: FilePath | undefined;
    }
  /** The script's output is not there; it could set the `settable` cfgs (undefined: any). */
  | { readonly kind: "unknown"; readonly reason: Message; readonly settable: ReadonlySet<string> | undefined };

export interface BuildFolders {
  readonly fs: FileSystem;
  readonly config: CargoConfig;
  /** Folders such as `/ws/target/debug`, most fitting first, for code that runs on the target and for code for the host. */
  readonly profileDirs: { readonly target: readonly FilePath[]; readonly host: readonly FilePath[] };
  readonly listings: Map<FilePath, ReadonlyMap<string, readonly string[]>>;
  readonly origins: Map<FilePath, ScriptOrigin | undefined>;
}

export interface BuildQuestion {
  readonly manifest: Manifest;
  readonly features: ReadonlySet<string>;
  readonly role: "target" | "host";
  readonly triple: string;
  /** Whether other packages of the same name are in the graph. */
  readonly hasNamesakes: boolean;
}

/** The output of a package's build script, if it has one. */
export function buildOutput(folders: BuildFolders, question: BuildQuestion): BuildOutput {
  const { manifest } = question;
  const script = buildScriptTarget(manifest, folders.fs);
  if (script === undefined) return { kind: "none" };
  const configured = configuredOutput(folders.config, question);
  if (configured !== undefined) return configured;
  const scriptText = readText(folders.fs, script.root);
  for (const profileDir of folders.profileDirs[question.role]) {
    const runs = fittingRuns(folders, profileDir, { ...question, usesFeatures: /feature/i.test(scriptText ?? "feature") });
    if (runs.length === 0) continue;
    const chosen = newestRun(folders.fs, runs);
    if (chosen !== undefined) return parseOutput(chosen.text, readText(folders.fs, `${chosen.dir}/root-output`), `${chosen.dir}/out`);
    return unknown(
      folders.fs,
      { manifest, script },
      msg("several outputs of the build script of `{name}` are there and disagree", { name: manifest.name }),
    );
  }
  return unknown(
    folders.fs,
    { manifest, script },
    msg("the build script of `{name}` has not been run for this target and profile", { name: manifest.name }),
  );
}

interface Run {
  readonly dir: FilePath;
  readonly text: string;
  /** Whether cargo notes that it was made with the very features. */
  readonly isExact: boolean;
}

interface RunQuestion extends BuildQuestion {
  /** Whether the script looks at features at all. */
  readonly usesFeatures: boolean;
}

/** Runs for other features are left over only where there is none for these. */
function fittingRuns(folders: BuildFolders, profileDir: FilePath, question: RunQuestion): Run[] {
  const runs = runsOf(folders, profileDir, question.manifest.name).flatMap((run) => {
    const origin = originOf(folders, profileDir, run);
    if (!fits(origin, question)) return [];
    const dir = `${profileDir}/build/${run}`;
    const text = readText(folders.fs, `${dir}/output`);
    const isExact = origin?.features !== undefined && sameSet(origin.features, question.features);
    return text === undefined ? [] : [{ dir, text, isExact }];
  });
  const exact = runs.filter((run) => run.isExact);
  return exact.length > 0 ? exact : runs;
}

/** Folders `NAME-HASH` that hold an `output`. */
function runsOf({ fs, listings }: BuildFolders, profileDir: FilePath, name: string): readonly string[] {
  let byName = listings.get(profileDir);
  if (byName === undefined) {
    byName = listRuns(fs, `${profileDir}/build`);
    listings.set(profileDir, byName);
  }
  return (byName.get(name) ?? []).filter((run) => fs.kindOf(`${profileDir}/build/${run}/output`) === "file");
}

function listRuns(fs: FileSystem, build: FilePath): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const { name: run } of fs.kindOf(build) === "directory" ? (fs.readDirectory(build) ?? []) : []) {
    const name = /^(.+)-[0-9a-f]{16}$/.exec(run)?.[1];
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), run]);
  }
  return byName;
}

function originOf({ fs, origins }: BuildFolders, profileDir: FilePath, run: string): ScriptOrigin | undefined {
  const at = `${profileDir}/${run}`;
  if (!origins.has(at)) origins.set(at, scriptOrigin(fs, profileDir, run));
  return origins.get(at);
}

/** A folder without cargo's notes fits unless another package of that name could have left it. */
function fits(origin: ScriptOrigin | undefined, { manifest, features, hasNamesakes, usesFeatures }: RunQuestion): boolean {
  if (origin === undefined) return !hasNamesakes;
  if (!isScriptOf(origin, manifest.dir)) return false;
  return !usesFeatures || origin.features === undefined || sameSet(origin.features, features);
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

function newestRun(fs: FileSystem, runs: readonly Run[]): Run | undefined {
  const [first, ...others] = runs;
  if (first === undefined || others.every(({ text }) => sameCfgs(text, first.text))) return first;
  const dated = runs.map((run) => ({ run, time: fs.modifiedTime?.(`${run.dir}/output`) }));
  if (dated.some(({ time }) => time === undefined)) return undefined;
  return dated.toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0))[0]?.run;
}

function sameCfgs(a: string, b: string): boolean {
  return outputLines(a, "rustc-cfg").join("\n") === outputLines(b, "rustc-cfg").join("\n");
}

/** The values of one key, from `cargo:KEY=VALUE` and `cargo::KEY=VALUE` lines. */
function outputLines(text: string, key: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [name, value] = splitOnce(line.replace(/^cargo::?/, ""), "=");
    return line.startsWith("cargo:") && name === key && value !== undefined ? [value.trim()] : [];
  });
}

/** `previousOut` is where OUT_DIR lay when the script ran; the folder may have moved since. */
export function parseOutput(text: string, previousOut: string | undefined, outDir: FilePath): BuildOutput {
  const env = new Map<string, string>();
  for (const line of outputLines(text, "rustc-env")) {
    const [name, value = ""] = splitOnce(line, "=");
    env.set(name, previousOut === undefined || previousOut === "" ? value : value.replaceAll(previousOut, outDir));
  }
  return { kind: "output", cfgs: outputLines(text, "rustc-cfg"), env, outDir };
}

/** `[target.TRIPLE.LINKS]` stands for the run of the script of the package with that `links`. */
function configuredOutput(config: CargoConfig, { manifest, triple }: BuildQuestion): BuildOutput | undefined {
  const links = asString(manifest.package["links"]);
  const table = links === undefined ? undefined : asTable(asTable(asTable(configValue(config, "target"))?.[triple])?.[links]);
  if (table === undefined) return undefined;
  const env = new Map(Object.entries(asTable(table["rustc-env"]) ?? {}).map(([name, value]) => [name, asString(value) ?? ""] as const));
  return { kind: "output", cfgs: words(table["rustc-cfg"]), env, outDir: undefined };
}

interface Script {
  readonly manifest: Manifest;
  readonly script: Target;
}

/** Build dependencies may set cfgs too, out of sight. */
function unknown(fs: FileSystem, { manifest, script }: Script, reason: Message): BuildOutput {
  const text = manifest.dependencies.some(({ kind }) => kind === "build") ? undefined : readText(fs, script.root);
  return { kind: "unknown", reason, settable: text === undefined ? undefined : settableCfgs(text) };
}

function readText(fs: FileSystem, path: FilePath): string | undefined {
  const content = fs.readFile(path);
  return content.kind === "text" ? content.text : undefined;
}
