/**
 * Node's side of the door to the machine's environment: the homes of cargo and rustup, variables, the host's triple.
 *
 * Invariant: paths are written with `/`; what the system does not tell is undefined.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import type { FilePath } from "./base/path.ts";
import type { Environment } from "./project/environment.ts";

/** The environment of this process; `targetCfg` answers what `rustc --print cfg` says for a target. */
export function nodeEnvironment(targetCfg: Environment["targetCfg"]): Environment {
  const { variables, home } = userEnvironment();
  const below = (name: string): FilePath | undefined => (home === undefined ? undefined : `${home}/${name}`);
  return {
    cargoHome: folderVariable(variables, "CARGO_HOME") ?? below(".cargo"),
    rustupHome: folderVariable(variables, "RUSTUP_HOME") ?? below(".rustup"),
    home,
    variables,
    hostTriple: hostTriple(),
    targetCfg,
  };
}

/** The variables of this process, and the user's home. */
export function userEnvironment(): Pick<Environment, "variables" | "home"> {
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) variables.set(name, value);
  return { variables, home: attempt(() => withSlashes(homedir())) };
}

/** A path as the core writes it. */
export function withSlashes(path: string): FilePath {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}

function folderVariable(variables: Environment["variables"], name: string): FilePath | undefined {
  const value = variables.get(name);
  return value === undefined || value === "" ? undefined : withSlashes(value).replace(/(?<=.)\/+$/, "");
}

/** The action's result; undefined where the system refuses. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Only a fallback: a toolchain that is found names its own host. */
function hostTriple(): string {
  const arch = ARCHITECTURES[process.arch] ?? process.arch;
  switch (process.platform) {
    case "darwin":
      return `${arch}-apple-darwin`;
    case "win32":
      return `${arch}-pc-windows-msvc`;
    case "freebsd":
      return `${arch}-unknown-freebsd`;
    case "android":
      return `${arch}-linux-android`;
    default:
      return linuxTriple(arch);
  }
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: "x86_64",
  arm64: "aarch64",
  ia32: "i686",
  arm: "armv7",
  ppc64: "powerpc64le",
  riscv64: "riscv64gc",
  loong64: "loongarch64",
};

function linuxTriple(arch: string): string {
  const libc = existsSync("/etc/alpine-release") ? "musl" : "gnu";
  return `${arch}-unknown-linux-${libc}${arch === "armv7" ? "eabihf" : ""}`;
}
