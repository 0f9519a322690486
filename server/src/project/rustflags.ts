/**
 * The flags a user gives rustc through cargo, as far as they change what is compiled: `--cfg`, `-C debug-assertions`,
 * `-C overflow-checks`, `-C panic`, `-C target-feature`, `-C target-cpu`.
 *
 * Cargo takes the first of these that is set: CARGO_ENCODED_RUSTFLAGS, RUSTFLAGS, `target.TRIPLE.rustflags` together with every
 * matching `target.'cfg(..)'.rustflags`, `build.rustflags`. Source: Cargo Book, "build.rustflags".
 */
import type { CfgOptions } from "../db/cfg.ts";
import { evaluateCfg, parseCargoCfg } from "../db/cfg-expr.ts";
import type { CargoConfig } from "./cargo-config.ts";
import { configValue, configWords, words } from "./cargo-config.ts";
import type { Environment } from "./environment.ts";
import { settingVariable, variable } from "./environment.ts";
import { tableEntries } from "./toml.ts";

export interface RustFlags {
  /** Each as after `--cfg`: `tokio_unstable`, `backend="simd"`. */
  readonly cfgs: readonly string[];
  /** What `-C debug-assertions` says, if it is there. */
  readonly debugAssertions: boolean | undefined;
  readonly overflowChecks: boolean | undefined;
  readonly panic: string | undefined;
  /** `+avx2`, `-sse3`, in order. */
  readonly targetFeatures: readonly string[];
  readonly targetCpu: string | undefined;
}

export const NO_FLAGS: RustFlags = {
  cfgs: [],
  debugAssertions: undefined,
  overflowChecks: undefined,
  panic: undefined,
  targetFeatures: [],
  targetCpu: undefined,
};

/** The flags for code compiled for `triple`, whose cfg without any flags is `targetOptions`. */
export function rustFlags(config: CargoConfig, env: Environment, triple: string, targetOptions: CfgOptions): RustFlags {
  return parseFlags(flagWords(config, env, triple, targetOptions));
}

function flagWords(config: CargoConfig, env: Environment, triple: string, targetOptions: CfgOptions): readonly string[] {
  const encoded = variable(env, "CARGO_ENCODED_RUSTFLAGS");
  if (encoded !== undefined) return encoded.split("\u001f");
  const plain = variable(env, "RUSTFLAGS");
  if (plain !== undefined) return words(plain);
  const forTarget = [...targetTableFlags(config, triple, targetOptions), ...words(settingVariable(env, `target.${triple}.rustflags`))];
  if (forTarget.length > 0) return forTarget;
  return [...configWords(config, "build.rustflags"), ...words(settingVariable(env, "build.rustflags"))];
}

function targetTableFlags(config: CargoConfig, triple: string, targetOptions: CfgOptions): string[] {
  return tableEntries(configValue(config, "target")).flatMap(([key, table]) => {
    const expr = parseCargoCfg(key);
    const matches = expr === undefined ? key === triple : evaluateCfg(expr, targetOptions).truth === "true";
    return matches ? words(table["rustflags"]) : [];
  });
}

interface Collected {
  readonly cfgs: string[];
  readonly targetFeatures: string[];
  debugAssertions: boolean | undefined;
  overflowChecks: boolean | undefined;
  panic: string | undefined;
  targetCpu: string | undefined;
}

/** Reads the words of a rustc command line; flags that change nothing here are passed over. */
export function parseFlags(args: readonly string[]): RustFlags {
  const flags: Collected = {
    cfgs: [],
    targetFeatures: [],
    debugAssertions: undefined,
    overflowChecks: undefined,
    panic: undefined,
    targetCpu: undefined,
  };
  for (const [index, word] of args.entries()) {
    const next = args[index + 1] ?? "";
    if (word === "--cfg") flags.cfgs.push(next);
    else if (word.startsWith("--cfg=")) flags.cfgs.push(word.slice("--cfg=".length));
    else if (word === "-C" || word === "--codegen") codegenOption(flags, next);
    else if (word.startsWith("-C")) codegenOption(flags, word.slice(2));
    else if (word.startsWith("--codegen=")) codegenOption(flags, word.slice("--codegen=".length));
  }
  return flags;
}

function codegenOption(flags: Collected, option: string): void {
  const [name = "", value] = splitOnce(option, "=");
  switch (name.replaceAll("_", "-")) {
    case "debug-assertions":
      flags.debugAssertions = isOn(value);
      break;
    case "overflow-checks":
      flags.overflowChecks = isOn(value);
      break;
    case "panic":
      flags.panic = value;
      break;
    case "target-cpu":
      flags.targetCpu = value;
      break;
    case "target-feature":
      flags.targetFeatures.push(...(value ?? "").split(","));
      break;
  }
}

function isOn(value: string | undefined): boolean {
  return value === undefined || ["y", "yes", "on", "true"].includes(value);
}

/** `a=b=c` → `a`, `b=c`. */
export function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
