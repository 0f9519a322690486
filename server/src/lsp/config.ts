/**
 * Settings: what the client answers to `workspace/configuration` for the section `stowplan`, checked and completed.
 *
 * Invariant: a value of the wrong type counts as not set; nothing is thrown.
 */
import type { DiagnosticsConfig, HoverConfig, InlayHintsConfig, Severity } from "../ide/config.ts";
import { DEFAULT_DIAGNOSTICS, DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../ide/config.ts";

export interface Config {
  readonly target: string | undefined;
  readonly rustAnalyzerTarget: string | undefined;
  readonly toolchain: string | undefined;
  readonly profile: string;
  readonly features: readonly string[] | "all";
  readonly noDefaultFeatures: boolean;
  readonly cfgs: readonly string[];
  readonly hover: HoverConfig;
  readonly inlayHints: InlayHintsConfig;
  readonly diagnostics: DiagnosticsConfig;
}

/** Reads the settings; `rustAnalyzer` is the section `rust-analyzer`, which some settings fall back to. */
export function readConfig(stowplan: unknown, rustAnalyzer: unknown): Config {
  const own = new Section(stowplan);
  const cargo = new Section(rustAnalyzer).section("cargo");
  const numbers = own.choice("numbers", ["decimal", "hexadecimal", "both"], "decimal");
  const threshold = own.section("oversizedVariant").number("threshold", DEFAULT_DIAGNOSTICS.oversizedVariantThreshold);
  const features = own.section("cargo").strings("features");
  return {
    target: named(own.string("target")),
    rustAnalyzerTarget: cargo.string("target"),
    toolchain: named(own.string("toolchain")),
    profile: own.string("profile") ?? "dev",
    features: features.length > 0 ? features : cargo.string("features") === "all" ? "all" : cargo.strings("features"),
    noDefaultFeatures: own.section("cargo").flag("noDefaultFeatures", cargo.flag("noDefaultFeatures", false)),
    cfgs: own.section("cargo").strings("cfgs"),
    hover: hoverConfig(own, numbers),
    inlayHints: inlayConfig(own, numbers, threshold),
    diagnostics: { severity: { "oversized-variant": severity(own) }, oversizedVariantThreshold: threshold },
  };
}

function named(value: string | undefined): string | undefined {
  return value === undefined || value === "" || value === "auto" ? undefined : value;
}

function hoverConfig(own: Section, numbers: HoverConfig["numbers"]): HoverConfig {
  const hover = own.section("hover");
  return {
    ...DEFAULT_HOVER,
    enable: hover.flag("enable", DEFAULT_HOVER.enable),
    references: hover.choice("references", ["off", "oneLine", "full"], DEFAULT_HOVER.references),
    table: hover.flag("table", DEFAULT_HOVER.table),
    maxRows: hover.number("maxRows", DEFAULT_HOVER.maxRows),
    numbers,
    cacheLine: own.number("cacheLine", 0) === 0 ? undefined : own.number("cacheLine", 64),
  };
}

function inlayConfig(own: Section, numbers: InlayHintsConfig["numbers"], threshold: number): InlayHintsConfig {
  const hints = own.section("inlayHints");
  return {
    ...DEFAULT_INLAY_HINTS,
    enable: hints.flag("enable", DEFAULT_INLAY_HINTS.enable),
    types: hints.flag("types", DEFAULT_INLAY_HINTS.types),
    padding: hints.flag("padding", DEFAULT_INLAY_HINTS.padding),
    variants: hints.choice("variants", ["off", "largest", "all"], DEFAULT_INLAY_HINTS.variants),
    fields: hints.flag("fields", DEFAULT_INLAY_HINTS.fields),
    aliases: hints.flag("aliases", DEFAULT_INLAY_HINTS.aliases),
    minimumSize: hints.number("minimumSize", DEFAULT_INLAY_HINTS.minimumSize),
    numbers,
    oversizedVariantThreshold: threshold,
  };
}

function severity(own: Section): Severity {
  const chosen = own.section("diagnostics").section("severity");
  return chosen.choice(
    "oversized-variant",
    ["off", "hint", "information", "warning", "error"],
    DEFAULT_DIAGNOSTICS.severity["oversized-variant"],
  );
}

/** An object of unknown shape, read by name. */
class Section {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(value: unknown) {
    this.#values = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  }

  section(name: string): Section {
    return new Section(this.#values.get(name));
  }

  string(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === "string" ? value : undefined;
  }

  strings(name: string): readonly string[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.#values.get(name);
    return typeof value === "boolean" ? value : otherwise;
  }

  number(name: string, otherwise: number): number {
    const value = this.#values.get(name);
    return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
  }

  choice<T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    const value = this.#values.get(name);
    return choices.find((choice) => choice === value) ?? otherwise;
  }
}
