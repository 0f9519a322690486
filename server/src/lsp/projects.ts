/**
 * Which project answers for a file: the nearest manifest's, else the file alone.
 *
 * Invariants: a file has the settings of the workspace folder it lies in; a project is loaded once for the same settings and kept until one of its inputs or the settings change; a file no crate of the project
 * compiles is taken as a crate root of its own.
 */

import type { FileChange, FileSystem } from "../base/file-system.ts";
import type { Message } from "../base/message.ts";
import { isMessage, msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { dirname, hasScheme } from "../base/path.ts";
import type { Words } from "../base/words.ts";
import type { Analysis } from "../ide/analysis.ts";
import { analysisOf } from "../ide/analysis.ts";
import { variantSizeThreshold } from "../project/clippy-config.ts";
import { nearestManifest } from "../project/manifest-loader.ts";
import type { AnalysisHost, OpenProject } from "../workspace/analysis-host.ts";
import { FileReads } from "../workspace/file-reads.ts";
import type { Config, Configs } from "./config.ts";
import { configFor } from "./config.ts";
import { matchesAny } from "./glob.ts";

export interface FileAnswer {
  readonly project: OpenProject;
  readonly analysis: Analysis;
  /** The settings for this file: those of the editor, completed by its project's. */
  readonly config: Config;
}

/** A project, or why there is none, and what that depends on. */
interface Loaded {
  readonly path: FilePath;
  readonly unknownPackage: Message | undefined;
  readonly project: OpenProject | Message;
  readonly reads: FileReads;
  readonly config: Config;
}

/** What projects are opened with. */
export interface ProjectsInput {
  readonly analysis: AnalysisHost;
  readonly fs: FileSystem;
  readonly configs: Configs;
  /** The language that answers are given in. */
  readonly words: () => Words;
}

export class Projects {
  readonly #host: AnalysisHost;
  readonly #fs: FileSystem;
  readonly #words: () => Words;
  #configs: Configs;
  /** By the settings they were loaded with and the folder of their manifest. */
  readonly #byKey = new Map<string, Loaded>();
  readonly #byFile = new Map<FilePath, FileAnswer | Message>();

  constructor({ analysis, fs, configs, words }: ProjectsInput) {
    this.#host = analysis;
    this.#words = words;
    this.#fs = fs;
    this.#configs = configs;
  }

  /** Settings changed, or were answered: what was loaded with others is loaded again when asked for. */
  configure(configs: Configs): void {
    this.#configs = configs;
    for (const [key, { path, unknownPackage }] of this.#byKey)
      if (keyOf(path, this.configFor(path), unknownPackage) !== key) this.#byKey.delete(key);
    this.#byFile.clear();
  }

  get configs(): Configs {
    return this.#configs;
  }

  /** Whether there are answers for a file, whichever projects were opened before. */
  answersAlone(path: FilePath): boolean {
    return !this.#isOutside(path) && !isMessage(this.forFile(path));
  }

  /** The settings of the editor for a file. */
  configFor(path: FilePath): Config {
    return configFor(this.#configs, path);
  }

  /** Files changed: projects that have read them are loaded again when asked for. */
  filesChanged(changes: readonly FileChange[]): void {
    for (const [key, { reads }] of this.#byKey) if (reads.touches(changes)) this.#byKey.delete(key);
    this.#byFile.clear();
  }

  /** The answers for a file; a text says why there are none. */
  forFile(path: FilePath): FileAnswer | Message {
    const known = this.#byFile.get(path);
    if (known !== undefined) return known;
    const found = this.#open(path, this.configFor(path));
    this.#byFile.set(path, found);
    return found;
  }

  /** The same on another target. */
  forFileOn(path: FilePath, target: string): FileAnswer | Message {
    return this.#open(path, { ...this.configFor(path), target });
  }

  /** Begins all projects anew, so that names and types that were typed once and are gone take no memory for ever. */
  renew(): void {
    this.#byKey.clear();
    this.#byFile.clear();
    this.#host.forgetClosed();
  }

  /** A document was closed: a file that stood alone is forgotten with all that was computed of it. */
  closed(path: FilePath): void {
    let isAlone = false;
    for (const [key, loaded] of this.#byKey) {
      if (loaded.path !== path) continue;
      this.#byKey.delete(key);
      isAlone = true;
    }
    if (!isAlone) return;
    this.#byFile.delete(path);
    this.#host.forgetFile(path);
  }

  /** A new or removed file may belong to another crate now. */
  forgetFiles(): void {
    this.#byFile.clear();
  }

  #open(path: FilePath, config: Config): FileAnswer | Message {
    const dependency = this.#dependency(path);
    if (dependency !== undefined) return dependency;
    const { dir, problem } = nearestManifest(dirname(path), this.#fs);
    const project = dir === undefined ? undefined : this.#load(dir, config);
    if (project !== undefined && !isMessage(project)) {
      const crates = project.cratesFor(path);
      if (crates.length > 0) return this.#answerFor(path, project, { crates, config });
    }
    const alone = this.#load(path, config, isMessage(project) ? project : (problem ?? this.#outOfReach(path)));
    return isMessage(alone) ? alone : this.#answerFor(path, alone, { crates: alone.cratesFor(path), config });
  }

  /** A file outside of the workspace (a registry's) is what the project that was opened before makes of it, with its features. */
  #dependency(path: FilePath): FileAnswer | undefined {
    if (!this.#isOutside(path)) return undefined;
    for (const { project, config } of this.#byKey.values()) {
      const crates = isMessage(project) ? [] : project.dependenciesFor(path);
      if (!isMessage(project) && crates.length > 0) return this.#answerFor(path, project, { crates, config });
    }
    return undefined;
  }

  #isOutside(path: FilePath): boolean {
    const { folders } = this.#configs;
    return folders.length > 0 && !folders.some((folder) => path.startsWith(`${folder.path.replace(/\/$/, "")}/`));
  }

  #answerFor(path: FilePath, project: OpenProject, of: { readonly crates: readonly number[]; readonly config: Config }): FileAnswer {
    const { crates, config } = of;
    const threshold = config.oversizedVariantThreshold ?? variantSizeThreshold((file) => this.#host.textOf(file), dirname(path));
    return {
      project,
      analysis: analysisOf(project.semantics(crates, () => project.allCratesFor(path))),
      config: inLanguage(withThreshold(excluding(config, path), threshold ?? config.diagnostics.oversizedVariantThreshold), this.#words()),
    };
  }

  /** Why no manifest can be looked for beside a file of the disk. */
  #outOfReach(path: FilePath): Message | undefined {
    const dir = dirname(path);
    return hasScheme(path) || this.#fs.kindOf(dir) === "directory"
      ? undefined
      : msg("there is no folder {path}, or it cannot be looked at", { path: dir });
  }

  /** `unknownPackage`: of a file alone, why its package is not known. */
  #load(path: FilePath, config: Config, unknownPackage?: Message): OpenProject | Message {
    const { target, rustAnalyzerTarget, toolchain, profile, features, noDefaultFeatures, cfgs } = config;
    const key = keyOf(path, config, unknownPackage);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known.project;
    const reads = new FileReads();
    const request = {
      path,
      target: { explicit: target, rustAnalyzer: rustAnalyzerTarget },
      toolchain,
      rustVersion: undefined,
      profile,
      targetDirs: [],
      features: { features: features === "all" ? [] : features, allFeatures: features === "all", noDefaultFeatures },
      cfgs,
      package: undefined,
      edition: undefined,
      unknownPackage,
      targets: "all",
      cache: undefined,
    } as const;
    const opened = this.#host.openInSteps(request, reads);
    const project = opened.ok ? opened.value : opened.error;
    this.#byKey.set(key, { path, unknownPackage, project, reads, config });
    return project;
  }
}

/** Names a path and the settings that a project is loaded with. */
function keyOf(path: FilePath, config: Config, unknownPackage: Message | undefined): string {
  const { target, rustAnalyzerTarget, toolchain, profile, features, noDefaultFeatures, cfgs } = config;
  return JSON.stringify([path, target, rustAnalyzerTarget, toolchain, profile, features, noDefaultFeatures, cfgs, unknownPackage]);
}

function withThreshold(config: Config, oversizedVariantThreshold: number): Config {
  return {
    ...config,
    inlayHints: { ...config.inlayHints, oversizedVariantThreshold },
    diagnostics: { ...config.diagnostics, oversizedVariantThreshold },
  };
}

function inLanguage(config: Config, words: Words): Config {
  const { hover, inlayHints, diagnostics } = config;
  return { ...config, hover: { ...hover, words }, inlayHints: { ...inlayHints, words }, diagnostics: { ...diagnostics, words } };
}

/** Excluded files have hovers, but neither hints nor diagnostics. */
function excluding(config: Config, path: FilePath): Config {
  if (!matchesAny(config.exclude, path)) return config;
  return {
    ...config,
    inlayHints: { ...config.inlayHints, enable: false },
    diagnostics: { ...config.diagnostics, severity: { "oversized-variant": "off", padding: "off" } },
  };
}
