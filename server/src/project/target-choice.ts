/**
 * The target a build is for: asked for explicitly, else CARGO_BUILD_TARGET, cargo's `build.target`, rust-analyzer's setting,
 * else the compiler's host. `targets` of rust-toolchain.toml only installs std and chooses nothing.
 *
 * Invariant: one target is chosen and all that were named are offered. A target may be a JSON specification (`spec`).
 */

import type { Value } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { basename, joinPath } from "../base/path.ts";
import type { CargoConfig } from "./cargo-config.ts";
import { configValue, words } from "./cargo-config.ts";
import type { Environment } from "./environment.ts";
import { settingVariable } from "./environment.ts";

export interface TargetSettings {
  /** `--target`, or `stowplan.target` unless it is `auto`. */
  readonly explicit: string | undefined;
  /** `rust-analyzer.cargo.target`. */
  readonly rustAnalyzer: string | undefined;
}

export interface TargetChoice {
  /** The triple; for a JSON specification its file's stem, as in cargo's folder names. */
  readonly triple: string;
  /** The specification's file, for a target that is not built into rustc. */
  readonly spec: FilePath | undefined;
  /** All that the deciding place names (`build.target` may be a list), the chosen one first. */
  readonly offered: readonly string[];
  /** What decided, for the user. */
  readonly origin: Value;
  /** Whether cargo itself would build with `--target`: then flags do not reach build scripts and procedural macros. */
  readonly isCrossBuild: boolean;
}

export interface TargetQuestion {
  readonly settings: TargetSettings;
  readonly config: CargoConfig;
  readonly host: string;
  /** What a relative specification path on the command line is relative to. */
  readonly dir: FilePath;
}

interface Candidate {
  readonly names: readonly string[];
  readonly origin: Value;
  readonly base: FilePath;
  readonly isCargos: boolean;
}

/** Chooses the target. */
export function chooseTarget(question: TargetQuestion, env: Environment): TargetChoice {
  const { host } = question;
  const decided = candidates(question, env).find((candidate) => candidate.names.length > 0);
  const [first, ...others] = decided?.names ?? [];
  if (decided === undefined || first === undefined) {
    return { triple: host, spec: undefined, offered: [host], origin: msg("the compiler's host"), isCrossBuild: false };
  }
  const chosen = named(first, host, decided.base);
  return {
    ...chosen,
    offered: [chosen.triple, ...others.map((other) => named(other, host, decided.base).triple)],
    origin: decided.origin,
    isCrossBuild: decided.isCargos || chosen.triple !== host,
  };
}

function candidates({ settings, config, dir }: TargetQuestion, env: Environment): Candidate[] {
  const one = (text: string | undefined): string[] => (text === undefined || text === "" ? [] : [text]);
  const base = config.baseOf("build.target") ?? dir;
  const fromConfig = configValue(config, "build.target");
  return [
    { names: one(settings.explicit), origin: msg("the target asked for"), base: dir, isCargos: false },
    { names: one(settingVariable(env, "build.target")), origin: "CARGO_BUILD_TARGET", base: dir, isCargos: true },
    {
      names: typeof fromConfig === "string" ? one(fromConfig) : words(fromConfig),
      origin: msg("build.target in {base}/.cargo/config.toml", { base }),
      base,
      isCargos: true,
    },
    { names: one(settings.rustAnalyzer), origin: "rust-analyzer.cargo.target", base: dir, isCargos: false },
  ];
}

/** `host-tuple` stands for the host; what ends in `.json` is a specification. */
function named(name: string, host: string, base: FilePath): Pick<TargetChoice, "triple" | "spec"> {
  if (name === "host-tuple") return { triple: host, spec: undefined };
  if (!name.endsWith(".json")) return { triple: name, spec: undefined };
  const spec = joinPath(base, name);
  return { triple: basename(spec).slice(0, -".json".length), spec };
}
