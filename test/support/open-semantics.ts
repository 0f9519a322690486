/**
 * Files in memory opened as one crate, with the bundled standard library: real parser, real names, real layouts.
 */

import { readFileSync } from "node:fs";
import { english } from "../../server/src/base/words.ts";
import type { Edition } from "../../server/src/db/crate-graph.ts";
import type { Semantics } from "../../server/src/hir/model.ts";
import type { ItemCache } from "../../server/src/hir-def/item-codec.ts";
import { targetCfg } from "../../server/src/layout/target-cfg.ts";
import type { OpenProject } from "../../server/src/workspace/analysis-host.ts";
import { AnalysisHost } from "../../server/src/workspace/analysis-host.ts";
import { memoryFs } from "./memory-fs.ts";
import { rustParser } from "./rust-parser.ts";

export interface OpenedFiles {
  readonly host: AnalysisHost;
  readonly project: OpenProject;
  readonly semantics: Semantics;
}

export interface OpenOptions {
  readonly target?: string;
  readonly rustVersion?: string;
  readonly edition?: Edition;
  readonly cfgs?: readonly string[];
  /** A package's folder instead of a root file. */
  readonly path?: string;
  /** Where rustup keeps its toolchains among the files; the toolchain it names is then the one in use. */
  readonly rustupHome?: string;
  /** Where parsed items are kept. */
  readonly cache?: ItemCache;
}

/** The files as a crate with root `/ws/lib.rs`, for rustc 1.95, x86_64 Linux and edition 2021 unless said otherwise. */
export async function openFiles(files: Readonly<Record<string, string>>, options: OpenOptions = {}): Promise<OpenedFiles> {
  const { target = "x86_64-unknown-linux-gnu", edition = 2021, cfgs = [], path = "/ws/lib.rs", rustupHome } = options;
  const host = new AnalysisHost({
    parser: await rustParser(),
    fs: memoryFs(files),
    environment: {
      cargoHome: undefined,
      rustupHome,
      home: undefined,
      variables: new Map(),
      hostTriple: "x86_64-unknown-linux-gnu",
      targetCfg,
    },
    stdData: (name) => readFileSync(`server/std/${name}`, "utf8"),
    cache: options.cache,
  });
  const opened = host.open({
    path,
    target: { explicit: target, rustAnalyzer: undefined },
    toolchain: undefined,
    rustVersion: options.rustVersion ?? (rustupHome === undefined ? "1.95.0" : undefined),
    profile: "dev",
    targetDirs: [],
    features: { features: [], allFeatures: false, noDefaultFeatures: false },
    cfgs,
    package: undefined,
    edition,
    targets: "main",
    cache: undefined,
  });
  if (!opened.ok) throw new Error(english(opened.error));
  const crates = opened.value.project.packages.flatMap((pkg) => pkg.targets.map(({ crate }) => crate));
  return { host, project: opened.value, semantics: opened.value.semantics(crates) };
}

/** Answers about the files of a crate. */
export async function openSemantics(files: Readonly<Record<string, string>>, options: OpenOptions = {}): Promise<Semantics> {
  return (await openFiles(files, options)).semantics;
}
