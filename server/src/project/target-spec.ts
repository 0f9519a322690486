/**
 * The cfg and the layout facts of a target that a JSON specification describes (`--target my-board.json`).
 *
 * Invariant: only what the specification says or rustc's defaults give; CPU features are left out.
 * Source: rustc_session `config/cfg.rs` (`default_configuration`), 1.95; rustc_target `TargetOptions::default`.
 */
import type { TomlTable } from "smol-toml";
import type { FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import type { TargetCfg } from "../layout/target-cfg.ts";
import type { TargetLayoutSpec } from "../layout/targets.ts";
import { asBoolean, asString, asStrings, parseJsonTable } from "./toml.ts";

export interface CustomTarget {
  /** What `rustc --print cfg` would say. */
  readonly cfg: TargetCfg;
  readonly layout: TargetLayoutSpec;
}

/** What rustc refuses a specification without, besides `arch` and `data-layout`. */
const REQUIRED = ["llvm-target", "target-pointer-width"];

/** Reads a specification; undefined when the file cannot be read or is none. */
export function readTargetSpec(path: FilePath, fs: FileSystem): CustomTarget | undefined {
  const content = fs.readFile(path);
  const spec = content.kind === "text" ? parseJsonTable(content.text) : undefined;
  const arch = asString(spec?.["arch"]);
  const dataLayout = asString(spec?.["data-layout"]);
  if (spec === undefined || arch === undefined || dataLayout === undefined || !REQUIRED.every((key) => key in spec)) return undefined;
  const cEnumMinBits = Number(spec["c-enum-min-bits"] ?? spec["target-c-int-width"] ?? 32);
  return { cfg: specCfg(spec, arch), layout: { arch, dataLayout, cEnumMinBits } };
}

function specCfg(spec: TomlTable, arch: string): TargetCfg {
  const text = (key: string, usual: string): string => asString(spec[key]) ?? usual;
  const width = `${spec["target-pointer-width"] ?? "32"}`;
  const families = asStrings(spec["target-family"]) ?? [asString(spec["target-family"])].filter((item) => item !== undefined);
  const lines = [
    `target_arch="${arch}"`,
    `target_os="${text("os", "none")}"`,
    `target_env="${text("env", "")}"`,
    `target_abi="${text("abi", "")}"`,
    `target_vendor="${text("vendor", "unknown")}"`,
    `target_endian="${text("target-endian", "little")}"`,
    `target_pointer_width="${width}"`,
    `panic="${text("panic-strategy", "unwind")}"`,
    ...families.map((family) => `target_family="${family}"`),
    ...families.filter((family) => family === "unix" || family === "windows"),
    ...atomicLines(Number(spec["max-atomic-width"] ?? width), Number(width), asBoolean(spec["atomic-cas"]) ?? true),
  ];
  return { atoms: asBoolean(spec["has-thread-local"]) === true ? [...lines, "target_thread_local"] : lines, unsure: [] };
}

function atomicLines(widest: number, pointer: number, hasCas: boolean): string[] {
  if (!hasCas) return [];
  const widths = [8, 16, 32, 64, 128].filter((width) => width <= widest).map(String);
  return [...widths, ...(pointer <= widest ? ["ptr"] : [])].map((width) => `target_has_atomic="${width}"`);
}
