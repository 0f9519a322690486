/**
 * The crate graph: every crate that can be named from the workspace, as inputs of name resolution. Made by `project`
 * (from manifests and lock files) or by hand (a single file, tests); knows nothing of cargo.
 *
 * Invariant: plain data; crates are named by index; edges are by extern name as the source writes it (`foo_bar`).
 */
import type { Message } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { CfgOptions } from "./cfg.ts";

export type CrateId = number;
export type Edition = 2015 | 2018 | 2021 | 2024;
export type CrateKind = "lib" | "proc-macro" | "bin" | "test" | "example" | "bench" | "build-script" | "std";

export interface Dependency {
  /** The name in the extern prelude, without `r#`, with `_`: `serde`, a renamed `my_serde`. */
  readonly name: string;
  readonly crate: CrateId;
}

export interface CrateData {
  readonly id: CrateId;
  /** The crate's own name with `_`, as rustc's `--crate-name`. */
  readonly name: string;
  readonly kind: CrateKind;
  /** The root file (`src/lib.rs`). */
  readonly root: FilePath;
  readonly edition: Edition;
  readonly cfg: CfgOptions;
  readonly dependencies: readonly Dependency[];
  readonly packageName: string;
  readonly packageVersion: string;
  /** Folder of the package's manifest; files are shown relative to it. */
  readonly packageRoot: FilePath;
  /** Environment that `env!`/`option_env!`/`include!(concat!(env!("OUT_DIR"), …))` see: CARGO_PKG_*, OUT_DIR when it exists. */
  readonly env: ReadonlyMap<string, string>;
  /** True for members of the workspace the user has open (and their targets). */
  readonly isWorkspaceMember: boolean;
  /** Why the crate may hold more than its text says: the reason of every name that is not found through it. */
  readonly incomplete?: Message;
  /** Why it may use more crates than are listed. */
  readonly unknownDependencies?: Message;
}

/** A dependency that has no sources on this machine: named in the extern prelude, everything in it unknown for `reason`. */
export interface MissingDependency {
  readonly name: string;
  readonly reason: Message;
}

export interface CrateGraph {
  readonly crates: readonly CrateData[];
  /** Dependencies without sources, by the crate that names them. */
  readonly missing: ReadonlyMap<CrateId, readonly MissingDependency[]>;
  /** Crates that name each other's `core`, `alloc`, `std`, `proc_macro`: the sysroot; undefined for `#![no_core]` files. */
  readonly sysroot: ReadonlyMap<string, CrateId>;
}
