/**
 * What both Node entries (server, command line) share: the parser from the wasm files beside the bundle, std's data, the disk.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FilePath } from "./base/path.ts";
import type { DiskCache } from "./cache-host.ts";
import { diskCache } from "./cache-place.ts";
import type { DiskFiles } from "./disk-host.ts";
import { diskFiles } from "./disk-host.ts";
import { targetByName, targetNames } from "./layout/targets.ts";
import type { ServerHost } from "./lsp/server-host.ts";
import { nodeEnvironment } from "./node-host.ts";
import type { Environment } from "./project/environment.ts";
import { RustParser } from "./syntax/parser.ts";
import { AnalysisHost } from "./workspace/analysis-host.ts";

export interface NodeParts {
  readonly analysis: AnalysisHost;
  readonly fs: DiskFiles;
  readonly cache: DiskCache | undefined;
  readonly targets: readonly string[];
}

/** Everything that stands in the bundle's folder, loaded. */
export async function nodeParts(folder: string, preferredCache?: string): Promise<NodeParts> {
  const parser = await RustParser.load({
    treeSitter: new Uint8Array(readFileSync(join(folder, "web-tree-sitter.wasm"))),
    grammar: new Uint8Array(readFileSync(join(folder, "tree-sitter-rust.wasm"))),
  });
  const environment = nodeEnvironment((triple) => targetByName(triple)?.cfg);
  const fs = diskFiles(isSettledIn(environment));
  const stdData = (name: string): string => readFileSync(join(folder, "std", name), "utf8");
  const cache = diskCache(environment, preferredCache);
  return { analysis: new AnalysisHost({ parser, fs, environment, stdData, cache }), fs, cache, targets: targetNames() };
}

/** The same for the language server, where files change. */
export function languageServerHost({ analysis, fs, cache, targets }: NodeParts): ServerHost {
  const useCache = (isOn: boolean): void => {
    if (cache !== undefined) cache.isOn = isOn;
  };
  return { analysis, fs, targets, load: undefined, useCache, lookAt: (paths) => fs.lookAt(paths), lookOn: (count) => fs.lookOn(count) };
}

/** Sources of one version, which nobody changes in place: cargo's registries and git checkouts, a toolchain's library sources. */
function isSettledIn({ cargoHome, rustupHome }: Environment): (path: FilePath) => boolean {
  const [registries, checkouts] = [`${cargoHome}/registry/src/`, `${cargoHome}/git/checkouts/`];
  const toolchains = `${rustupHome}/toolchains/`;
  return (path) =>
    depthBelow(registries, path) > 1 ||
    depthBelow(checkouts, path) > 1 ||
    (path.startsWith(toolchains) && path.includes("/lib/rustlib/src/"));
}

/** How many names lead from a folder to a path; 0 where the path is not below it. */
function depthBelow(folder: FilePath, path: FilePath): number {
  return path.startsWith(folder) ? path.slice(folder.length).split("/").length : 0;
}
