/**
 * Conditional compilation: the set of cfg atoms of one crate, and what is not known about it.
 *
 * Example: `unix`, `target_os = "linux"`, `feature = "rt"`.
 * Source: Reference, "Conditional compilation".
 */
import type { Message } from "../base/message.ts";

export interface CfgOptions {
  /** Names set without a value: `unix`, `debug_assertions`. */
  readonly flags: ReadonlySet<string>;
  /** Names set with values: `target_os` → {"linux"}, `feature` → {"rt", "net"}. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * Set when a build script's output is not known: any atom that is not a compiler- or cargo-defined one and is not set is
   * then `unknown`; the text says why ("build script of `x` has not been run").
   */
  readonly unknownReason: Message | undefined;
  /** With `unknownReason`: the only names the script could set, where its text tells; without this any name. */
  readonly unknownOnly?: ReadonlySet<string>;
  /**
   * Names whose unset values are unknown, each with its reason: `feature` where the manifest cannot be read, `target_feature`
   * under `-C target-cpu=native`. Names that are not here and not covered by `unknownReason` are false when unset.
   */
  readonly unknownNames?: ReadonlyMap<string, Message>;
  /** Single atoms that may or may not be set (`target_feature="zaamo"`, `target_thread_local`), each with its reason. */
  readonly unknownAtoms?: ReadonlyMap<string, Message>;
  /** The compiler's version (`1.95.0`), for `cfg(version("1.80"))`; that predicate is unknown without it. */
  readonly rustVersion?: string;
}
