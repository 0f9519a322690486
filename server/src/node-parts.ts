/**
 * What both Node entries (server, command line) share: the parser from the wasm files beside the bundle, std's data, the disk.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { targetByName, targetNames } from "./layout/targets.ts";
import type { ServerHost } from "./lsp/server-host.ts";
import type { NodeFileSystem } from "./node-host.ts";
import { nodeEnvironment, nodeFileSystem } from "./node-host.ts";
import { RustParser } from "./syntax/parser.ts";
import { AnalysisHost } from "./workspace/analysis-host.ts";

export interface NodeParts {
  readonly analysis: AnalysisHost;
  readonly fs: NodeFileSystem;
  readonly targets: readonly string[];
}

/** Everything that stands in the bundle's folder, loaded. */
export async function nodeParts(folder: string): Promise<NodeParts> {
  const parser = await RustParser.load({
    treeSitter: new Uint8Array(readFileSync(join(folder, "web-tree-sitter.wasm"))),
    grammar: new Uint8Array(readFileSync(join(folder, "tree-sitter-rust.wasm"))),
  });
  const fs = nodeFileSystem();
  const environment = nodeEnvironment((triple) => targetByName(triple)?.cfg);
  const stdData = (name: string): string => readFileSync(join(folder, "std", name), "utf8");
  return { analysis: new AnalysisHost({ parser, fs, environment, stdData }), fs, targets: targetNames() };
}

/** The same for the language server, where files change. */
export function languageServerHost({ analysis, fs, targets }: NodeParts): ServerHost {
  return { analysis, fs, targets, load: undefined, forget: (paths) => fs.forget(paths) };
}
