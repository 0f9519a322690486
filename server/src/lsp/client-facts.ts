/**
 * What the client can do, read from `initialize` once.
 *
 * Invariant: everything absent counts as "cannot".
 */
import type { InitializeParams, WorkspaceFolder } from "vscode-languageserver";
import { MarkupKind, PositionEncodingKind } from "vscode-languageserver";
import type { PositionEncoding } from "../base/line-index.ts";
import type { InitializationOptions } from "../protocol.ts";

export interface ClientFacts {
  readonly encoding: PositionEncoding;
  readonly markdown: boolean;
  readonly configuration: boolean;
  readonly registerConfiguration: boolean;
  readonly registerWatchers: boolean;
  readonly pullDiagnostics: boolean;
  readonly refreshHints: boolean;
  readonly refreshDiagnostics: boolean;
  /** Tells of folders that come and go. */
  readonly workspaceFolders: boolean;
  /** The folders at the start. */
  readonly folders: readonly WorkspaceFolder[];
  readonly options: InitializationOptions;
}

export function clientFacts(params: InitializeParams): ClientFacts {
  const { workspace, textDocument, general } = params.capabilities;
  const encodings = general?.positionEncodings ?? [];
  return {
    encoding: chooseEncoding(encodings),
    markdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    configuration: workspace?.configuration ?? false,
    registerConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    registerWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    pullDiagnostics: textDocument?.diagnostic !== undefined,
    refreshHints: workspace?.inlayHint?.refreshSupport ?? false,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    folders: params.workspaceFolders ?? [],
    options: readOptions(params.initializationOptions),
  };
}

/** UTF-16 where the client takes it: it is what the server counts in. */
function chooseEncoding(offered: readonly string[]): PositionEncoding {
  if (offered.length === 0 || offered.includes(PositionEncodingKind.UTF16)) return "utf-16";
  return offered.includes(PositionEncodingKind.UTF32) ? "utf-32" : "utf-8";
}

function readOptions(value: unknown): InitializationOptions {
  if (typeof value !== "object" || value === null) return {};
  const entries = new Map<string, unknown>(Object.entries(value));
  const commands = entries.get("clientCommands");
  return {
    commandLinks: entries.get("commandLinks") === true,
    clientCommands: Array.isArray(commands) ? commands.filter((id): id is string => typeof id === "string") : [],
    pictures: entries.get("pictures") === true,
    status: entries.get("status") === true,
    fileRequests: entries.get("fileRequests") === true,
    ...browserBoot(entries.get("browser")),
  };
}

function browserBoot(value: unknown): Pick<InitializationOptions, "browser"> {
  if (typeof value !== "object" || value === null) return {};
  const entries = new Map<string, unknown>(Object.entries(value));
  const uri = entries.get("extensionUri");
  const runtimeWasm = entries.get("runtimeWasm");
  const grammarWasm = entries.get("grammarWasm");
  if (typeof uri !== "string" || !(runtimeWasm instanceof Uint8Array) || !(grammarWasm instanceof Uint8Array)) return {};
  return { browser: { extensionUri: uri, runtimeWasm, grammarWasm } };
}
