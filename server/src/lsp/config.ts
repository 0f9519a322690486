/**
 * Settings → what the server works with: the client's answer to `workspace/configuration` for the sections `stowplan` and
 * `rust-analyzer`, checked and completed.
 *
 * VS Code sends defaults like values that were set, so a default counts as not set where something else may say it.
 */
import type { FilePath } from "../base/path.ts";
import type { DiagnosticCode, DiagnosticsConfig, HoverConfig, InlayHintsConfig, Severity } from "../ide/config.ts";
import { DEFAULT_DIAGNOSTICS, DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../ide/config.ts";
import { SETTINGS, Section } from "./settings.ts";

export interface Config {
  readonly target: string | undefined;
  readonly rustAnalyzerTarget: string | undefined;
  /** Targets that the one in use is compared with. */
  readonly compareTargets: readonly string[];
  readonly toolchain: string | undefined;
  readonly profile: string;
  readonly features: readonly string[] | "all";
  readonly noDefaultFeatures: boolean;
  readonly cfgs: readonly string[];
  /** Glob patterns of files without hints and diagnostics. */
  readonly exclude: readonly string[];
  /** Items of parsed texts are kept on disk. */
  readonly cache: boolean;
  /** Bytes; undefined for `clippy.toml`'s or the default. */
  readonly oversizedVariantThreshold: number | undefined;
  readonly hover: HoverConfig;
  readonly inlayHints: InlayHintsConfig;
  readonly diagnostics: DiagnosticsConfig;
}

/** The settings of a workspace folder, which count for the files below it. */
export interface FolderConfig {
  readonly path: FilePath;
  readonly config: Config;
}

/** All settings: those of the folders, and what counts for files outside of them. */
export interface Configs {
  readonly common: Config;
  readonly folders: readonly FolderConfig[];
}

/** The settings that count for a file: those of the innermost folder around it. */
export function configFor({ common, folders }: Configs, path: FilePath): Config {
  const around = folders.filter((folder) => path === folder.path || path.startsWith(`${folder.path.replace(/\/$/, "")}/`));
  return around.toSorted((a, b) => b.path.length - a.path.length)[0]?.config ?? common;
}

/** Reads the settings; `rustAnalyzer` is the section `rust-analyzer`, which some settings fall back to. */
export function readConfig(stowplan: unknown, rustAnalyzer: unknown): Config {
  const own = new Section(stowplan);
  const other = new Section(rustAnalyzer);
  const threshold = own.count("oversizedVariant.threshold", SETTINGS["oversizedVariant.threshold"], 0);
  return {
    target: named(own.string("target")),
    rustAnalyzerTarget: other.string("cargo.target"),
    compareTargets: own.strings("compareTargets") ?? SETTINGS.compareTargets,
    toolchain: named(own.string("toolchain")),
    profile: own.choice("profile", ["dev", "release"], SETTINGS.profile),
    features: features(own) ?? features(other) ?? [],
    noDefaultFeatures: own.flag("cargo.noDefaultFeatures", false) || other.flag("cargo.noDefaultFeatures", false),
    cfgs: cfgs(own, other),
    exclude: own.strings("exclude") ?? SETTINGS.exclude,
    cache: own.flag("cache.enable", SETTINGS["cache.enable"]),
    oversizedVariantThreshold: threshold === SETTINGS["oversizedVariant.threshold"] ? undefined : threshold,
    hover: hoverConfig(own),
    inlayHints: inlayConfig(own, threshold),
    diagnostics: {
      ...DEFAULT_DIAGNOSTICS,
      severity: { "oversized-variant": severity(own, "oversized-variant"), padding: severity(own, "padding") },
      oversizedVariantThreshold: threshold,
      paddingMinimumPercent: own.count("padding.minimumPercent", SETTINGS["padding.minimumPercent"], 0),
      paddingMinimumBytes: own.count("padding.minimumBytes", SETTINGS["padding.minimumBytes"], 0),
    },
  };
}

function named(value: string | undefined): string | undefined {
  return value === undefined || value === "" || value === "auto" ? undefined : value;
}

function features(section: Section): readonly string[] | "all" | undefined {
  if (section.string("cargo.features") === "all") return "all";
  const found = section.strings("cargo.features");
  return found === undefined || found.length === 0 ? undefined : found;
}

/** rust-analyzer's own defaults, `debug_assertions` and `miri`, are for its proofs, not for layouts: the profile says the one, nothing the other. */
function cfgs(own: Section, other: Section): readonly string[] {
  const chosen = own.strings("cargo.cfgs") ?? [];
  if (chosen.length > 0) return chosen;
  return (other.strings("cargo.cfgs") ?? []).filter((cfg) => !cfg.startsWith("!") && cfg !== "debug_assertions" && cfg !== "miri");
}

function numbers(own: Section): HoverConfig["numbers"] {
  return own.choice("numbers", ["decimal", "hexadecimal", "both"], SETTINGS.numbers);
}

function hoverConfig(own: Section): HoverConfig {
  const cacheLine = own.count("cacheLine", SETTINGS.cacheLine, 1);
  return {
    ...DEFAULT_HOVER,
    enable: own.flag("hover.enable", DEFAULT_HOVER.enable),
    references: own.choice("hover.references", ["off", "oneLine", "full"], DEFAULT_HOVER.references),
    table: own.flag("hover.table", DEFAULT_HOVER.table),
    maxRows: own.count("hover.maxRows", DEFAULT_HOVER.maxRows, 1),
    numbers: numbers(own),
    pictures: own.choice("hover.picture", ["definitions", "off"], SETTINGS["hover.picture"]) === "definitions",
    cacheLine: cacheLine === SETTINGS.cacheLine ? undefined : cacheLine,
  };
}

function inlayConfig(own: Section, threshold: number): InlayHintsConfig {
  return {
    ...DEFAULT_INLAY_HINTS,
    enable: own.flag("inlayHints.enable", DEFAULT_INLAY_HINTS.enable),
    types: own.flag("inlayHints.types", DEFAULT_INLAY_HINTS.types),
    padding: own.flag("inlayHints.padding", DEFAULT_INLAY_HINTS.padding),
    variants: own.choice("inlayHints.variants", ["off", "largest", "all"], DEFAULT_INLAY_HINTS.variants),
    fields: own.flag("inlayHints.fields", DEFAULT_INLAY_HINTS.fields),
    aliases: own.flag("inlayHints.aliases", DEFAULT_INLAY_HINTS.aliases),
    minimumSize: own.count("inlayHints.minimumSize", DEFAULT_INLAY_HINTS.minimumSize, 0),
    numbers: numbers(own),
    oversizedVariantThreshold: threshold,
  };
}

function severity(own: Section, code: DiagnosticCode): Severity {
  return own.choice(`diagnostics.severity.${code}`, ["off", "hint", "information", "warning", "error"], DEFAULT_DIAGNOSTICS.severity[code]);
}
