/**
 * AnalysisHost: opens projects and answers about their files: where the project model, the standard library and the world of
 * types meet.
 *
 * Invariants: one SourceDb for all projects and targets; a world is made for a crate graph, target and compiler version, and is
 * thrown away when the graph changes.
 */

import type { FileContent, FileSystem } from "../base/file-system.ts";
import { lazily } from "../base/lazily.ts";
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { Steps } from "../base/resumed.ts";
import type { CrateGraph, CrateId } from "../db/crate-graph.ts";
import { QueryRuntime } from "../db/query-runtime.ts";
import { filesOfCrate, walkModules } from "../hir/file-modules.ts";
import type { Semantics } from "../hir/model.ts";
import { WorldSemantics } from "../hir/semantics.ts";
import { World } from "../hir/world.ts";
import type { ItemCache } from "../hir-def/item-codec.ts";
import { SourceDb } from "../hir-def/source-db.ts";
import type { CompilerVersion } from "../layout/compiler-version.ts";
import { parseCompilerVersion, showCompilerVersion } from "../layout/compiler-version.ts";
import type { LayoutCx } from "../layout/layout-cx.ts";
import { layoutRules } from "../layout/layout-rules.ts";
import { parseTargetDataLayout } from "../layout/target-data-layout.ts";
import { targetByName, targetDataLayout } from "../layout/targets.ts";
import type { Environment } from "../project/environment.ts";
import type { Project, ProjectRequest } from "../project/project.ts";
import type { StdData, StdModel } from "../project/std-model.ts";
import { stdModelFor } from "../project/std-model.ts";
import { loadProject } from "../project/workspace.ts";
import type { RustParser } from "../syntax/parser.ts";
import { FileReads } from "./file-reads.ts";
import { WORLD_PARTS } from "./parts.ts";
import { ProjectCrates } from "./project-crates.ts";
import { growing } from "./rest-of-project.ts";
import type { LibrarySources } from "./source-sysroot.ts";
import { withSourceSysroot } from "./source-sysroot.ts";
import { sourcedSemantics } from "./sourced-semantics.ts";
import { StdFiles } from "./std-files.ts";
import { missingOf, missingWithout, stdTextIndex, withoutSysroot, withSysroot } from "./sysroot.ts";

/** Replaces `start..end` (UTF-16 offsets of the text before this edit) by `text`. */
export interface DocumentEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface HostInput {
  readonly parser: RustParser;
  readonly fs: FileSystem;
  readonly environment: Environment;
  readonly stdData: StdData;
  /** Where items of parsed texts are kept beyond this process. */
  readonly cache?: ItemCache | undefined;
}

export interface OpenProject {
  readonly project: Project;
  readonly world: World;
  readonly graph: CrateGraph;
  readonly version: CompilerVersion;
  readonly std: StdModel | undefined;
  /** The crates that may compile a file, in order of preference: by root, then by the nearest root folder. */
  cratesFor(path: FilePath): readonly CrateId[];
  /** The same with those that are loaded when something needs them: of tests, examples, benches and build scripts. */
  allCratesFor(path: FilePath): readonly CrateId[];
  /** The crates of the project's own targets, one after the other: the library and the binaries first. */
  ownCrates(): Generator<CrateId, void>;
  /** The crates of the graph that a file of a dependency may belong to. */
  dependenciesFor(path: FilePath): readonly CrateId[];
  /** The files of some crates, each once. */
  filesOf(crates: readonly CrateId[]): readonly FilePath[];
  /** Reads some crates, a file at each step, which gives the length of its text. */
  readAhead(crates: Iterable<CrateId>): Generator<number, void>;
  /** Answers about files of the given crates, in order of preference; `all`: where those are not enough. */
  semantics(crates: readonly CrateId[], all?: () => readonly CrateId[]): Semantics;
}

/** Adds the answers of sources to those of the bundled model. */
type WithSources = (bundled: WorldSemantics, crates: readonly CrateId[]) => Semantics;

/** The compiler assumed where none is found: the newest whose rules are known. */
const NEWEST = "1.97.0";

export class AnalysisHost {
  readonly source: SourceDb;
  /** Told of defects that were caught inside an answer; whoever runs the host says where they are shown. */
  onDefect: (what: string, error: unknown) => void = (_, error) => {
    throw error;
  };
  readonly #input: HostInput;
  readonly #files: StdFiles;

  constructor(input: HostInput) {
    this.#input = input;
    this.#files = new StdFiles(input.fs, (path) => this.source.documentText(path));
    this.source = new SourceDb(new QueryRuntime(), input.parser, this.#files, input.cache);
  }

  /** Opens what a request names, for its one target; notes in `reads` what that depends on. Errors are for the user. */
  open(request: ProjectRequest, reads: FileReads = new FileReads()): Result<OpenProject, Message> {
    const loaded = this.#load(request, reads);
    return loaded.ok ? this.#opened(loaded.value, undefined) : err(loaded.error.message);
  }

  /** The same; of a package's targets the library and the binaries come first, the rest when something needs it. */
  openInSteps(request: ProjectRequest, reads: FileReads): Result<OpenProject, Message> {
    if (request.targets === "main" || this.#files.kindOf(request.path) !== "directory") return this.open(request, reads);
    const loaded = this.#load({ ...request, targets: "main" }, reads);
    if (!loaded.ok) return err(loaded.error.message);
    return this.#opened(loaded.value, () => {
      const whole = this.#load(request, reads);
      return whole.ok ? whole.value : undefined;
    });
  }

  #load(request: ProjectRequest, reads: FileReads): ReturnType<typeof loadProject> {
    return loadProject(request, reads.of(this.#files), this.#input.environment);
  }

  #opened(project: Project, whole: (() => Project | undefined) | undefined): Result<OpenProject, Message> {
    const version = parseCompilerVersion(project.rustVersion ?? NEWEST) ?? parseCompilerVersion(NEWEST);
    const target = project.target.triple;
    const machine = version === undefined ? undefined : machineOf(project, version);
    if (version === undefined || machine === undefined) return err(msg("the target `{target}` is not known", { target }));
    const { cfg, dataLayout } = machine;
    if (!dataLayout.ok) return err(msg("the data layout of `{target}` cannot be read", { target }));
    const std = stdModelFor({ version, target: machine.name, cfg }, this.#input.stdData);
    if (whole !== undefined && librarySources(project, std) !== undefined) return this.#opened(whole() ?? project, undefined);
    if (std.ok) this.#files.add(std.value);
    const graph = growing(std.ok ? withSysroot(project.graph, std.value, cfg) : withoutSysroot(project.graph, std.error));
    const lacks = std.ok ? missingOf(std.value, graph.sysroot) : missingWithout(std.error);
    const placed = new ProjectCrates({ project, graph, world: () => world, files: this.#files, whole, lacks });
    const cx = { target: dataLayout.value, rules: layoutRules(version) };
    const textIndex = std.ok ? stdTextIndex(graph, std.value) : (): undefined => undefined;
    const world = new World({ source: this.source, graph, cx, textIndex, ...WORLD_PARTS });
    const tellDefect = (what: string, error: unknown): void => this.onDefect(what, error);
    const labels = {
      tellDefect,
      targetName: target,
      rustcVersion: showCompilerVersion(version),
      stdLabel: std.ok ? std.value.label : std.error,
    };
    const sources = this.#librarySources(project, std, cx);
    return ok({
      project,
      world,
      graph,
      version,
      std: std.ok ? std.value : undefined,
      filesOf: (crates) => [...new Set(crates.flatMap((krate) => filesOfCrate(world.defs, krate).map((entry) => entry.file)))],
      dependenciesFor: (path) => placed.dependenciesFor(path),
      ownCrates: () => placed.own(),
      readAhead: (ids) => readAhead(world, ids),
      cratesFor: (path) => placed.firstFor(path),
      allCratesFor: (path) => placed.allFor(path),
      semantics: (ids, all = () => ids) => {
        const bundled = new WorldSemantics({ world, crates: { first: ids, all }, ...labels });
        return sources === undefined ? bundled : sources(bundled, ids);
      },
    });
  }

  /** What makes answers of the toolchain's own library sources, for what is not bundled of its version. */
  #librarySources(project: Project, std: Result<StdModel, Message>, cx: LayoutCx): WithSources | undefined {
    const sources = librarySources(project, std);
    if (sources === undefined) return undefined;
    const world = lazily(() => {
      const graph = withSourceSysroot(project.graph, sources, { fs: this.#files, env: this.#input.environment });
      return graph === undefined ? undefined : new World({ source: this.source, graph, cx, textIndex: () => undefined, ...WORLD_PARTS });
    });
    return (bundled, crates) =>
      sourcedSemantics({
        bundled,
        sources: lazily(() => {
          const made = world();
          const { targetName, rustcVersion } = bundled;
          const tellDefect = (what: string, error: unknown): void => this.onDefect(what, error);
          const labels = { tellDefect, targetName, rustcVersion, stdLabel: msg("rust-src {version}", { version: sources.version }) };
          return made === undefined
            ? undefined
            : new WorldSemantics({ world: made, crates: { first: crates, all: () => crates }, ...labels });
        }),
        reason: std.ok ? std.value.unknownReason : std.error,
        label: msg("{data}, rust-src {version}", { data: bundled.stdLabel, version: sources.version }),
      });
  }

  get runtime(): QueryRuntime {
    return this.source.runtime;
  }

  /** A document was opened in the editor. */
  openDocument(path: FilePath, text: string): void {
    this.source.openDocument(path, text);
  }

  /** An open document was edited. */
  editDocument(path: FilePath, edits: readonly DocumentEdit[]): void {
    this.source.editDocument(path, edits);
  }

  /** Parses what the next edit of an open document needs, in steps. */
  parseAhead(path: FilePath): Steps<void> {
    return this.source.parseAhead(path);
  }

  closeDocument(path: FilePath): void {
    this.source.closeDocument(path);
  }

  /** No project is in use any more that has seen what is closed. */
  forgetClosed(): void {
    this.source.forgetClosed();
  }

  /** No project is in use any more that has seen this closed file. */
  forgetFile(path: FilePath): void {
    this.source.forgetFile(path);
  }

  /** Frees what the garbage collector cannot. */
  dispose(): void {
    this.source.dispose();
  }

  /** Files changed on disk. */
  filesChanged(paths: readonly FilePath[]): void {
    for (const path of paths) this.source.fileChanged(path);
  }

  /** A file as the editor or the disk has it. */
  contentOf(path: FilePath): FileContent {
    return this.source.content(path);
  }

  /** The text of a file, as the editor or the disk has it. */
  textOf(path: FilePath): string | undefined {
    const content = this.contentOf(path);
    return content.kind === "text" ? content.text : undefined;
  }
}

/** The toolchain's own library sources, where they are for what is not bundled of its version. They are put behind all crates. */
function librarySources({ toolchain, rustVersion, target }: Project, std: Result<StdModel, Message>): LibrarySources | undefined {
  const { rustSource: library, version } = toolchain;
  if (library === undefined || version === undefined || version !== rustVersion || (std.ok && std.value.exactVersion)) return undefined;
  return { library, version, target: target.triple, missingStd: std.ok ? std.value.missingStd : undefined };
}

function* readAhead({ defs }: World, crates: Iterable<CrateId>): Generator<number, void> {
  for (const krate of crates) {
    for (const { origin } of walkModules(defs, krate)) {
      const content = origin.kind === "file" ? defs.source.content(origin.path) : undefined;
      if (content?.kind === "text") yield content.text.length;
    }
  }
}

/** What the target's name, built in or a specification's, stands for. */
interface Machine {
  /** No built-in target's where it is not built in: it may be called like one. */
  readonly name: string;
  readonly cfg: readonly string[];
  readonly dataLayout: ReturnType<typeof targetDataLayout>;
}

function machineOf({ target: { triple }, customTarget }: Project, version: CompilerVersion): Machine | undefined {
  if (customTarget !== undefined) {
    const { cfg, layout } = customTarget;
    return { name: `${triple}.json`, cfg: cfg.atoms, dataLayout: parseTargetDataLayout(layout.dataLayout, layout.cEnumMinBits) };
  }
  const spec = targetByName(triple);
  return spec === undefined ? undefined : { name: triple, cfg: spec.cfg, dataLayout: targetDataLayout(spec, version) };
}
