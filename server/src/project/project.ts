/**
 * The project model's question and answer: what to load, and the crates, packages, compiler and target that come back.
 *
 * Invariant: plain data. The graph holds no sysroot crates (`core`, `std`, ..); its `sysroot` is empty.
 */
import type { Message } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { CrateGraph, CrateId, Edition } from "../db/crate-graph.ts";
import type { SettingsRequest } from "./build-settings.ts";
import type { CliFeatures } from "./feature-resolver.ts";
import type { ProjectCache } from "./manifest-loader.ts";
import type { TargetKind } from "./manifest-targets.ts";
import type { TargetChoice } from "./target-choice.ts";
import type { CustomTarget } from "./target-spec.ts";
import type { Toolchain } from "./toolchain.ts";

export interface ProjectRequest extends SettingsRequest {
  /** A folder (the nearest `Cargo.toml` above counts), or a `.rs` file, taken as a crate root. */
  readonly path: FilePath;
  readonly features: CliFeatures;
  /** `name` or `name="value"`: for the package asked for, else for every member. */
  readonly cfgs: readonly string[];
  /** A package of the graph to answer for, instead of the members. */
  readonly package: PackageQuery | undefined;
  /** Of a `.rs` path; 2021 when not given. */
  readonly edition: Edition | undefined;
  /** Of a `.rs` path: why the package it belongs to, its features and dependencies, is not known. */
  readonly unknownPackage?: Message | undefined;
  /** `main`: libraries and binaries; `all`: also build scripts, tests, examples, benches and `#[cfg(test)]` crates. */
  readonly targets: "main" | "all";
  /** Kept from one load to the next; undefined starts afresh. */
  readonly cache: ProjectCache | undefined;
}

export interface PackageQuery {
  readonly name: string;
  /** Full, or its first parts (`1.2`). */
  readonly version: string | undefined;
}

export interface Project {
  readonly graph: CrateGraph;
  /** The members, or the package asked for, with their targets. */
  readonly packages: readonly ProjectPackage[];
  readonly toolchain: Toolchain;
  /** The compiler's version that `cfg(version(..))` and the layout rules go by. */
  readonly rustVersion: string | undefined;
  readonly target: TargetChoice;
  /** The machine, where the target is a JSON specification. */
  readonly customTarget: CustomTarget | undefined;
  /** The folder of the workspace's root manifest (of the file, for a `.rs` path). */
  readonly root: FilePath;
  /** Where cargo builds. */
  readonly targetDir: FilePath;
  /** What could not be read or found, for the user. */
  readonly notes: readonly Message[];
  /** Manifests, lock file and configuration that were read: their change changes the project. */
  readonly inputs: readonly FilePath[];
}

export interface ProjectPackage {
  readonly name: string;
  readonly version: string;
  readonly root: FilePath;
  readonly edition: Edition;
  readonly isMember: boolean;
  /** The library first, then binaries, then the rest. */
  readonly targets: readonly ProjectTarget[];
  /** The features that are on. */
  readonly features: readonly string[];
}

export interface ProjectTarget {
  readonly kind: TargetKind;
  readonly name: string;
  readonly root: FilePath;
  readonly edition: Edition;
  readonly crate: CrateId;
  /** The same root compiled with `--test`, for items under `#[cfg(test)]`: members' libraries and binaries have it. */
  readonly testCrate: CrateId | undefined;
  /** Features it requires that are off: cargo would leave it out. */
  readonly missingFeatures: readonly string[];
}

export type ProjectError =
  | { readonly kind: "notFound"; readonly message: Message }
  | { readonly kind: "unreadable"; readonly message: Message }
  | { readonly kind: "unknownTarget"; readonly message: Message }
  | { readonly kind: "unknownPackage"; readonly message: Message }
  | { readonly kind: "ambiguousPackage"; readonly message: Message; readonly versions: readonly string[] };
