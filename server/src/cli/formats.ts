/**
 * The formats of a report: JSON, Markdown, SARIF 2.1.0 and GitHub's workflow commands. (`human` is in `report.ts`.)
 *
 * Invariant: JSON has one type a line and a fixed order of keys, so that reports can be compared line by line.
 */
import { english } from "../base/words.ts";
import type { Inline } from "../ide/markup.ts";
import { code, codeSpan, escapeMarkdown, formatBytes, prose, visibleLines } from "../ide/markup.ts";
import type { ReportItem } from "../ide/report.ts";
import type { Finding } from "./findings.ts";
import { pathOf } from "./select.ts";
import type { CliPackage } from "./workspace.ts";

/** A package with the types that its report lists. */
export interface PackageReport {
  readonly package: CliPackage;
  readonly items: readonly ReportItem[];
}

/** The JSON of one report, or of several in one object. */
export function jsonReport(reports: readonly PackageReport[]): string {
  const [only, another] = reports;
  if (only !== undefined && another === undefined) return `${packageJson(only)}\n`;
  return `{"schemaVersion":1,"reports":[\n${reports.map(packageJson).join(",\n")}\n]}\n`;
}

function packageJson({ package: { name, analysis, input }, items }: PackageReport): string {
  const head = {
    schemaVersion: 1,
    crate: name,
    target: analysis.targetName,
    rustc: analysis.rustcVersion,
    std: english(analysis.stdLabel),
  };
  const types = items.map((item) => JSON.stringify(analysis.reportEntry(item, input)));
  const list = types.length === 0 ? "[]" : `[\n${types.join(",\n")}\n]`;
  return `${JSON.stringify(head).slice(0, -1)},"types":${list}}`;
}

/** A table for each package and target. */
export function markdownReport(reports: readonly PackageReport[]): string {
  return reports.map(packageMarkdown).join("\n");
}

function packageMarkdown({ package: { name, version, analysis }, items }: PackageReport): string {
  const title = [name, version ?? ""].filter((part) => part !== "").join(" ");
  const rows = items.map((item) => `| ${cells(item).join(" | ")} |`);
  return [
    `## ${escapeMarkdown(title)} · ${escapeMarkdown(analysis.targetName)} · rustc ${escapeMarkdown(analysis.rustcVersion)}`,
    "",
    "| type | size | align | padding | place |",
    "|--|--:|--:|--:|--|",
    ...rows,
    "",
  ].join("\n");
}

function cells(item: ReportItem): readonly string[] {
  const { facts } = item;
  const name = cellText([code(pathOf(item))]);
  const place = escapeMarkdown(`${item.file.shown}:${item.line}`);
  switch (facts.status) {
    case "exact": {
      const padding = facts.padding === undefined ? "" : formatBytes(facts.padding, "decimal");
      return [name, formatBytes(facts.size, "decimal"), `${facts.align}`, padding, place];
    }
    case "generic":
      return [name, `≥ ${formatBytes(facts.atLeast, "decimal")}`, `≥ ${facts.minimumAlign}`, "", place];
    case "unknown":
      return [name, `unknown: ${cellText(prose(english(facts.reason)))}`, "", "", place];
  }
}

/** Inlines in a table: a bar ends the cell in code too, and is escaped outside of it already. */
function cellText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => (inline.kind === "code" ? codeSpan(inline.text).replaceAll("|", "\\|") : escapeMarkdown(inline.text)))
    .join("");
}

const GITHUB_LEVEL = { hint: "notice", information: "notice", warning: "warning", error: "error" } as const;

/** One workflow command for each finding. */
export function githubReport(findings: readonly Finding[]): string {
  return findings.map(githubCommand).join("");
}

function githubCommand({ severity, file, line, endLine, code: title, message }: Finding): string {
  const properties = [`file=${githubProperty(file)}`, `line=${line}`, `endLine=${endLine}`, `title=${githubProperty(`stowplan ${title}`)}`];
  return `::${GITHUB_LEVEL[severity]} ${properties.join(",")}::${githubData(message)}\n`;
}

function githubData(text: string): string {
  return visibleLines(text).replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function githubProperty(text: string): string {
  return githubData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

const SARIF_LEVEL = { hint: "note", information: "note", warning: "warning", error: "error" } as const;
const SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** A SARIF log with one run. */
export function sarifReport(findings: readonly Finding[], version: string): string {
  const codes = [...new Set(findings.map((finding) => finding.code))].sort();
  const driver = { name: "stowplan", version, rules: codes.map((id) => ({ id })) };
  const run = { tool: { driver }, columnKind: "utf16CodeUnits", results: findings.map(sarifResult) };
  return `${JSON.stringify({ $schema: SARIF_SCHEMA, version: "2.1.0", runs: [run] }, undefined, 1)}\n`;
}

function sarifResult(finding: Finding): unknown {
  const { code: ruleId, severity, message, file, line, column, endLine, endColumn } = finding;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  const artifactLocation = { uri: file.split("/").map(encodeURIComponent).join("/") };
  return {
    ruleId,
    level: SARIF_LEVEL[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation, region } }],
    // Lines move; what is said of which file stays until the type changes.
    partialFingerprints: { "stowplan/v1": `${ruleId}:${file}:${message}` },
  };
}
