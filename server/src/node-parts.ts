/**
 * What both Node entries (server, command line) share: the parser from the wasm files beside the bundle, std's data, the disk.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileSystem } from "./base/file-system.ts";
import type { FilePath } from "./base/path.ts";
import { browserFiles } from "./browser-host.ts";
import { hashOf } from "./cache-pack.ts";
import type { DiskCaches } from "./cache-place.ts";
import { diskCaches } from "./cache-place.ts";
import type { RunningCode } from "./code-cache.ts";
import type { DiskFiles } from "./disk-host.ts";
import { diskFiles } from "./disk-host.ts";
import { collectGarbage } from "./garbage-host.ts";
import { targetCfg } from "./layout/target-cfg.ts";
import { targetNames } from "./layout/targets.ts";
import type { Connection } from "./lsp/connection.ts";
import { fileRequests } from "./lsp/file-requests.ts";
import type { ServerHost } from "./lsp/server-host.ts";
import { uriOfPath } from "./lsp/uri.ts";
import { mixedFiles } from "./mixed-files-host.ts";
import { nodeEnvironment } from "./node-host.ts";
import { ParseAhead } from "./parse-ahead-host.ts";
import type { Environment } from "./project/environment.ts";
import type { RustParser } from "./syntax/parser.ts";
import { AnalysisHost } from "./workspace/analysis-host.ts";
import { HostCalls } from "./workspace/host-calls.ts";

export interface NodeParts {
  readonly analysis: AnalysisHost;
  readonly disk: DiskFiles;
  /** The doors to the machine, and what went through them. */
  readonly calls: HostCalls;
  readonly caches: DiskCaches | undefined;
  /** Parses for big reports; undefined unless asked for. */
  readonly ahead: ParseAhead | undefined;
}

interface NodeOptions {
  readonly parser: Promise<RustParser>;
  /** Where the client would like the cache to be. */
  readonly preferredCache?: string | undefined;
  /** The code that is running, to be kept for the next start. */
  readonly code?: RunningCode | undefined;
  /** Whether other threads may parse. */
  readonly parsesAhead?: boolean;
  /** Puts other file systems beside the disk. */
  readonly files?: (disk: DiskFiles) => FileSystem;
}

/** Everything that stands in the bundle's folder, loaded. */
export async function nodeParts(folder: string, options: NodeOptions): Promise<NodeParts> {
  const { preferredCache, files = (only: DiskFiles): FileSystem => only } = options;
  const parser = await options.parser;
  const environment = nodeEnvironment(targetCfg);
  const disk = diskFiles(isSettledIn(environment));
  const stdData = (name: string): string => readFileSync(join(folder, "std", name), "utf8");
  const caches = diskCaches(environment, { preferred: preferredCache, code: options.code });
  const ahead = options.parsesAhead === true ? new ParseAhead(folder, caches?.items) : undefined;
  const translations = (language: string): string | undefined => translationsIn(folder, language);
  const calls = new HostCalls({ fs: files(disk), environment, stdData, translations }, hashOf);
  return { analysis: new AnalysisHost({ parser, ...calls.host, cache: ahead ?? caches?.items }), disk, calls, caches, ahead };
}

/** The server's host for editors whose files are those of the disk. */
export function diskServerHost(parts: NodeParts): ServerHost {
  const { disk } = parts;
  const look = { lookAt: (paths: readonly FilePath[]) => disk.lookAt(paths), lookOn: (count: number) => disk.lookOn(count) };
  return { ...common(parts), load: undefined, ...look };
}

/** The server's host for an editor that gives its other file systems too. */
export async function editorServerHost(
  folder: string,
  connection: Connection,
  options: Pick<NodeOptions, "parser" | "preferredCache" | "code">,
): Promise<ServerHost> {
  const client = browserFiles(fileRequests(connection), uriOfPath);
  const parts = await nodeParts(folder, { ...options, files: (disk) => mixedFiles(disk, client).fs });
  return { ...mixedFiles(parts.disk, client), ...common(parts) };
}

/** The translations beside the bundle. */
function translationsIn(folder: string, language: string): string | undefined {
  const file = join(folder, "l10n", `${language}.json`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

type Common = "analysis" | "fs" | "targets" | "translations" | "useCache" | "answers" | "collect";

function common({ analysis, calls, caches }: NodeParts): Pick<ServerHost, Common> {
  const useCache = (isOn: boolean): void => {
    for (const cache of Object.values(caches ?? {})) cache.isOn = isOn;
  };
  const answers = caches === undefined ? undefined : { calls, kept: caches.answers, hashOf };
  const { fs, translations } = calls.host;
  return { analysis, fs, targets: targetNames(), translations, useCache, answers, collect: collectGarbage };
}

/**
 * Sources of one version, which nobody changes in place: cargo's registries and git checkouts, a toolchain's library sources. What is
 * looked at all the same is each package's manifest: with it the whole package is gone (`rm -r ~/.cargo/registry`).
 */
function isSettledIn({ cargoHome, rustupHome }: Environment): (path: FilePath) => boolean {
  const [registries, checkouts] = [`${cargoHome}/registry/src/`, `${cargoHome}/git/checkouts/`];
  const toolchains = `${rustupHome}/toolchains/`;
  const isOfPackage = (folder: string, path: FilePath): boolean => {
    const depth = depthBelow(folder, path);
    return depth > 1 && !(depth === MANIFEST_DEPTH && path.endsWith("/Cargo.toml"));
  };
  return (path) =>
    isOfPackage(registries, path) || isOfPackage(checkouts, path) || (path.startsWith(toolchains) && path.includes("/lib/rustlib/src/"));
}

/** Of `INDEX/PACKAGE/Cargo.toml` and `REPOSITORY/COMMIT/Cargo.toml`. */
const MANIFEST_DEPTH = 3;

/** How many names lead from a folder to a path; 0 where the path is not below it. */
function depthBelow(folder: FilePath, path: FilePath): number {
  return path.startsWith(folder) ? path.slice(folder.length).split("/").length : 0;
}
