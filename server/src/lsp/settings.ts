/**
 * The settings the server reads: their keys (without `stowplan.`) and defaults, the same as in the manifest
 * (`test/tidy.test.ts` compares them), and a reader that checks what a client sends.
 *
 * Invariant: a value of the wrong type counts as not set; nothing is thrown.
 */
import { DEFAULT_DIAGNOSTICS, DEFAULT_HOVER, DEFAULT_INLAY_HINTS } from "../ide/config.ts";
import { isRecord } from "./params.ts";

/** A default that stands for "what the project or another tool says" is read as not set. */
export const SETTINGS = {
  target: "auto",
  compareTargets: ["i686-unknown-linux-gnu", "aarch64-apple-darwin", "wasm32-unknown-unknown"],
  toolchain: "auto",
  profile: "dev",
  "cargo.features": [],
  "cargo.noDefaultFeatures": false,
  "cargo.cfgs": [],
  exclude: ["**/target/**"],
  "cache.enable": true,
  numbers: DEFAULT_HOVER.numbers,
  cacheLine: 64,
  "hover.enable": DEFAULT_HOVER.enable,
  "hover.references": DEFAULT_HOVER.references,
  "hover.table": DEFAULT_HOVER.table,
  "hover.maxRows": DEFAULT_HOVER.maxRows,
  "hover.picture": "definitions",
  "inlayHints.enable": DEFAULT_INLAY_HINTS.enable,
  "inlayHints.types": DEFAULT_INLAY_HINTS.types,
  "inlayHints.padding": DEFAULT_INLAY_HINTS.padding,
  "inlayHints.variants": DEFAULT_INLAY_HINTS.variants,
  "inlayHints.fields": DEFAULT_INLAY_HINTS.fields,
  "inlayHints.aliases": DEFAULT_INLAY_HINTS.aliases,
  "inlayHints.minimumSize": DEFAULT_INLAY_HINTS.minimumSize,
  "oversizedVariant.threshold": DEFAULT_DIAGNOSTICS.oversizedVariantThreshold,
  "padding.minimumPercent": DEFAULT_DIAGNOSTICS.paddingMinimumPercent,
  "padding.minimumBytes": DEFAULT_DIAGNOSTICS.paddingMinimumBytes,
  "diagnostics.severity": {},
} as const;

/** An object of unknown shape, read by dotted keys: `hover.enable` is `{ hover: { enable } }` or `{ "hover.enable": … }`. */
export class Section {
  readonly #values: unknown;

  constructor(values: unknown) {
    this.#values = values;
  }

  value(key: string): unknown {
    if (isRecord(this.#values) && Object.hasOwn(this.#values, key)) return this.#values[key];
    return key
      .split(".")
      .reduce((inner: unknown, name) => (isRecord(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), this.#values);
  }

  string(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === "string" ? value : undefined;
  }

  /** The texts of a list; undefined where there is no list. */
  strings(key: string): readonly string[] | undefined {
    const value = this.value(key);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : undefined;
  }

  flag(key: string, otherwise: boolean): boolean {
    const value = this.value(key);
    return typeof value === "boolean" ? value : otherwise;
  }

  /** A whole number from `least` on. */
  count(key: string, otherwise: number, least: number): number {
    const value = this.value(key);
    return typeof value === "number" && Number.isFinite(value) && value >= least ? Math.trunc(value) : otherwise;
  }

  choice<T extends string>(key: string, choices: readonly T[], otherwise: T): T {
    const value = this.value(key);
    return choices.find((choice) => choice === value) ?? otherwise;
  }
}
