/**
 * Which bundled models of the standard library answer for a compiler version and a target.
 *
 * A version between two bundled ones is answered by the newer one, less the types that the two do not lay out alike; above the newest
 * the newest answers, below the oldest the oldest. A target
 * that is not bundled is answered by the models of its system (or family of systems) and pointer width: by one of its architecture
 * alone, else by all of them together with a witness of its architecture from another system. A system that is not bundled has `core` and `alloc` only,
 * answered by all models of its architecture.
 *
 * Invariant: what two answering models disagree on is never taken from one of them (`std-model-text.ts` marks it unknown).
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { CompilerVersion } from "../layout/compiler-version.ts";
import { targetByName } from "../layout/targets.ts";
import type { FileChange } from "./std-model-text.ts";

export interface StoredModel {
  readonly version: string;
  readonly target: string;
  readonly crates: readonly string[];
}

/** A version without sources of its own: a bundled one with changes, each justified where the data are made. */
export interface StoredPatch {
  readonly version: string;
  readonly base: string;
  readonly files: Readonly<Record<string, FileChange>>;
}

/** What two neighbouring versions do not share, unknown in the versions between: each entry is a file and what stands there. */
export interface StoredDifference {
  readonly from: string;
  readonly to: string;
  /** Types that they do not lay out alike: `core/fmt.rs Arguments`. */
  readonly types: readonly string[];
  /** Impls of marker traits that only the newer one has: `core/num/error.rs impl ::core::marker::Copy for …{}`. */
  readonly impls: readonly string[];
}

/** The contents of `models.json`. */
export interface StoredIndex {
  readonly models: readonly StoredModel[];
  readonly patches: readonly StoredPatch[];
  readonly differences: readonly StoredDifference[];
  readonly families: readonly string[];
  /** Indices into `models`, by set number (written in base 36 in the texts). */
  readonly sets: readonly (readonly number[])[];
}

export interface AskedTarget {
  /** Target triple. */
  readonly target: string;
  /** The target's cfg atoms as `rustc --print cfg` shows them (`target_os="linux"`); needed for targets that are not built in. */
  readonly cfg?: readonly string[];
}

export interface TargetChoice {
  /** Indices into the models of one version, the nearest first; empty when none can answer. */
  readonly models: readonly number[];
  /** Models of the same architecture and another system, which have a say in the crates that know no system. */
  readonly witnesses: readonly number[];
  readonly patch: StoredPatch | undefined;
  /** Whether a model of the target itself answers, or of its system and architecture. */
  readonly exact: boolean;
  /** Why only `core` and `alloc` are answered, if so. */
  readonly missingStd: Message | undefined;
}

/** The bundled version itself, or the ones next to it, the newer first; the newest or oldest beyond the ends. */
export function neighbourVersions(index: StoredIndex, version: CompilerVersion): readonly string[] {
  const bundled = [...new Set([...index.models, ...index.patches].map((model) => model.version))].toSorted(
    (a, b) => minorOf(b) - minorOf(a),
  );
  const above = bundled.filter((candidate) => minorOf(candidate) >= version.minor).at(-1);
  const below = bundled.find((candidate) => minorOf(candidate) <= version.minor);
  if (above === undefined || below === undefined || above === below) return [above ?? below ?? ""];
  return [above, below];
}

function minorOf(version: string): number {
  return Number(version.split(".")[1] ?? "0");
}

interface Candidate extends TargetTraits {
  readonly number: number;
  readonly hasStd: boolean;
}

/** The models of one version that answer for a target. */
export function modelsForTarget(index: StoredIndex, version: string, asked: AskedTarget): TargetChoice {
  const patch = index.patches.find((candidate) => candidate.version === version);
  const base = patch?.base ?? version;
  const same = index.models.findIndex((model) => model.version === base && model.target === asked.target);
  if (same >= 0) {
    const hasStd = index.models[same]?.crates.includes("std") === true;
    return {
      models: [same],
      witnesses: [],
      patch,
      exact: true,
      missingStd: hasStd ? undefined : msg("{target} has no std", { target: asked.target }),
    };
  }
  const traits = targetTraits(asked.cfg ?? targetByName(asked.target)?.cfg ?? []);
  const candidates = index.models.flatMap((model, number): Candidate[] => {
    const candidate = { number, hasStd: model.crates.includes("std"), ...targetTraits(targetByName(model.target)?.cfg ?? []) };
    return model.version === base && candidate.width === traits.width ? [candidate] : [];
  });
  return { ...alike(candidates, traits, asked.target), patch };
}

/** The candidates that can answer, from the most to the least alike. */
function alike(candidates: readonly Candidate[], asked: TargetTraits, target: string): Omit<TargetChoice, "patch"> {
  const system = candidates.filter((candidate) => candidate.system === asked.system);
  const arch = candidates.filter((candidate) => candidate.arch === asked.arch);
  const [twin] = nearest(
    system.filter((candidate) => candidate.arch === asked.arch),
    asked,
  );
  if (twin !== undefined) {
    return {
      models: [twin.number],
      witnesses: [],
      exact: true,
      missingStd: twin.hasStd ? undefined : msg("{target} has no std", { target }),
    };
  }
  const relatives = [system, candidates.filter((candidate) => candidate.family === asked.family)].find(
    (group) => asked.system !== "none" && new Set(group.map((candidate) => candidate.arch)).size > 1,
  );
  if (relatives !== undefined) return { models: numbers(relatives), witnesses: numbers(arch), exact: false, missingStd: undefined };
  const models = numbers(arch.length > 0 ? arch : candidates);
  return {
    models,
    witnesses: [],
    exact: false,
    missingStd: asked.system === "none" ? msg("{target} has no std", { target }) : msg("std for {target} is not bundled", { target }),
  };
}

/** Those with the same atomic operations, if there are any: std leaves out what they lack (`Arc`, `AtomicU64`). */
function nearest(candidates: readonly Candidate[], asked: TargetTraits): readonly Candidate[] {
  const same = candidates.filter(({ atomics }) => atomics === asked.atomics);
  return same.length > 0 ? same : candidates;
}

function numbers(candidates: readonly Candidate[]): readonly number[] {
  return candidates.map(({ number }) => number);
}

interface TargetTraits {
  /** What std's platform code depends on: `linux/gnu`, `windows/msvc`, `macos`, `none`. */
  readonly system: string;
  /** Systems with one platform code in the main: `apple`, `windows`; else the system itself. */
  readonly family: string;
  readonly width: string;
  readonly arch: string;
  /** Widths of atomic operations: `8,16,32,64,ptr`. */
  readonly atomics: string;
}

/** Vendors and ABIs for which std has code of its own. */
const DISTINCT_VENDORS = new Set(["uwp", "win7", "fortanix"]);
const DISTINCT_ABIS = new Set(["x32", "ilp32", "uwp"]);

function targetTraits(cfg: readonly string[]): TargetTraits {
  const values = (name: string): string[] =>
    cfg.filter((atom) => atom.startsWith(`${name}="`)).map((atom) => atom.slice(name.length + 2, -1));
  const value = (name: string): string => values(name)[0] ?? "";
  const isApple = value("target_vendor") === "apple";
  const parts = [
    value("target_os"),
    isApple ? "" : value("target_env"),
    DISTINCT_VENDORS.has(value("target_vendor")) ? value("target_vendor") : "",
    DISTINCT_ABIS.has(value("target_abi")) ? value("target_abi") : "",
  ];
  const system = parts.filter((part) => part !== "").join("/");
  return {
    system,
    family: isApple ? "apple" : value("target_os") === "windows" ? "windows" : system,
    width: value("target_pointer_width"),
    arch: value("target_arch"),
    atomics: values("target_has_atomic").toSorted().join(),
  };
}
