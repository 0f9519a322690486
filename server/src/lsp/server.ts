/**
 * The language server: capabilities, life cycle, and one short handler per request.
 *
 * Invariants: no logic about layouts; nothing is kept between requests but documents and memos; a defect inside a request is
 * logged and answered as "no answer", never as a crash.
 */
import type {
  CancellationToken,
  CodeAction,
  CodeActionParams,
  Connection,
  Diagnostic,
  FullDocumentDiagnosticReport,
  Hover,
  HoverParams,
  InitializeParams,
  InitializeResult,
  InlayHint,
  InlayHintParams,
  Range,
} from "vscode-languageserver";
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { FileSystem } from "../base/file-system.ts";
import { LineIndex } from "../base/line-index.ts";
import type { FilePath } from "../base/path.ts";
import type { AssistData } from "../ide/assist.ts";
import type { InlayHintData } from "../ide/inlay-hint.ts";
import type { InitializationOptions, StatusParams, TargetInfo, TargetsParams } from "../protocol.ts";
import { STATUS_NOTIFICATION, TARGETS_REQUEST } from "../protocol.ts";
import type { AnalysisHost } from "../workspace/analysis-host.ts";
import type { ClientFacts } from "./client-facts.ts";
import { clientFacts } from "./client-facts.ts";
import { readConfig } from "./config.ts";
import { Dispatcher } from "./dispatch.ts";
import type { OpenDocument } from "./documents.ts";
import { Documents } from "./documents.ts";
import { isAssistData, isHintData } from "./from-proto.ts";
import type { FileAnswer } from "./projects.ts";
import { Projects } from "./projects.ts";
import type { ProtoContext } from "./to-proto.ts";
import { defaultUri, toCodeActions, toDiagnostic, toHover, toInlayHint, toMarkup, toWorkspaceEdit } from "./to-proto.ts";
import { documentPath, pathOfUri } from "./uri.ts";

/** What a host (Node, a web worker) provides once the client has introduced itself. */
export interface ServerHost {
  readonly analysis: AnalysisHost;
  readonly fs: FileSystem;
  readonly targets: readonly string[];
  /** Loads files that a question was waiting for; undefined where reads never wait. */
  readonly load: ((paths: readonly FilePath[]) => Promise<void>) | undefined;
  /** These paths changed on disk: what is kept of them is thrown away. */
  forget(paths: readonly FilePath[]): void;
}

export type MakeHost = (options: InitializationOptions) => Promise<ServerHost>;

/** Answers on a connection until it is closed. */
export function startServer(connection: Connection, makeHost: MakeHost, version: string): void {
  let state: ServerState | undefined;
  const get = (): ServerState => {
    if (state === undefined) throw new Error("the server is not initialised");
    return state;
  };
  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const facts = clientFacts(params);
    state = new ServerState(connection, await makeHost(facts.options), facts);
    return { capabilities: capabilities(params, facts), serverInfo: { name: "stowplan", version } };
  });
  connection.onInitialized(() => get().initialized());
  connection.onDidOpenTextDocument(({ textDocument }) => get().opened(textDocument.uri, textDocument.version, textDocument.text));
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
    get().changed(textDocument.uri, textDocument.version, contentChanges),
  );
  connection.onDidCloseTextDocument(({ textDocument }) => get().closed(textDocument.uri));
  connection.onDidChangeConfiguration(() => get().refreshConfig());
  connection.onDidChangeWatchedFiles(({ changes }) => get().filesChanged(changes.map((change) => pathOfUri(change.uri))));
  connection.onHover((params, token) =>
    get()
      .dispatch.run("hover", token, () => get().hover(params))
      .then((hover) => hover ?? null),
  );
  connection.languages.inlayHint.on((params, token) => get().dispatch.run("inlayHint", token, () => get().inlayHints(params)));
  connection.languages.inlayHint.resolve((hint, token) =>
    get()
      .dispatch.run("inlayHint/resolve", token, () => get().resolveHint(hint))
      .then((resolved) => resolved ?? hint),
  );
  connection.onCodeAction((params, token) => get().dispatch.run("codeAction", token, () => get().codeActions(params)));
  connection.onCodeActionResolve((action, token) =>
    get()
      .dispatch.run("codeAction/resolve", token, () => get().resolveAction(action))
      .then((resolved) => resolved ?? action),
  );
  connection.languages.diagnostics.on(async (params, token) => {
    const items = await get().dispatch.run("diagnostic", token, () => get().diagnostics(params.textDocument.uri));
    const report: FullDocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [...(items ?? [])] };
    return report;
  });
  connection.onRequest(TARGETS_REQUEST, (params: TargetsParams, token: CancellationToken) =>
    get()
      .dispatch.run("targets", token, () => get().targets(params))
      .then((targets) => [...(targets ?? [])]),
  );
  connection.onShutdown(() => state?.dispose());
  connection.listen();
}

function capabilities(_params: InitializeParams, facts: ClientFacts): InitializeResult["capabilities"] {
  return {
    positionEncoding: facts.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    inlayHintProvider: { resolveProvider: true },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite], resolveProvider: true },
    ...(facts.pullDiagnostics
      ? { diagnosticProvider: { identifier: "stowplan", interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
  };
}

class ServerState {
  readonly dispatch: Dispatcher;
  readonly #connection: Connection;
  readonly #host: ServerHost;
  readonly #facts: ClientFacts;
  readonly #documents: Documents;
  readonly #projects: Projects;
  #status = "";

  constructor(connection: Connection, host: ServerHost, facts: ClientFacts) {
    this.#connection = connection;
    this.#host = host;
    this.#facts = facts;
    this.dispatch = new Dispatcher(connection, host.analysis.runtime, host.load);
    this.#documents = new Documents(host.analysis, facts.encoding);
    this.#projects = new Projects(host.analysis, host.fs, readConfig(undefined, undefined));
  }

  async initialized(): Promise<void> {
    if (this.#facts.registerConfiguration)
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: ["stowplan", "rust-analyzer"] });
    if (this.#facts.registerWatchers) {
      const watchers = [
        "**/*.rs",
        "**/Cargo.{toml,lock}",
        "**/.cargo/config{,.toml}",
        "**/rust-toolchain{,.toml}",
        "**/{,.}clippy.toml",
      ].map((globPattern) => ({ globPattern }));
      await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    await this.refreshConfig();
  }

  async refreshConfig(): Promise<void> {
    if (this.#facts.configuration) {
      const [stowplan, rustAnalyzer] = await this.#connection.workspace.getConfiguration([
        { section: "stowplan" },
        { section: "rust-analyzer" },
      ]);
      this.#projects.reset(readConfig(stowplan, rustAnalyzer));
    }
    this.#refreshAll();
  }

  opened(uri: string, version: number, text: string): void {
    this.#documents.open(uri, version, text);
    this.#projects.forgetFiles();
    this.#afterEdit(uri);
  }

  changed(uri: string, version: number, changes: Parameters<Documents["change"]>[2]): void {
    this.#documents.change(uri, version, changes);
    this.#afterEdit(uri);
  }

  /** The disk's text counts again; where that has to be waited for, the document may have been opened again meanwhile. */
  closed(uri: string): void {
    let isClosed = false;
    void this.dispatch.run("didClose", undefined, () => {
      if (isClosed) this.#host.analysis.filesChanged([documentPath(uri)]);
      isClosed = true;
      this.#documents.close(uri);
    });
    this.#projects.forgetFiles();
    if (!this.#facts.pullDiagnostics) void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  filesChanged(paths: readonly FilePath[]): void {
    this.#host.forget(paths);
    void this.dispatch
      .run("filesChanged", undefined, () => this.#host.analysis.filesChanged(paths))
      .then(() => {
        if (paths.some((path) => this.#projects.isInput(path))) this.#projects.reset(this.#projects.config);
        else this.#projects.forgetFiles();
        this.#refreshAll();
      });
  }

  hover({ textDocument, position }: HoverParams): Hover | undefined {
    const at = this.#at(textDocument.uri);
    if (at === undefined) return undefined;
    const offset = at.document.lines.offsetAt(position, this.#facts.encoding);
    const { options } = this.#facts;
    const commands = options.commandLinks === true ? (options.clientCommands ?? []) : [];
    const pictures = options.pictures === true && at.answer.config.hover.pictures;
    const result = at.answer.analysis.hover({ file: at.document.path, offset }, { ...at.answer.config.hover, commands, pictures });
    return result === undefined ? undefined : toHover(this.#context(at.document), result);
  }

  inlayHints({ textDocument, range }: InlayHintParams): InlayHint[] {
    const at = this.#at(textDocument.uri);
    if (at === undefined) return [];
    const { document } = at;
    const [start, end] = this.#span(document, range);
    const hints = at.answer.analysis.inlayHints({ file: document.path, text: document.text, start, end }, at.answer.config.inlayHints);
    const ctx = this.#context(document);
    return hints.map((hint) => toInlayHint(ctx, hint));
  }

  resolveHint(hint: InlayHint): InlayHint {
    const data: InlayHintData | undefined = isHintData(hint.data) ? hint.data : undefined;
    const answer = data === undefined ? undefined : this.#projects.forFile(data.file);
    if (data === undefined || answer === undefined || typeof answer === "string") return hint;
    const markup = answer.analysis.resolveInlayHint(data, { ...answer.config.hover, pictures: false });
    return markup === undefined ? hint : { ...hint, tooltip: toMarkup(markup, this.#facts.markdown) };
  }

  codeActions({ textDocument, range, context }: CodeActionParams): CodeAction[] {
    const at = this.#at(textDocument.uri);
    if (at === undefined) return [];
    const [start, end] = this.#span(at.document, range);
    const found = at.answer.analysis.assists({ file: at.document.path, start, end }, at.answer.config.diagnostics);
    const own = context.diagnostics.filter((diagnostic) => diagnostic.source === "stowplan");
    return found
      .flatMap((assist) =>
        toCodeActions(
          assist,
          own.filter((diagnostic) => diagnostic.code === assist.fixes),
        ),
      )
      .filter((action) => isWanted(action, context.only));
  }

  resolveAction(action: CodeAction): CodeAction {
    const data: AssistData | undefined = isAssistData(action.data) ? action.data : undefined;
    const document = data === undefined ? undefined : this.#documents.all.find((d) => d.path === data.file);
    const answer = data === undefined ? undefined : this.#projects.forFile(data.file);
    if (data === undefined || document === undefined || answer === undefined || typeof answer === "string") return action;
    const change = answer.analysis.resolveAssist(data);
    return change === undefined ? action : { ...action, edit: toWorkspaceEdit(this.#context(document), change) };
  }

  diagnostics(uri: string): readonly Diagnostic[] {
    const at = this.#at(uri);
    if (at === undefined) return [];
    this.#sendStatus(at.document, at.answer);
    const ctx = this.#context(at.document);
    return at.answer.analysis
      .diagnostics(at.document.path, at.answer.config.diagnostics)
      .map((diagnostic) => toDiagnostic(ctx, diagnostic));
  }

  targets({ uri }: TargetsParams): readonly TargetInfo[] {
    const path = uri === undefined ? this.#documents.all[0]?.path : documentPath(uri);
    const answer = path === undefined ? undefined : this.#projects.forFile(path);
    const current = answer === undefined || typeof answer === "string" ? undefined : answer.analysis.targetName;
    const isAuto = this.#projects.config.target === undefined;
    return this.#host.targets.map((name) => ({ name, isDefault: isAuto && name === current }));
  }

  dispose(): void {
    this.#host.analysis.dispose();
  }

  #at(uri: string): { readonly document: OpenDocument; readonly answer: FileAnswer } | undefined {
    const document = this.#documents.get(uri);
    const answer = document === undefined ? undefined : this.#projects.forFile(document.path);
    if (document === undefined || answer === undefined) return undefined;
    if (typeof answer === "string") {
      this.#connection.console.warn(`${document.path}: ${answer}`);
      return undefined;
    }
    return { document, answer };
  }

  #span(document: OpenDocument, range: Range): readonly [number, number] {
    const start = document.lines.offsetAt(range.start, this.#facts.encoding);
    return [start, Math.max(start, document.lines.offsetAt(range.end, this.#facts.encoding))];
  }

  #context(document: OpenDocument): ProtoContext {
    const openAt = (path: FilePath): OpenDocument | undefined => this.#documents.all.find((d) => d.path === path);
    return {
      lines: document.lines,
      encoding: this.#facts.encoding,
      markdown: this.#facts.markdown,
      uriOf: (path) => openAt(path)?.uri ?? defaultUri(path),
      linesOf: (path) => {
        const text = this.#host.analysis.textOf(path);
        return openAt(path)?.lines ?? (text === undefined ? undefined : new LineIndex(text));
      },
    };
  }

  #sendStatus(document: OpenDocument, { project, analysis }: FileAnswer): void {
    const status: StatusParams = {
      target: analysis.targetName,
      targetOrigin: project.project.target.origin,
      toolchain: analysis.rustcVersion,
      std: analysis.stdLabel,
      stdDiffers: project.std?.exactVersion !== true,
      types: analysis.statusCounts(document.path),
    };
    const text = JSON.stringify(status);
    if (this.#facts.options.status !== true || text === this.#status) return;
    this.#status = text;
    void this.#connection.sendNotification(STATUS_NOTIFICATION, status);
  }

  #afterEdit(uri: string): void {
    if (this.#facts.pullDiagnostics) return;
    void this.dispatch
      .run("publishDiagnostics", undefined, () => this.diagnostics(uri))
      .then((diagnostics) => {
        if (diagnostics !== undefined) void this.#connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] });
      });
  }

  #refreshAll(): void {
    if (this.#facts.refreshHints) void this.#connection.languages.inlayHint.refresh();
    if (this.#facts.pullDiagnostics && this.#facts.refreshDiagnostics) void this.#connection.languages.diagnostics.refresh();
    for (const document of this.#documents.all) this.#afterEdit(document.uri);
  }
}

function isWanted(action: CodeAction, only: readonly string[] | undefined): boolean {
  if (only === undefined) return true;
  const kind = action.kind ?? "";
  return only.some((wanted) => wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`));
}
