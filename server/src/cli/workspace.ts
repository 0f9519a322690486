/**
 * What the command line needs of a workspace: its packages, each under one target, ready to be asked.
 *
 * Invariant: opened once per run; nothing here is Node's. Who opens it (`main-cli.ts`) knows disks and compilers.
 */
import type { FilePath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import type { Edition } from "../db/crate-graph.ts";
import type { Analysis } from "../ide/analysis.ts";
import type { ReportInput } from "../ide/report.ts";

/** How the crates are built, as said on the command line. */
export interface BuildOptions {
  /** Empty for the one that settings, cargo's configuration or the host choose. */
  readonly targets: readonly string[];
  /** `1.95`, `1.95.0`, `1.97.0-nightly`; undefined for the toolchain in use. */
  readonly rustVersion: string | undefined;
  readonly features: readonly string[];
  readonly allFeatures: boolean;
  readonly noDefaultFeatures: boolean;
  /** `name` or `name="value"`. */
  readonly cfgs: readonly string[];
  readonly profile: string;
  /** Of a `.rs` path. */
  readonly edition: Edition | undefined;
}

export interface WorkspaceRequest extends BuildOptions {
  /** Absolute: a folder or a `.rs` file; undefined for no sources at all, where std's prelude and paths are in scope. */
  readonly path: FilePath | undefined;
  readonly package: { readonly name: string; readonly version: string | undefined } | undefined;
  /** Tests, examples, benches and build scripts too. */
  readonly allTargets: boolean;
  /** All files of the packages will be asked for. */
  readonly isWhole: boolean;
}

/** One package under one target. */
export interface CliPackage {
  /** As in the manifest; for a `.rs` file its stem. */
  readonly name: string;
  readonly version: string | undefined;
  readonly analysis: Analysis;
  /** The root of its library, else of its first binary: the scope of type expressions. */
  readonly root: FilePath | undefined;
  /** The files of its crates. */
  readonly input: ReportInput;
  /** `enum-variant-size-threshold` of `clippy.toml`, where it is set. */
  readonly oversizedVariantThreshold: number | undefined;
}

export interface CliWorkspace {
  /** By package, then target. */
  readonly packages: readonly CliPackage[];
  /** What could not be read or found, for the user. */
  readonly notes: readonly string[];
}

/** Opens a workspace; an error is a message for the user. */
export type OpenWorkspace = (request: WorkspaceRequest) => Result<CliWorkspace, string>;
