/**
 * The cfg set of one crate: what the target says, what the profile, the features, the build script and the user add.
 *
 * Invariant: `miri` is never set, `test` only where the crate is compiled as a test, `proc_macro` only in procedural macros;
 * `debug_assertions` and `panic` follow the profile and not `rustc --print cfg`, which shows them for a plain `rustc`.
 * Source: Reference, "Set configuration options"; cargo 1.95 `core/compiler/mod.rs` (`build_base_args`).
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { CfgOptions } from "../db/cfg.ts";
import type { TargetCfg } from "../layout/target-cfg.ts";
import type { ProfileSettings } from "./profile.ts";
import type { RustFlags } from "./rustflags.ts";
import { splitOnce } from "./rustflags.ts";

export interface CrateCfg {
  readonly target: CfgOptions;
  readonly flags: RustFlags;
  readonly profile: ProfileSettings;
  readonly isTest: boolean;
  readonly isProcMacro: boolean;
  readonly features: Iterable<string>;
  /** From the build script and from the user: `name` or `name="value"`. */
  readonly extra: readonly string[];
  readonly rustVersion: string | undefined;
  readonly unknownReason: Message | undefined;
  readonly unknownOnly: ReadonlySet<string> | undefined;
  readonly unknownNames: ReadonlyMap<string, Message>;
}

const NOT_THE_TARGETS: ReadonlySet<string> = new Set([
  "debug_assertions",
  "overflow_checks",
  "ub_checks",
  "panic",
  "test",
  "miri",
  "proc_macro",
]);

/** The lines of `rustc --print cfg` as options, `debug_assertions` and `panic` included. */
export function parseTargetCfg({ atoms, unsure }: TargetCfg): CfgOptions {
  const cfg: MutableCfg = { flags: new Set(), values: new Map() };
  for (const line of atoms) addCfg(cfg, line);
  if (unsure.length === 0) return { ...cfg, unknownReason: undefined };
  const reason = msg("the compilers before and after this version do not agree on it");
  return { ...cfg, unknownReason: undefined, unknownAtoms: new Map(unsure.map((line) => [line, reason])) };
}

/** The options of one crate. */
export function buildCfg(crate: CrateCfg): CfgOptions {
  const cfg = targetPart(crate.target);
  addProfile(cfg, crate);
  if (crate.isTest) cfg.flags.add("test");
  if (crate.isProcMacro) cfg.flags.add("proc_macro");
  for (const feature of crate.features) addValue(cfg, "feature", feature);
  applyTargetFeatures(cfg, crate.flags);
  for (const text of [...crate.flags.cfgs, ...crate.extra]) addCfg(cfg, text);
  const unknownNames = new Map(crate.unknownNames);
  for (const [name, reason] of flagUnknowns(crate.flags)) unknownNames.set(name, reason);
  const unknownAtoms = unsureAtoms(crate);
  return {
    ...cfg,
    unknownReason: crate.unknownReason,
    ...(unknownAtoms.size === 0 ? {} : { unknownAtoms }),
    ...(crate.unknownReason === undefined || crate.unknownOnly === undefined ? {} : { unknownOnly: crate.unknownOnly }),
    ...(unknownNames.size === 0 ? {} : { unknownNames }),
    ...(crate.rustVersion === undefined ? {} : { rustVersion: crate.rustVersion }),
  };
}

/** `ub_checks` follows `debug_assertions`; a profile that unwinds leaves `panic` to the target. */
function addProfile(cfg: MutableCfg, { target, flags, profile }: CrateCfg): void {
  const debugAssertions = flags.debugAssertions ?? profile.debugAssertions;
  // Cargo says something about overflow checks only where they differ from debug assertions, which they follow in rustc.
  const follows = profile.overflowChecks === profile.debugAssertions;
  const overflowChecks = flags.overflowChecks ?? (follows ? debugAssertions : profile.overflowChecks);
  for (const name of debugAssertions ? ["debug_assertions", "ub_checks"] : []) cfg.flags.add(name);
  if (overflowChecks) cfg.flags.add("overflow_checks");
  const targetPanic = [...(target.values.get("panic") ?? ["unwind"])][0] ?? "unwind";
  addValue(cfg, "panic", flags.panic ?? (profile.panic === "unwind" ? targetPanic : profile.panic));
}

/** The target's, less what the user's flags settle. */
function unsureAtoms({ target, flags }: CrateCfg): ReadonlyMap<string, Message> {
  const settled = new Set(flags.targetFeatures.map((feature) => `target_feature="${feature.slice(1)}"`));
  return new Map([...(target.unknownAtoms ?? [])].filter(([atom]) => !settled.has(atom)));
}

interface MutableCfg {
  readonly flags: Set<string>;
  readonly values: Map<string, ReadonlySet<string>>;
}

function targetPart(target: CfgOptions): MutableCfg {
  const flags = new Set([...target.flags].filter((name) => !NOT_THE_TARGETS.has(name)));
  return { flags, values: new Map([...target.values].filter(([name]) => !NOT_THE_TARGETS.has(name))) };
}

/** Adds `name` or `name="value"`; quotes may be missing, as on a command line whose shell ate them. */
function addCfg(cfg: MutableCfg, text: string): void {
  const [name, value] = splitOnce(text, "=");
  if (name.trim() === "") return;
  if (value === undefined) cfg.flags.add(name.trim());
  else addValue(cfg, name.trim(), value.trim().replace(/^"(.*)"$/s, "$1"));
}

function addValue(cfg: MutableCfg, name: string, value: string): void {
  cfg.values.set(name, new Set([...(cfg.values.get(name) ?? []), value]));
}

function applyTargetFeatures(cfg: MutableCfg, flags: RustFlags): void {
  const features = new Set(cfg.values.get("target_feature"));
  for (const feature of flags.targetFeatures) {
    if (feature.startsWith("+")) features.add(feature.slice(1));
    else if (feature.startsWith("-")) features.delete(feature.slice(1));
  }
  if (features.size > 0) cfg.values.set("target_feature", features);
}

/** One CPU feature brings others, and a CPU many: which ones is LLVM's knowledge, not ours. */
function flagUnknowns(flags: RustFlags): (readonly [string, Message])[] {
  if (flags.targetCpu !== undefined && flags.targetCpu !== "generic") {
    return [["target_feature", msg("what `{flag}` brings is not known", { flag: `-C target-cpu=${flags.targetCpu}` })]];
  }
  const added = flags.targetFeatures.filter((feature) => feature !== "+crt-static" && feature !== "-crt-static");
  return added.length === 0
    ? []
    : [["target_feature", msg("what `{flag}` brings besides is not known", { flag: `-C target-feature=${added.join(",")}` })]];
}
