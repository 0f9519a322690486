/**
 * What a build in a folder is made with: cargo's configuration, the compiler, the target, rustc's flags, the folder cargo
 * builds into.
 *
 * Invariant: the compiler, the host and the target are found in this order, since each needs the one before.
 */
import type { FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import { joinPath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { CfgOptions } from "../db/cfg.ts";
import type { TargetCfg } from "../layout/target-cfg.ts";
import type { CargoConfig } from "./cargo-config.ts";
import { configValue, loadCargoConfig } from "./cargo-config.ts";
import { buildCfg, parseTargetCfg } from "./cfg-builder.ts";
import type { Environment } from "./environment.ts";
import { settingVariable, variable } from "./environment.ts";
import type { Platform } from "./feature-resolver.ts";
import type { ProfileSettings } from "./profile.ts";
import type { RustFlags } from "./rustflags.ts";
import { NO_FLAGS, rustFlags } from "./rustflags.ts";
import type { TargetChoice, TargetSettings } from "./target-choice.ts";
import { chooseTarget } from "./target-choice.ts";
import type { CustomTarget } from "./target-spec.ts";
import { readTargetSpec } from "./target-spec.ts";
import { asString } from "./toml.ts";
import type { Toolchain } from "./toolchain.ts";
import { findToolchain } from "./toolchain.ts";

export interface SettingsRequest {
  readonly target: TargetSettings;
  /** `stowplan.toolchain`, unless it is `auto`. */
  readonly toolchain: string | undefined;
  /** `--rust-version`: the compiler's version whatever is installed. */
  readonly rustVersion: string | undefined;
  /** `dev`, `release` or one of the manifest's profiles. */
  readonly profile: string;
  /** More folders that may hold build script outputs, such as rust-analyzer's. */
  readonly targetDirs: readonly FilePath[];
}

/** One of the two machines code is compiled for. */
export interface Machine {
  readonly triple: string;
  /** The target's own cfg. */
  readonly plain: CfgOptions;
  readonly flags: RustFlags;
  /** What `[target.'cfg(..)']` tables are asked against: with the user's flags. */
  readonly platform: Platform;
}

export interface BuildSettings {
  readonly config: CargoConfig;
  readonly toolchain: Toolchain;
  /** For `cfg(version(..))`. */
  readonly rustVersion: string | undefined;
  readonly choice: TargetChoice;
  /** What a JSON specification says of the target, where it is one. */
  readonly custom: CustomTarget | undefined;
  readonly target: Machine;
  readonly host: Machine;
  readonly targetDir: FilePath;
  /** Where `.fingerprint` and `build` lie, below the profile: `build.build-dir`, the target folder, rust-analyzer's own in it. */
  readonly buildDirs: readonly FilePath[];
}

export interface Place {
  /** The folder cargo is started in. */
  readonly dir: FilePath;
  /** The workspace's folder. */
  readonly root: FilePath;
}

/** The settings of a build; an error is the name of a target that is not known. */
export function buildSettings(request: SettingsRequest, place: Place, fs: FileSystem, env: Environment): Result<BuildSettings, string> {
  const config = loadCargoConfig(place.dir, fs, env);
  const targetDir = targetFolder(place, config, env);
  const toolchain = findToolchain({ dir: place.dir, setting: request.toolchain, targetDir }, fs, env);
  const choice = chooseTarget({ settings: request.target, config, host: toolchain.host, dir: place.dir }, env);
  const rustVersion = request.rustVersion ?? toolchain.version;
  const compiler = { version: rustVersion, isBootstrap: variable(env, "RUSTC_BOOTSTRAP") !== undefined };
  const custom = choice.spec === undefined ? undefined : readTargetSpec(choice.spec, fs);
  const targetCfg = choice.spec === undefined ? env.targetCfg(choice.triple, compiler) : custom?.cfg;
  if (targetCfg === undefined) return err(choice.spec ?? choice.triple);
  const target = machine(choice.triple, parseTargetCfg(targetCfg), (plain) => rustFlags(config, env, choice.triple, plain));
  const host =
    choice.isCrossBuild || choice.triple !== toolchain.host
      ? hostMachine(env.targetCfg(toolchain.host, compiler), toolchain.host, target)
      : target;
  return ok({
    config,
    toolchain,
    rustVersion,
    choice,
    custom,
    target,
    host,
    targetDir,
    buildDirs: [...buildFolders(place, config, env), targetDir, ...request.targetDirs, joinPath(targetDir, "rust-analyzer")],
  });
}

/** With `--target` cargo gives RUSTFLAGS to the target's code only. A host that is not known is taken to be like the target. */
function hostMachine(cfg: TargetCfg | undefined, triple: string, target: Machine): Machine {
  return machine(triple, cfg === undefined ? target.plain : parseTargetCfg(cfg), () => NO_FLAGS);
}

/** Cargo asks a `rustc --print cfg` without any profile, which has debug assertions. */
const PLAIN_RUSTC: ProfileSettings = { debugAssertions: true, overflowChecks: true, panic: "unwind" };

function machine(triple: string, plain: CfgOptions, flagsFor: (plain: CfgOptions) => RustFlags): Machine {
  const flags = flagsFor(plain);
  const options = buildCfg({
    target: plain,
    flags,
    profile: PLAIN_RUSTC,
    isTest: false,
    isProcMacro: false,
    features: [],
    extra: [],
    rustVersion: undefined,
    unknownReason: undefined,
    unknownOnly: undefined,
    unknownNames: new Map(),
  });
  return { triple, plain, flags, platform: { triple, options } };
}

/** CARGO_TARGET_DIR, `build.target-dir`, else `target` beside the workspace's manifest. */
function targetFolder({ dir, root }: Place, config: CargoConfig, env: Environment): FilePath {
  const fromEnvironment = variable(env, "CARGO_TARGET_DIR") ?? settingVariable(env, "build.target-dir");
  if (fromEnvironment !== undefined) return joinPath(dir, fromEnvironment);
  const configured = asString(configValue(config, "build.target-dir"));
  return configured === undefined ? joinPath(root, "target") : joinPath(config.baseOf("build.target-dir") ?? dir, configured);
}

/** `build.build-dir`, whose `{workspace-path-hash}` cannot be told without cargo. */
function buildFolders({ dir, root }: Place, config: CargoConfig, env: Environment): FilePath[] {
  const fromEnvironment = settingVariable(env, "build.build-dir");
  const template = fromEnvironment ?? asString(configValue(config, "build.build-dir"));
  if (template === undefined) return [];
  const base = fromEnvironment === undefined ? (config.baseOf("build.build-dir") ?? dir) : dir;
  const filled = template.replaceAll("{workspace-root}", root).replaceAll("{cargo-cache-home}", env.cargoHome ?? "");
  return filled.includes("{") ? [] : [joinPath(base, filled)];
}

/** Cargo's folder name of a profile. */
export function profileFolder(profile: string): string {
  switch (profile) {
    case "dev":
    case "test":
    case "debug":
      return "debug";
    case "bench":
      return "release";
    default:
      return profile;
  }
}

/** The folders that hold `build` and `.fingerprint`, for code of the target and of the host, most fitting first. */
export function profileFolders(
  settings: BuildSettings,
  profile: string,
): { readonly target: readonly FilePath[]; readonly host: readonly FilePath[] } {
  const { choice, host, buildDirs } = settings;
  const folder = profileFolder(profile);
  const plain = buildDirs.map((dir) => `${dir}/${folder}`);
  const crossed = buildDirs.map((dir) => `${dir}/${choice.triple}/${folder}`);
  return { target: choice.triple === host.triple ? [...crossed, ...plain] : crossed, host: plain };
}
