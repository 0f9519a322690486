/**
 * Opens what the command line asks for: every package under every target.
 */

import type { FilePath } from "../base/path.ts";
import { dirname, relativePath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import { english } from "../base/words.ts";
import type { CrateId } from "../db/crate-graph.ts";
import { analysisOf } from "../ide/analysis.ts";
import type { ReportFile, ReportInput } from "../ide/report.ts";
import { variantSizeThreshold } from "../project/clippy-config.ts";
import type { ProjectPackage, ProjectTarget } from "../project/project.ts";
import type { AnalysisHost, OpenProject } from "../workspace/analysis-host.ts";
import { EMPTY_CRATE_ROOT } from "../workspace/std-files.ts";
import type { CliPackage, CliWorkspace, WorkspaceRequest } from "./workspace.ts";

/** Told the folders of the crates whose files will be asked for all they hold, and of those in which little will be looked up. */
export type ParseAhead = (own: readonly FilePath[], others: readonly FilePath[]) => void;

/** Opens a workspace; an error is a message for the user. */
export function openCliWorkspace(host: AnalysisHost, request: WorkspaceRequest, parseAhead: ParseAhead): Result<CliWorkspace, string> {
  const targets = request.targets.length === 0 ? [undefined] : request.targets;
  const packages: { readonly order: number; readonly pkg: CliPackage }[] = [];
  const notes = new Set<string>();
  for (const target of targets) {
    const opened = openOne(host, request, target);
    if (!opened.ok) return opened;
    if (request.isWhole) tellFolders(opened.value, parseAhead);
    const unreadable = unreadableRoot(host, opened.value);
    if (unreadable !== undefined && request.path?.endsWith(".rs") === true) return err(unreadable);
    if (unreadable !== undefined) notes.add(unreadable);
    for (const note of opened.value.project.notes) notes.add(english(note));
    for (const [order, pkg] of opened.value.project.packages.entries())
      packages.push({ order, pkg: cliPackage(host, opened.value, pkg, request) });
  }
  const sorted = packages.toSorted((a, b) => a.order - b.order).map(({ pkg }) => pkg);
  return ok({ packages: sorted, notes: [...notes] });
}

/** Tells the folders of the packages asked for, and of all other crates with sources on disk. */
function tellFolders({ project, graph }: OpenProject, parseAhead: ParseAhead): void {
  const own = new Set(project.packages.flatMap((pkg) => pkg.targets.map(({ root }) => dirname(root))));
  const others = new Set(graph.crates.flatMap(({ kind, root }) => (kind === "std" || own.has(dirname(root)) ? [] : [dirname(root)])));
  parseAhead([...own], [...others]);
}

/** Why a crate of a package has no text. */
function unreadableRoot(host: AnalysisHost, { project }: OpenProject): string | undefined {
  for (const { root } of project.packages.flatMap((pkg) => pkg.targets)) {
    const content = host.contentOf(root);
    if (content.kind === "missing") return `${root} is missing`;
    if (content.kind === "unreadable") return `${root} cannot be read: ${english(content.reason)}`;
  }
  return undefined;
}

function openOne(host: AnalysisHost, request: WorkspaceRequest, target: string | undefined): Result<OpenProject, string> {
  const opened = host.open({
    path: request.path ?? EMPTY_CRATE_ROOT,
    target: { explicit: target, rustAnalyzer: undefined },
    toolchain: undefined,
    rustVersion: request.rustVersion,
    profile: request.profile,
    targetDirs: [],
    features: { features: request.features, allFeatures: request.allFeatures, noDefaultFeatures: request.noDefaultFeatures },
    cfgs: request.cfgs,
    package: request.package,
    edition: request.edition,
    targets: request.allTargets ? "all" : "main",
    cache: undefined,
  });
  return opened.ok ? opened : err(english(opened.error));
}

/** The library if there is one, else the binaries; with `--all-targets` all of them. */
function chosenTargets(pkg: ProjectPackage, request: WorkspaceRequest): readonly ProjectTarget[] {
  if (request.allTargets) return pkg.targets;
  const library = pkg.targets.filter((target) => target.kind === "lib" || target.kind === "proc-macro");
  return library.length > 0 ? library : pkg.targets.filter((target) => target.kind === "bin");
}

function cliPackage(host: AnalysisHost, opened: OpenProject, pkg: ProjectPackage, request: WorkspaceRequest): CliPackage {
  const chosen = chosenTargets(pkg, request);
  const targets = chosen.length > 0 ? chosen : pkg.targets;
  const crates = targets.map((target) => target.crate);
  const analysis = analysisOf(opened.semantics(crates));
  const [first] = targets;
  const isFile = request.path?.endsWith(".rs") === true && request.package === undefined;
  const root = isFile && request.path !== undefined ? dirname(request.path) : pkg.root;
  return {
    name: pkg.name,
    version: isFile ? undefined : pkg.version,
    analysis,
    root: request.path === undefined ? undefined : first?.root,
    input: reportInput(host, opened, crates, root),
    oversizedVariantThreshold: variantSizeThreshold((path) => host.textOf(path), root),
  };
}

function reportInput(host: AnalysisHost, opened: OpenProject, crates: readonly CrateId[], root: FilePath): ReportInput {
  const known = new Map<FilePath, ReportFile>();
  let all: readonly ReportFile[] | undefined;
  const file = (path: FilePath): ReportFile | undefined => {
    const found = known.get(path) ?? shownFile(host, path, root);
    if (found !== undefined) known.set(path, found);
    return found;
  };
  return {
    get files() {
      all ??= opened.filesOf(crates).flatMap((path) => file(path) ?? []);
      return all;
    },
    file,
  };
}

function shownFile(host: AnalysisHost, path: FilePath, root: FilePath): ReportFile | undefined {
  const text = host.textOf(path);
  return text === undefined ? undefined : { path, shown: relativePath(root, path), text };
}
