/**
 * Findings: the diagnostics of a report's packages, with files and lines as people and CI services read them.
 *
 * Invariant: a finding that several targets share is listed once.
 */
import type { Severity } from "../ide/config.ts";
import { DEFAULT_DIAGNOSTICS } from "../ide/config.ts";
import { lineAt, lineStarts } from "../ide/report.ts";
import type { FailLevel } from "./args.ts";
import type { CliPackage } from "./workspace.ts";

export interface Finding {
  readonly code: string;
  readonly severity: Exclude<Severity, "off">;
  readonly message: string;
  /** Relative to the package's root. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The findings of all packages, by package, file and line. */
export function findingsOf(packages: readonly CliPackage[]): readonly Finding[] {
  const seen = new Set<string>();
  return packages.flatMap(packageFindings).filter((finding) => {
    const key = JSON.stringify([finding.code, finding.file, finding.line, finding.column, finding.message]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function packageFindings({ analysis, input, oversizedVariantThreshold }: CliPackage): readonly Finding[] {
  const threshold = oversizedVariantThreshold ?? DEFAULT_DIAGNOSTICS.oversizedVariantThreshold;
  const config = { ...DEFAULT_DIAGNOSTICS, oversizedVariantThreshold: threshold };
  return input.files.flatMap((file) => {
    const starts = lineStarts(file.text);
    const place = (offset: number): readonly [line: number, column: number] => {
      const line = lineAt(starts, offset);
      return [line, offset - (starts[line - 1] ?? 0) + 1];
    };
    return analysis.diagnostics(file.path, config).map(({ code, severity, message, range }) => {
      const [line, column] = place(range.start);
      const [endLine, endColumn] = place(range.end);
      return { code, severity, message, file: file.shown, line, column, endLine, endColumn };
    });
  });
}

const LEVELS = ["hint", "information", "warning", "error", "never"] as const;

/** Whether a finding is at or over the level that fails the run. */
export function fails(finding: Finding, level: FailLevel): boolean {
  return LEVELS.indexOf(finding.severity) >= LEVELS.indexOf(level);
}
