/**
 * What the client can do, read from `initialize` once.
 *
 * Invariant: everything absent, or of a wrong type, counts as "cannot".
 */
import type { InitializeParams, WorkspaceFolder } from "vscode-languageserver-protocol";
import type { PositionEncoding } from "../base/line-index.ts";
import type { InitializationOptions } from "../protocol.ts";
import { MARKDOWN, PLAIN_TEXT, UTF8, UTF16, UTF32 } from "./lsp-values.ts";
import { foldersIn, isRecord } from "./params.ts";

export interface ClientFacts {
  /** The language of the client's user, as the client writes it. */
  readonly locale: string | undefined;
  readonly encoding: PositionEncoding;
  /** Hovers and tooltips are Markdown; else plain text. */
  readonly markdown: boolean;
  readonly configuration: boolean;
  readonly registerConfiguration: boolean;
  readonly registerWatchers: boolean;
  readonly pullDiagnostics: boolean;
  /** Published diagnostics may say the version of the text they are about. */
  readonly versionedDiagnostics: boolean;
  readonly refreshHints: boolean;
  readonly refreshDiagnostics: boolean;
  /** Shows progress that the server begins. */
  readonly progress: boolean;
  /** Tells of folders that come and go. */
  readonly workspaceFolders: boolean;
  /** The folders at the start. */
  readonly folders: readonly WorkspaceFolder[];
  /** Asks for a hint's tooltip when it is wanted. */
  readonly resolvesHints: boolean;
  /** Takes code actions that are more than a command's name. */
  readonly actions: boolean;
  /** Asks for an action's edit when it is chosen; else every action has its edit from the start. */
  readonly resolvesEdits: boolean;
  /** Shows actions that cannot be done, with the reason; else they are left out. */
  readonly disabledActions: boolean;
  readonly options: InitializationOptions;
  /** `initializationOptions` as sent: settings may stand there. */
  readonly rawOptions: unknown;
}

export function clientFacts(params: InitializeParams): ClientFacts {
  const client = new Announced(params.capabilities);
  const codeAction = "textDocument.codeAction";
  return {
    locale: typeof params.locale === "string" ? params.locale : undefined,
    encoding: chooseEncoding(client.list("general.positionEncodings")),
    markdown: prefersMarkdown(client.list("textDocument.hover.contentFormat")),
    configuration: client.flag("workspace.configuration"),
    registerConfiguration: client.flag("workspace.didChangeConfiguration.dynamicRegistration"),
    registerWatchers: client.flag("workspace.didChangeWatchedFiles.dynamicRegistration"),
    pullDiagnostics: client.has("textDocument.diagnostic"),
    versionedDiagnostics: client.flag("textDocument.publishDiagnostics.versionSupport"),
    refreshHints: client.flag("workspace.inlayHint.refreshSupport"),
    // Clients written with Rust's `lsp-types` (Helix, Zed) say `diagnostic` for LSP's `diagnostics`.
    refreshDiagnostics: client.flag("workspace.diagnostics.refreshSupport") || client.flag("workspace.diagnostic.refreshSupport"),
    progress: client.flag("window.workDoneProgress"),
    workspaceFolders: client.flag("workspace.workspaceFolders"),
    folders: foldersIn(params.workspaceFolders),
    resolvesHints: client.list("textDocument.inlayHint.resolveSupport.properties").includes("tooltip"),
    actions: client.has(`${codeAction}.codeActionLiteralSupport`),
    resolvesEdits: client.flag(`${codeAction}.dataSupport`) && client.list(`${codeAction}.resolveSupport.properties`).includes("edit"),
    disabledActions: client.flag(`${codeAction}.disabledSupport`),
    options: readOptions(params.initializationOptions),
    rawOptions: params.initializationOptions,
  };
}

/** UTF-16 where the client takes it: it is what the server counts in, and what every client takes that names none we know. */
function chooseEncoding(offered: readonly unknown[]): PositionEncoding {
  if (offered.includes(UTF16)) return "utf-16";
  if (offered.includes(UTF32)) return "utf-32";
  return offered.includes(UTF8) ? "utf-8" : "utf-16";
}

/** The formats are listed by preference. */
function prefersMarkdown(formats: readonly unknown[]): boolean {
  return formats.find((format) => format === MARKDOWN || format === PLAIN_TEXT) === MARKDOWN;
}

/** What a client has announced, read by dotted paths. */
class Announced {
  readonly #capabilities: unknown;

  constructor(capabilities: unknown) {
    this.#capabilities = capabilities;
  }

  flag(path: string): boolean {
    return this.#at(path) === true;
  }

  list(path: string): readonly unknown[] {
    const value = this.#at(path);
    return Array.isArray(value) ? value : [];
  }

  /** Editors write what they lack as nothing, as null or as false, and some write `[]` for `{}`. */
  has(path: string): boolean {
    const value = this.#at(path);
    return typeof value === "object" && value !== null;
  }

  #at(path: string): unknown {
    return path.split(".").reduce((inner: unknown, name) => (isRecord(inner) ? inner[name] : undefined), this.#capabilities);
  }
}

function readOptions(value: unknown): InitializationOptions {
  if (typeof value !== "object" || value === null) return {};
  const entries = new Map<string, unknown>(Object.entries(value));
  const commands = entries.get("clientCommands");
  const cacheFolder = entries.get("cacheFolder");
  return {
    commandLinks: entries.get("commandLinks") === true,
    clientCommands: Array.isArray(commands) ? commands.filter((id): id is string => typeof id === "string") : [],
    pictures: entries.get("pictures") === true,
    status: entries.get("status") === true,
    fileRequests: entries.get("fileRequests") === true,
    ...(typeof cacheFolder === "string" && cacheFolder !== "" ? { cacheFolder } : {}),
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
