/**
 * The cfgs a target has under a compiler version: those of the version itself where its compiler has been asked (1.63, 1.85, 1.95,
 * 1.96, 1.97), else what the asked ones on both sides agree on.
 *
 * Invariant: what the two sides do not agree on is unsure, unless the release of the change is known (`KNOWN_CHANGES`); below the oldest
 * the oldest answers, above the newest the newest. A stable or beta compiler shows unstable target features to nobody.
 *
 * Example: `wasm32-unknown-unknown` has `target_feature="bulk-memory"` since 1.87, `x86_64-apple-ios` `target_env="sim"` since 1.91.
 * Source: rustc_session `config/cfg.rs`, rustc_target `target_features.rs`; asked by `scripts/targets.mjs`.
 */
import { at } from "../base/at.ts";
import { parseCompilerVersion } from "./compiler-version.ts";
import { CFG_CHANGES, UNSTABLE_FEATURES } from "./target-versions.generated.ts";
import { CFGS, RUSTC_VERSION } from "./targets.generated.ts";
import type { TargetSpec } from "./targets.ts";
import { targetByName } from "./targets.ts";

/** What `rustc --print cfg` says for a target, as far as it is known. */
export interface TargetCfg {
  /** Its lines: `unix`, `target_os="linux"`. */
  readonly atoms: readonly string[];
  /** Lines that may or may not be there. */
  readonly unsure: readonly string[];
}

/** A compiler that is asked for the cfgs of a target. */
export interface AskedCompiler {
  /** `1.95.0`, `1.97.0-nightly`; undefined where none was found: the newest then. */
  readonly version: string | undefined;
  /** Whether RUSTC_BOOTSTRAP makes it one that shows unstable features. */
  readonly isBootstrap: boolean;
}

/** A change of cfgs by a release: from `minor` on the newer side is right, before it the older one. */
interface KnownChange {
  readonly minor: number;
  readonly atom: RegExp;
}

const KNOWN_CHANGES: readonly KnownChange[] = [
  // LLVM 16, rust-lang/rust issue 109807.
  { minor: 70, atom: /^target_feature="(?:sign-ext|mutable-globals)"$/ },
  // LLVM 19, PR 127513.
  { minor: 82, atom: /^target_feature="(?:multivalue|reference-types)"$/ },
  // LLVM 20.
  { minor: 87, atom: /^target_feature="(?:bulk-memory|nontrapping-fptoint)"$/ },
  // PR 139451.
  { minor: 91, atom: /^target_env="(?:sim|macabi|)"$/ },
];

const BASE_MINOR = minorOf(RUSTC_VERSION);
/** Minor versions whose compilers were asked, the oldest first. */
const ASKED: readonly number[] = [...Object.keys(CFG_CHANGES).map(Number), BASE_MINOR].sort((a, b) => a - b);

/**
 * The cfgs of a built-in target; undefined for one that is not known. Cfgs that only nightly crates may name at all are always there,
 * features only where the compiler shows them.
 */
export function targetCfg(triple: string, { version: text, isBootstrap }: AskedCompiler): TargetCfg | undefined {
  const spec = targetByName(triple);
  if (spec === undefined) return undefined;
  const version = parseCompilerVersion(text ?? "") ?? { minor: at(ASKED, ASKED.length - 1), channel: "stable" };
  const withUnstable = isBootstrap || version.channel === "nightly" || version.channel === "dev";
  const [older, newer] = neighbours(version.minor);
  const after = atomsAt(spec, newer, withUnstable);
  if (older === newer) return { atoms: after, unsure: [] };
  return between(atomsAt(spec, older, withUnstable), after, (atom) => {
    const change = knownChange(spec, atom);
    return change === undefined ? undefined : version.minor >= change.minor;
  });
}

/** The asked versions on both sides of one; twice the same for one of them, and beyond the ends. */
function neighbours(minor: number): readonly [older: number, newer: number] {
  const newer = ASKED.find((asked) => asked >= minor) ?? at(ASKED, ASKED.length - 1);
  const older = ASKED.findLast((asked) => asked <= minor) ?? newer;
  return [Math.min(older, newer), newer];
}

/** `isLater` tells of an atom that only one side has whether its change came before this version. */
function between(before: readonly string[], after: readonly string[], isLater: (atom: string) => boolean | undefined): TargetCfg {
  const [had, has] = [new Set(before), new Set(after)];
  const atoms = before.filter((atom) => has.has(atom));
  const unsure: string[] = [];
  for (const atom of [...before, ...after].filter((one) => had.has(one) !== has.has(one))) {
    const late = isLater(atom);
    if (late === undefined) unsure.push(atom);
    else if (late === has.has(atom)) atoms.push(atom);
  }
  return { atoms, unsure };
}

/** The changes that are known are those of WebAssembly and of Apple's simulators. */
function knownChange({ arch, isLike }: TargetSpec, atom: string): KnownChange | undefined {
  if (!arch.startsWith("wasm") && !isLike.includes("darwin")) return undefined;
  return KNOWN_CHANGES.find((change) => change.atom.test(atom));
}

function atomsAt(spec: TargetSpec, minor: number, withUnstable: boolean): readonly string[] {
  const atoms = new Set(spec.cfg);
  const change = CFG_CHANGES[minor]?.find((row) => {
    const [, , concerned = ""] = row.split("|");
    return inRanges(spec.number, concerned);
  });
  if (change !== undefined) {
    const [lacks = "", besides = ""] = change.split("|");
    for (const index of indicesOf(lacks)) atoms.delete(at(CFGS, index));
    for (const index of indicesOf(besides)) atoms.add(at(CFGS, index));
  }
  if (withUnstable) return [...atoms];
  // Some architectures had another name in older versions (`mips` for `mips32r6`).
  const archs = UNSTABLE_FEATURES.filter((row) => atoms.has(`target_arch="${row.slice(0, row.indexOf("|"))}"`));
  for (const feature of archs.flatMap((row) => featuresAt(row, minor))) atoms.delete(`target_feature="${feature}"`);
  return [...atoms];
}

function featuresAt(row: string, minor: number): readonly string[] {
  const [, minors = "", features = ""] = row.split("|");
  return minors.split(",").includes(`${minor}`) ? features.split(",") : [];
}

/** The bounds of `0-5,7`: [0, 5] and [7, 7]. */
function bounds(ranges: string): (readonly [number, number])[] {
  if (ranges === "") return [];
  return ranges.split(",").map((range) => {
    const [from, to = from] = range.split("-");
    return [Number(from), Number(to)];
  });
}

function inRanges(number: number, ranges: string): boolean {
  return bounds(ranges).some(([from, to]) => from <= number && number <= to);
}

function indicesOf(ranges: string): readonly number[] {
  return bounds(ranges).flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
}

function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}
