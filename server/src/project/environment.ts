/**
 * What the project model may know of the user's machine besides files: given by the host (node, browser, tests), never asked
 * of the system here.
 *
 * Invariant: paths are `FilePath`s (with `/`); a variable that is not in `variables` is not set.
 */
import type { FilePath } from "../base/path.ts";
import type { AskedCompiler, TargetCfg } from "../layout/target-cfg.ts";

export interface Environment {
  /** `$CARGO_HOME`, else `~/.cargo`; undefined where there is no such thing (a browser). */
  readonly cargoHome: FilePath | undefined;
  /** `$RUSTUP_HOME`, else `~/.rustup`. */
  readonly rustupHome: FilePath | undefined;
  readonly home: FilePath | undefined;
  /** The environment variables of the editor or the shell; an empty value counts as not set, as in cargo. */
  readonly variables: Pick<ReadonlyMap<string, string>, "get">;
  /** The triple of this machine (`x86_64-unknown-linux-gnu`), as far as the host can tell. */
  readonly hostTriple: string;
  /** What `rustc --print cfg --target T` of a compiler says for a target; undefined for one that is not known. */
  readonly targetCfg: (triple: string, compiler: AskedCompiler) => TargetCfg | undefined;
}

/** A variable's value, or undefined when it is not set or empty. */
export function variable(env: Environment, name: string): string | undefined {
  const value = env.variables.get(name);
  return value === "" ? undefined : value;
}

/** The variable of a cargo setting: `build.target-dir` → `CARGO_BUILD_TARGET_DIR`. */
export function settingVariable(env: Environment, setting: string): string | undefined {
  return variable(env, `CARGO_${setting.replaceAll(/[.-]/g, "_").toUpperCase()}`);
}
