/**
 * One Rust file, opened as the product opens it: real parser, bundled standard library, real layouts. For tests from end to end.
 *
 * Example: `(await openSource("struct A { a: u8 }")).hover({ file: SOURCE_FILE, offset: 7 }, DEFAULT_HOVER)`.
 */
import { readFileSync } from "node:fs";
import type { Analysis } from "../../server/src/ide/analysis.ts";
import { analysisOf } from "../../server/src/ide/analysis.ts";
import { targetByName } from "../../server/src/layout/targets.ts";
import { AnalysisHost } from "../../server/src/workspace/analysis-host.ts";
import { memoryFs } from "./memory-fs.ts";
import { rustParser } from "./rust-parser.ts";

export const SOURCE_FILE = "/ws/lib.rs";

export interface SourceOptions {
  readonly target?: string;
  readonly rustVersion?: string;
}

const opened = new Map<string, Promise<Analysis>>();

/** The analysis of a source as the root of a crate, by default with rustc 1.95 for x86_64 Linux. */
export function openSource(
  source: string,
  { target = "x86_64-unknown-linux-gnu", rustVersion = "1.95.0" }: SourceOptions = {},
): Promise<Analysis> {
  const key = JSON.stringify([source, target, rustVersion]);
  const known = opened.get(key) ?? open(source, { target, rustVersion });
  opened.set(key, known);
  return known;
}

async function open(source: string, { target, rustVersion }: Required<SourceOptions>): Promise<Analysis> {
  const host = new AnalysisHost({
    parser: await rustParser(),
    fs: memoryFs({ [SOURCE_FILE]: source }),
    environment: {
      cargoHome: undefined,
      rustupHome: undefined,
      home: undefined,
      variables: new Map(),
      hostTriple: "x86_64-unknown-linux-gnu",
      targetCfg: (triple) => targetByName(triple)?.cfg,
    },
    stdData: (name) => readFileSync(`server/std/${name}`, "utf8"),
  });
  const result = host.open({
    path: SOURCE_FILE,
    target: { explicit: target, rustAnalyzer: undefined },
    toolchain: undefined,
    rustVersion,
    profile: "dev",
    targetDirs: [],
    features: { features: [], allFeatures: false, noDefaultFeatures: false },
    cfgs: [],
    package: undefined,
    edition: 2021,
    targets: "main",
    cache: undefined,
  });
  if (!result.ok) throw new Error(result.error);
  const crates = result.value.project.packages.flatMap((it) => it.targets.map(({ crate }) => crate));
  return analysisOf(result.value.semantics(crates));
}
