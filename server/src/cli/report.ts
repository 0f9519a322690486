/**
 * `stowplan report`: the types of a workspace, for people or programs.
 *
 * Invariant: unknown types are told, and fail a run only with `--strict-unknown`.
 */

import { ENGLISH, english } from "../base/words.ts";
import { formatBytes, visible } from "../ide/markup.ts";
import type { Paint } from "../ide/paint.ts";
import { ANSI_PAINT, PLAIN_PAINT } from "../ide/paint.ts";
import type { ReportItem } from "../ide/report.ts";
import type { ReportOptions } from "./args.ts";
import { filterItems } from "./filter.ts";
import { fails, findingsOf } from "./findings.ts";
import type { PackageReport } from "./formats.ts";
import { githubReport, jsonReport, markdownReport, sarifReport } from "./formats.ts";
import type { CliHost } from "./host.ts";
import { paddingOf, selectItems } from "./select.ts";
import type { CliPackage } from "./workspace.ts";

/** Prints the report; answers the exit code. */
export function runReport(options: ReportOptions, host: CliHost): number {
  const { build, allTargets } = options;
  const opened = host.openWorkspace({
    ...build,
    path: host.resolvePath(options.path),
    package: options.package,
    allTargets,
    isWhole: true,
  });
  if (!opened.ok) return failed(opened.error, host);
  const { packages, notes } = opened.value;
  for (const note of notes) host.stderr(`note: ${note}\n`);
  const all = packages.map((it) => ({ package: it, items: it.analysis.reportItems(it.input) }));
  const reports: PackageReport[] = [];
  for (const { package: it, items } of all) {
    const kept = filterItems(items, options.filter);
    if (!kept.ok) return failed(kept.error, host);
    reports.push({ package: it, items: selectItems(kept.value, options) });
  }
  host.stdout(formatted(options, reports, host));
  return exitCode(
    options,
    packages,
    all.flatMap((report) => report.items),
  );
}

function failed(message: string, host: CliHost): number {
  host.stderr(`stowplan: ${message}\n`);
  return 2;
}

function formatted(options: ReportOptions, reports: readonly PackageReport[], host: CliHost): string {
  switch (options.format) {
    case "human":
      return reports.map((report) => humanReport(report, host.colours ? ANSI_PAINT : PLAIN_PAINT)).join("\n");
    case "json":
      return jsonReport(reports);
    case "markdown":
      return markdownReport(reports);
    case "sarif":
      return sarifReport(findingsOf(reports.map((report) => report.package)), host.version);
    case "github":
      return githubReport(findingsOf(reports.map((report) => report.package)));
  }
}

function exitCode(options: ReportOptions, packages: readonly CliPackage[], items: readonly ReportItem[]): number {
  if (options.strictUnknown && items.some((item) => item.facts.status === "unknown")) return 1;
  if (options.failOn === "never") return 0;
  return findingsOf(packages).some((finding) => fails(finding, options.failOn)) ? 1 : 0;
}

/** Annotated sources and cards, under the package's name and above a summary. */
function humanReport({ package: it, items }: PackageReport, paint: Paint): string {
  const { analysis } = it;
  const title = [it.name, it.version ?? ""].filter((part) => part !== "").join(" ");
  const world = [visible(analysis.targetName), `rustc ${analysis.rustcVersion}`, `std ${english(analysis.stdLabel)}`].join(" · ");
  const body = analysis.annotatedSource(items, { paint, numbers: "decimal", words: ENGLISH });
  return [`${paint.strong(visible(title))} · ${world}`, "", ...body, summary(items), ""].join("\n");
}

/** `7 types: 6 exact, 1 generic. Largest: Message, 1032 B. Padding: 22 B.` */
function summary(items: readonly ReportItem[]): string {
  if (items.length === 0) return "No types.";
  const counts = (["exact", "generic", "unknown"] as const).map((status) => ({
    status,
    count: items.filter((it) => it.facts.status === status).length,
  }));
  const told = counts.filter(({ count }) => count > 0).map(({ status, count }) => `${count} ${status}`);
  const total = `${items.length} ${items.length === 1 ? "type" : "types"}: ${told.join(", ")}.`;
  const [largest] = selectItems(items, { sort: "size", minSize: 0n });
  if (largest === undefined || largest.facts.status !== "exact") return total;
  const padding = items.reduce((sum, item) => (paddingOf(item) > 0n ? sum + paddingOf(item) : sum), 0n);
  const size = formatBytes(largest.facts.size, "decimal");
  return `${total} Largest: ${visible(largest.definition.name)}, ${size}. Padding: ${formatBytes(padding, "decimal")} in all.`;
}
