/**
 * The language server: capabilities, life cycle, and one short handler per request.
 *
 * Invariants: no logic about layouts; nothing is kept between requests but documents and memos; a defect inside a request is
 * logged and answered as "no answer", never as a crash.
 */
import type {
  CancellationToken,
  Connection,
  Diagnostic,
  FullDocumentDiagnosticReport,
  InitializeResult,
  WorkspaceFolder,
} from "vscode-languageserver";
import { CodeActionKind, DocumentDiagnosticReportKind, ErrorCodes, ResponseError, TextDocumentSyncKind } from "vscode-languageserver";
import type { FileChange } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import { hasScheme } from "../base/path.ts";
import type { CompareParams, LayoutParams, StatusParams, TargetsParams } from "../protocol.ts";
import { COMPARE_REQUEST, LAYOUT_REQUEST, STATUS_NOTIFICATION, TARGETS_REQUEST } from "../protocol.ts";
import { Answers } from "./answers.ts";
import { askConfigs, configOf } from "./ask-configs.ts";
import type { ClientFacts } from "./client-facts.ts";
import { clientFacts } from "./client-facts.ts";
import { ClientRequests } from "./client-requests.ts";
import { DiskFollower } from "./disk-follower.ts";
import { Dispatcher } from "./dispatch.ts";
import { Documents } from "./documents.ts";
import type { FileAnswer } from "./projects.ts";
import { Projects } from "./projects.ts";
import type { MakeHost, ServerHost } from "./server-host.ts";
import type { SettingsSections } from "./settings-source.ts";
import { firstOf, sectionsIn } from "./settings-source.ts";
import { documentPath, pathOfUri } from "./uri.ts";
import { WarmUp } from "./warm-up.ts";

/** Answers on a connection until it is closed. */
export function startServer(connection: Connection, makeHost: MakeHost, version: string): void {
  let state: ServerState | undefined;
  const get = (): ServerState => {
    if (state === undefined) throw new ResponseError(ErrorCodes.ServerNotInitialized, "the server is not initialised");
    return state;
  };
  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const facts = clientFacts(params);
    state = new ServerState(connection, await makeHost(facts.options), facts);
    return { capabilities: capabilities(facts), serverInfo: { name: "stowplan", version } };
  });
  connection.onInitialized(() => get().initialized());
  connection.onDidOpenTextDocument(({ textDocument }) => get().opened(textDocument.uri, textDocument.version, textDocument.text));
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
    get().changed(textDocument.uri, textDocument.version, contentChanges),
  );
  connection.onDidCloseTextDocument(({ textDocument }) => get().closed(textDocument.uri));
  connection.onDidChangeConfiguration(({ settings }) => get().configChanged(settings));
  connection.onDidChangeWatchedFiles(({ changes }) => get().filesChanged(changes.map((change) => pathOfUri(change.uri))));
  connection.onHover((params, token) =>
    get()
      .dispatch.run(
        "hover",
        token,
        () => get().answers.hover(params),
        () => get().answers.defectHover(),
      )
      .then((hover) => hover ?? null),
  );
  connection.languages.inlayHint.on((params, token) => get().dispatch.run("inlayHint", token, () => get().answers.inlayHints(params)));
  connection.languages.inlayHint.resolve((hint, token) =>
    get()
      .dispatch.run("inlayHint/resolve", token, () => get().answers.resolveHint(hint))
      .then((resolved) => resolved ?? hint),
  );
  connection.onCodeAction((params, token) => get().dispatch.run("codeAction", token, () => get().answers.codeActions(params)));
  connection.onCodeActionResolve((action, token) =>
    get()
      .dispatch.run("codeAction/resolve", token, () => get().answers.resolveAction(action))
      .then((resolved) => resolved ?? action),
  );
  connection.languages.diagnostics.on(async (params, token) => {
    const items = await get().dispatch.runInBackground("diagnostic", token, () => get().diagnostics(params.textDocument.uri));
    const report: FullDocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [...(items ?? [])] };
    return report;
  });
  connection.onRequest(TARGETS_REQUEST, (params: TargetsParams, token: CancellationToken) =>
    get()
      .dispatch.run("targets", token, () => get().answers.targets(params))
      .then((targets) => [...(targets ?? [])]),
  );
  connection.onRequest(LAYOUT_REQUEST, (params: LayoutParams, token: CancellationToken) =>
    get()
      .dispatch.run("layout", token, () => get().answers.layout(params))
      .then((layout) => layout ?? null),
  );
  connection.onRequest(COMPARE_REQUEST, (params: CompareParams, token: CancellationToken) =>
    get()
      .dispatch.run("compareTargets", token, () => get().answers.compare(params))
      .then((compared) => compared ?? null),
  );
  connection.onShutdown(() => state?.dispose());
  connection.listen();
}

function capabilities(facts: ClientFacts): InitializeResult["capabilities"] {
  return {
    positionEncoding: facts.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    inlayHintProvider: { resolveProvider: facts.resolvesHints },
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite],
      resolveProvider: facts.resolvesEdits,
    },
    ...(facts.workspaceFolders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
    ...(facts.pullDiagnostics
      ? { diagnosticProvider: { identifier: "stowplan", interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
  };
}

/** After so many edits, in a quiet moment, what was computed is thrown away: a new name costs some 2 KB that is not given back otherwise. */
const MAX_EDITS = 3000;

class ServerState {
  readonly dispatch: Dispatcher;
  #edits = 0;
  readonly answers: Answers;
  readonly #connection: Connection;
  readonly #host: ServerHost;
  readonly #facts: ClientFacts;
  readonly #documents: Documents;
  readonly #projects: Projects;
  readonly #client: ClientRequests;
  readonly #warmUp: WarmUp;
  readonly #follower: DiskFollower | undefined;
  /** The last publication of diagnostics that was begun, by document. */
  readonly #publishing = new Map<string, object>();
  #hasSettings = false;
  #folders: readonly WorkspaceFolder[];
  /** Settings that came without being asked for. */
  #sent: SettingsSections;
  /** What was last told of each document. */
  readonly #statuses = new Map<string, string>();

  constructor(connection: Connection, host: ServerHost, facts: ClientFacts) {
    this.#connection = connection;
    this.#host = host;
    this.#facts = facts;
    this.#folders = facts.folders;
    this.dispatch = new Dispatcher(connection, host.analysis.runtime, host.load);
    this.#documents = new Documents(host.analysis, facts.encoding);
    this.#client = new ClientRequests(connection, facts);
    this.#sent = sectionsIn(facts.rawOptions);
    host.useCache(configOf(this.#sent).cache);
    this.#projects = new Projects(host.analysis, host.fs, { common: configOf(this.#sent), folders: [] });
    const parts = { connection, host, facts, documents: this.#documents, projects: this.#projects };
    this.answers = new Answers({ ...parts, beforeQuestion: () => this.#followDisk() });
    this.#warmUp = new WarmUp({ connection, facts, dispatch: this.dispatch, answers: this.answers });
    this.#follower = host.lookOn === undefined ? undefined : new DiskFollower(host.lookOn, facts.registerWatchers);
  }

  async initialized(): Promise<void> {
    await this.#client.register();
    if (this.#facts.workspaceFolders)
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => this.foldersChanged(added, removed));
    await this.#readSettings();
  }

  /** `settings` is what clients send that are not asked; those that are asked send nothing of use. */
  async configChanged(settings: unknown): Promise<void> {
    this.#sent = firstOf([sectionsIn(settings), this.#sent]);
    await this.#readSettings();
  }

  /** Where reading has to be waited for, what is asked comes first and only. */
  #readAhead(uri: string): void {
    if (this.#hasSettings && this.#host.load === undefined) void this.#warmUp.start(uri);
  }

  async #readSettings(): Promise<void> {
    const configs = await askConfigs(this.#client, this.#folders, this.#sent);
    this.#host.useCache(configs.common.cache);
    this.#projects.configure(configs);
    this.#hasSettings = true;
    this.#refreshAll();
    const [document] = this.#documents.all;
    if (document !== undefined) this.#readAhead(document.uri);
  }

  /** Folders came to the workspace or left it. */
  async foldersChanged(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): Promise<void> {
    const gone = new Set(removed.map((folder) => folder.uri));
    this.#folders = [...this.#folders.filter((folder) => !gone.has(folder.uri)), ...added];
    await this.#readSettings();
  }

  opened(uri: string, version: number, text: string): void {
    this.dispatch.edited();
    this.#documents.open(uri, version, text);
    // Parsing it may have taken as long as background work waits, and the first question is on its way.
    this.dispatch.edited();
    this.#projects.forgetFiles();
    this.#afterEdit(uri);
    this.#readAhead(uri);
  }

  changed(uri: string, version: number, changes: Parameters<Documents["change"]>[2]): void {
    this.dispatch.edited();
    this.#edits += 1;
    this.#documents.change(uri, version, changes);
    this.#afterEdit(uri);
  }

  /** The disk's text counts again; where that has to be waited for, the document may have been opened again meanwhile. */
  closed(uri: string): void {
    let isClosed = false;
    void this.dispatch.run("didClose", undefined, () => {
      const path = documentPath(uri);
      if (isClosed) this.#host.analysis.filesChanged([path]);
      // What was saved is not told by every editor; where only the editor can look, it does.
      else if (this.#host.lookOn !== undefined && !hasScheme(path)) this.#host.lookAt([path]);
      isClosed = true;
      this.#documents.close(uri);
    });
    this.#publishing.delete(uri);
    this.#statuses.delete(uri);
    this.#projects.forgetFiles();
    if (!this.#facts.pullDiagnostics) void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** The client says that these paths have changed: everything that depends on them is computed anew when it is asked for. */
  filesChanged(paths: readonly FilePath[]): void {
    const changes = this.#host.lookAt(paths);
    if (changes.length === 0) return;
    this.#projects.filesChanged(changes);
    void this.dispatch
      .run("filesChanged", undefined, () => this.#host.analysis.filesChanged(pathsOf(changes)))
      .then(() => this.#refreshAll());
  }

  /** Looks at the disk before a question; what has changed counts at once, and the client is told to ask anew. */
  #followDisk(): void {
    const changes = this.#follower?.look() ?? [];
    if (changes.length === 0) return;
    this.#projects.filesChanged(changes);
    this.#host.analysis.filesChanged(pathsOf(changes));
    this.#refreshAll();
  }

  /** The diagnostics of a document, in steps; sends what the status item shows when all is known. */
  *diagnostics(uri: string): Generator<undefined, readonly Diagnostic[]> {
    this.#renew();
    const at = this.answers.at(uri);
    if (at === undefined) return [];
    const { diagnostics, counts } = yield* this.answers.check(at);
    this.#sendStatus(uri, at.answer, counts);
    return diagnostics;
  }

  #renew(): void {
    if (this.#edits < MAX_EDITS) return;
    this.#edits = 0;
    this.#projects.renew();
  }

  dispose(): void {
    this.#host.analysis.dispose();
  }

  #sendStatus(uri: string, { project, analysis, config }: FileAnswer, types: StatusParams["types"]): void {
    const status: StatusParams = {
      uri,
      target: analysis.targetName,
      targetOrigin: project.project.target.origin,
      toolchain: analysis.rustcVersion,
      profile: config.profile,
      std: analysis.stdLabel,
      stdDiffers: project.std?.exactVersion !== true,
      types,
    };
    const text = JSON.stringify(status);
    if (this.#facts.options.status !== true || text === this.#statuses.get(uri)) return;
    this.#statuses.set(uri, text);
    void this.#connection.sendNotification(STATUS_NOTIFICATION, status);
  }

  /** Tells a client that does not ask itself, in the background; what is under way for an older text is given up. */
  #afterEdit(uri: string): void {
    if (this.#facts.pullDiagnostics) return;
    const publishing = {};
    this.#publishing.set(uri, publishing);
    const isOutdated = (): boolean => this.#publishing.get(uri) !== publishing;
    void this.dispatch
      .runInBackground("publishDiagnostics", undefined, () => this.#unless(isOutdated, uri))
      .then((diagnostics) => {
        if (diagnostics !== undefined && !isOutdated()) this.#publish(uri, diagnostics);
      });
  }

  *#unless(isOutdated: () => boolean, uri: string): Generator<undefined, readonly Diagnostic[]> {
    return isOutdated() ? [] : yield* this.diagnostics(uri);
  }

  #publish(uri: string, diagnostics: readonly Diagnostic[]): void {
    const version = this.#facts.versionedDiagnostics ? this.#documents.get(uri)?.version : undefined;
    void this.#connection.sendDiagnostics({ uri, diagnostics: [...diagnostics], ...(version === undefined ? {} : { version }) });
  }

  #refreshAll(): void {
    this.#client.refresh();
    for (const document of this.#documents.all) this.#afterEdit(document.uri);
  }
}

function pathsOf(changes: readonly FileChange[]): readonly FilePath[] {
  return [...new Set(changes.map((change) => change.path))];
}
