/**
 * The settings that `ide` needs, as plain data; who reads them from where (an editor, the command line) is not its business.
 *
 * Invariant: passed explicitly with every call, never kept.
 */
import type { Words } from "../base/words.ts";
import { ENGLISH } from "../base/words.ts";
import type { Writing } from "./sentence.ts";

export interface HoverConfig extends Writing {
  readonly enable: boolean;
  /** What a use of a type shows. */
  readonly references: "off" | "oneLine" | "full";
  readonly table: boolean;
  /** Most rows of a table. */
  readonly maxRows: number;
  /** Bytes of a cache line; undefined for the target's usual one. */
  readonly cacheLine: number | undefined;
  /** Whether definitions are shown as pictures: the setting, and what the client can show. */
  readonly pictures: boolean;
  /** Ids of the commands that Markdown may link to: those that the client has registered and allows. */
  readonly commands: readonly string[];
}

export interface InlayHintsConfig extends Writing {
  readonly enable: boolean;
  readonly types: boolean;
  readonly padding: boolean;
  readonly variants: "off" | "largest" | "all";
  readonly fields: boolean;
  readonly aliases: boolean;
  /** Types without padding get a hint from this many bytes on. */
  readonly minimumSize: number;
  /** Bytes by which the largest variant must lead the second. */
  readonly oversizedVariantThreshold: number;
  /** Ids of the commands that a hint may run. */
  readonly commands: readonly string[];
}

export type Severity = "off" | "hint" | "information" | "warning" | "error";

/** Codes of the diagnostics that are computed. */
export type DiagnosticCode = "oversized-variant" | "padding";

export interface DiagnosticsConfig {
  readonly severity: Readonly<Record<DiagnosticCode, Severity>>;
  readonly oversizedVariantThreshold: number;
  /** Share of padding and bytes of it from which a `repr(C)` struct is reported. */
  readonly paddingMinimumPercent: number;
  readonly paddingMinimumBytes: number;
  readonly words: Words;
}

export const DEFAULT_HOVER: HoverConfig = {
  enable: true,
  references: "oneLine",
  table: true,
  maxRows: 20,
  numbers: "decimal",
  words: ENGLISH,
  cacheLine: undefined,
  pictures: false,
  commands: [],
};

export const DEFAULT_INLAY_HINTS: InlayHintsConfig = {
  enable: true,
  types: true,
  padding: true,
  variants: "largest",
  fields: false,
  aliases: false,
  minimumSize: 16,
  numbers: "decimal",
  words: ENGLISH,
  oversizedVariantThreshold: 200,
  commands: [],
};

export const DEFAULT_DIAGNOSTICS: DiagnosticsConfig = {
  severity: { "oversized-variant": "hint", padding: "off" },
  oversizedVariantThreshold: 200,
  paddingMinimumPercent: 25,
  paddingMinimumBytes: 8,
  words: ENGLISH,
};

/** The cache line in bytes: what the user says, else 128 on Apple's arm64 and 64 elsewhere. */
export function cacheLineOf(setting: number | undefined, targetName: string): bigint {
  if (setting !== undefined && setting > 0) return BigInt(Math.trunc(setting));
  return /^(aarch64|arm64).*-apple-/.test(targetName) ? 128n : 64n;
}
