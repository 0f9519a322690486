/**
 * The language server: capabilities, life cycle, and what the client tells (what it asks: `questions.ts`).
 *
 * Invariants: no logic about layouts; nothing is kept between requests but documents and memos; a defect inside a request is
 * logged and answered as "no answer", never as a crash.
 */

import { ErrorCodes, ResponseError } from "vscode-jsonrpc";
import type { Diagnostic, InitializeResult, PublishDiagnosticsParams, WorkspaceFolder } from "vscode-languageserver-protocol";
import type { FileChange } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import { hasScheme } from "../base/path.ts";
import type { Steps } from "../base/resumed.ts";
import { resumed } from "../base/resumed.ts";
import type { Words } from "../base/words.ts";
import { inWords } from "../base/words.ts";
import { visible } from "../ide/markup.ts";
import type { StatusFacts, StatusParams } from "../protocol.ts";
import { STATUS_NOTIFICATION } from "../protocol.ts";
import { Answers } from "./answers.ts";
import { askConfigs, configOf } from "./ask-configs.ts";
import type { ClientFacts } from "./client-facts.ts";
import { clientFacts } from "./client-facts.ts";
import { ClientRequests } from "./client-requests.ts";
import type { Connection } from "./connection.ts";
import { DiskFollower } from "./disk-follower.ts";
import { Dispatcher } from "./dispatch.ts";
import type { OpenDocument } from "./documents.ts";
import { Documents } from "./documents.ts";
import { FirstSettings } from "./first-settings.ts";
import { KeptAnswers } from "./kept-answers.ts";
import { INCREMENTAL_SYNC, QUICK_FIX, REFACTOR_REWRITE } from "./lsp-values.ts";
import {
  isDidChange,
  isDidChangeConfiguration,
  isDidChangeWatchedFiles,
  isDidChangeWorkspaceFolders,
  isDidClose,
  isDidOpen,
  isInitialize,
} from "./params.ts";
import type { FileAnswer } from "./projects.ts";
import { Projects } from "./projects.ts";
import { answerQuestions } from "./questions.ts";
import { Renewal } from "./renewal.ts";
import type { MakeHost, ServerHost } from "./server-host.ts";
import type { SettingsSections } from "./settings-source.ts";
import { firstOf, sectionsIn } from "./settings-source.ts";
import { documentPath, pathOfUri } from "./uri.ts";
import { UserWords } from "./user-words.ts";
import { WarmUp } from "./warm-up.ts";

/** Answers on a connection until it is closed. */
export function startServer(connection: Connection, makeHost: MakeHost, version: string): void {
  let state: ServerState | undefined;
  const get = (): ServerState => {
    if (state === undefined) throw new ResponseError(ErrorCodes.ServerNotInitialized, "the server is not initialised");
    return state;
  };
  connection.onRequest("initialize", isInitialize, async (params): Promise<InitializeResult> => {
    const facts = clientFacts(params);
    state = new ServerState(connection, await makeHost(facts.options), facts);
    return { capabilities: capabilities(facts), serverInfo: { name: "stowplan", version } };
  });
  connection.onNotificationWithoutParams("initialized", () => get().initialized());
  connection.onRequestWithoutParams("shutdown", () => {
    state?.dispose();
    return null;
  });
  followClient(connection, get);
  answerQuestions(connection, get);
  connection.listen();
}

/** What the client tells: its documents, settings, folders and files. */
function followClient(connection: Connection, get: () => ServerState): void {
  connection.onNotification("textDocument/didOpen", isDidOpen, ({ textDocument: { uri, version, text } }) =>
    get().opened(uri, version, text),
  );
  connection.onNotification("textDocument/didChange", isDidChange, ({ textDocument, contentChanges }) =>
    get().changed(textDocument.uri, textDocument.version, contentChanges),
  );
  connection.onNotification("textDocument/didClose", isDidClose, ({ textDocument }) => get().closed(textDocument.uri));
  connection.onNotification("workspace/didChangeConfiguration", isDidChangeConfiguration, ({ settings }) => get().configChanged(settings));
  connection.onNotification("workspace/didChangeWatchedFiles", isDidChangeWatchedFiles, ({ changes }) =>
    get().filesChanged(changes.map((change) => pathOfUri(change.uri))),
  );
  connection.onNotification("workspace/didChangeWorkspaceFolders", isDidChangeWorkspaceFolders, ({ event }) =>
    get().foldersChanged(event.added, event.removed),
  );
}

function capabilities(facts: ClientFacts): InitializeResult["capabilities"] {
  return {
    positionEncoding: facts.encoding,
    textDocumentSync: { openClose: true, change: INCREMENTAL_SYNC },
    hoverProvider: true,
    inlayHintProvider: { resolveProvider: facts.resolvesHints },
    codeActionProvider: {
      codeActionKinds: [QUICK_FIX, REFACTOR_REWRITE],
      resolveProvider: facts.resolvesEdits,
    },
    ...(facts.workspaceFolders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
    ...(facts.pullDiagnostics
      ? { diagnosticProvider: { identifier: "stowplan", interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
  };
}

class ServerState {
  readonly dispatch: Dispatcher;
  readonly firstSettings = new FirstSettings();
  readonly #renewal: Renewal;
  readonly answers: Answers;
  readonly kept: KeptAnswers;
  readonly #connection: Connection;
  readonly #host: ServerHost;
  readonly #facts: ClientFacts;
  readonly #words: () => Words;
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
    host.analysis.onDefect = (what, error) => {
      this.kept.end();
      this.dispatch.tellDefect(what, error);
    };
    this.#documents = new Documents(host.analysis, facts.encoding);
    this.#client = new ClientRequests(connection, facts);
    this.#sent = sectionsIn(facts.rawOptions);
    host.useCache(configOf(this.#sent).cache);
    const userWords = new UserWords(facts.locale, host.translations);
    const words = (): Words => userWords.words;
    this.#words = words;
    const configs = { common: configOf(this.#sent), folders: [] };
    this.#projects = new Projects({ analysis: host.analysis, fs: host.fs, configs, words });
    this.#renewal = new Renewal({
      projects: this.#projects,
      collect: host.collect,
      later: (work) => void this.dispatch.runInBackground("renew", undefined, () => resumed(work)),
    });
    const beforeQuestion = (): void => this.#followDisk();
    const parts = { connection, host, facts, words, documents: this.#documents, projects: this.#projects, beforeQuestion };
    this.answers = new Answers({
      ...parts,
      refreshHints: () => this.#client.refreshHints(),
      later: async (work) => {
        await this.dispatch.runInBackground("inlayHints", undefined, work);
      },
      cut: () => this.kept.end(),
    });
    this.kept = new KeptAnswers({
      ...parts,
      keeper: host.answers,
      runtime: host.analysis.runtime,
      given: () => this.#compareGiven(),
      wrong: (method) => {
        this.kept.end();
        connection.error(`${method}: an answer kept from an earlier start was wrong`);
        this.#client.refreshHints();
      },
    });
    this.#warmUp = new WarmUp({ connection, facts, words, dispatch: this.dispatch, answers: this.answers });
    this.#follower = host.lookOn === undefined ? undefined : new DiskFollower(host.lookOn, facts.registerWatchers);
  }

  async initialized(): Promise<void> {
    this.firstSettings.asked();
    await Promise.all([this.#client.register(), this.#readSettings()]);
  }

  /** `settings` is what clients send that are not asked; those that are asked send nothing of use. */
  async configChanged(settings: unknown): Promise<void> {
    this.#sent = firstOf([sectionsIn(settings), this.#sent]);
    await this.#readSettings();
  }

  /** What the next edit needs, then other files; where reading has to be waited for, what is asked comes first and only. */
  #readAhead(uri: string): void {
    if (!this.#hasSettings) return;
    void this.dispatch.runInWholeSteps("parseAhead", undefined, () => this.answers.parseAhead(uri));
    if (this.#host.load === undefined) void this.#warmUp.start(uri);
  }

  /** What was answered by what an earlier start has kept is computed in a quiet moment. */
  #compareGiven(): void {
    if (this.#hasSettings) void this.dispatch.runInWholeSteps("kept answers", undefined, () => this.kept.compare());
  }

  async #readSettings(): Promise<void> {
    const configs = await askConfigs(this.#client, this.#folders, this.#sent);
    this.#host.useCache(configs.common.cache);
    this.#projects.configure(configs);
    this.#hasSettings = true;
    this.firstSettings.arrived();
    this.#refreshAll();
    this.#compareGiven();
    for (const document of this.#documents.all) this.#readAhead(document.uri);
  }

  /** Folders came to the workspace or left it. */
  async foldersChanged(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): Promise<void> {
    this.kept.end();
    const gone = new Set(removed.map((folder) => folder.uri));
    this.#folders = [...this.#folders.filter((folder) => !gone.has(folder.uri)), ...added];
    await this.#readSettings();
  }

  /** An open document as it is now: another object after each edit. */
  document(uri: string): OpenDocument | undefined {
    return this.#documents.get(uri);
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

  changed(uri: string, version: number | null | undefined, changes: Parameters<Documents["change"]>[2]): void {
    this.dispatch.edited();
    this.#renewal.edited();
    this.#documents.change(uri, version, changes);
    this.#afterEdit(uri);
  }

  /** The disk's text counts again; where that has to be waited for, the document may have been opened again meanwhile. */
  closed(uri: string): void {
    let isClosed = false;
    const length = this.#documents.get(uri)?.text.length ?? 0;
    void this.dispatch.run("didClose", () => {
      const path = documentPath(uri);
      if (isClosed) this.#host.analysis.filesChanged([path]);
      // What was saved is not told by every editor; where only the editor can look, it does.
      else if (this.#host.lookOn !== undefined && !hasScheme(path)) this.#host.lookAt([path]);
      isClosed = true;
      this.#documents.close(uri);
      this.answers.closed(uri);
      this.#renewal.closed(path, length);
    });
    this.#publishing.delete(uri);
    this.#statuses.delete(uri);
    this.#projects.forgetFiles();
    if (!this.#facts.pullDiagnostics) this.#tell({ uri, diagnostics: [] });
  }

  /** The client says that these paths have changed: everything that depends on them is computed anew when it is asked for. */
  filesChanged(paths: readonly FilePath[]): void {
    this.#documents.handOn();
    const changes = this.#host.lookAt(paths);
    if (changes.length === 0) return;
    this.#projects.filesChanged(changes);
    void this.dispatch.run("filesChanged", () => this.#host.analysis.filesChanged(pathsOf(changes))).then(() => this.#refreshAll());
  }

  /** Looks at the disk before a question; what has changed counts at once, and the client is told to ask anew. */
  #followDisk(): void {
    const changes = this.#follower?.look() ?? [];
    if (changes.length === 0) return;
    this.#documents.handOn();
    this.#projects.filesChanged(changes);
    this.#host.analysis.filesChanged(pathsOf(changes));
    this.#refreshAll();
  }

  /** The diagnostics of a document, in steps; sends what the status item shows when all is known. */
  *diagnostics(uri: string): Steps<readonly Diagnostic[]> {
    this.#renewal.ifDue();
    const at = this.answers.at(uri);
    if (at === undefined) {
      this.#sendProblem(uri);
      return [];
    }
    const { diagnostics, counts } = yield* this.answers.check(at);
    this.#sendStatus(uri, at.answer, counts);
    return diagnostics;
  }

  dispose(): void {
    this.#host.analysis.dispose();
  }

  #sendProblem(uri: string): void {
    const problem = this.answers.problem(uri);
    if (problem !== undefined) this.#tellStatus({ uri, problem: visible(inWords(this.#words(), problem)) });
  }

  #sendStatus(uri: string, { project, analysis, config }: FileAnswer, types: StatusFacts["types"]): void {
    this.#tellStatus({
      uri,
      target: visible(analysis.targetName),
      targetOrigin: visible(inWords(this.#words(), project.project.target.origin)),
      toolchain: analysis.rustcVersion,
      profile: config.profile,
      std: inWords(this.#words(), analysis.stdLabel),
      stdDiffers: project.std?.exactVersion !== true,
      types,
    });
  }

  #tellStatus(status: StatusParams): void {
    const text = JSON.stringify(status);
    if (this.#facts.options.status !== true || text === this.#statuses.get(status.uri)) return;
    this.#statuses.set(status.uri, text);
    this.#connection.notify(STATUS_NOTIFICATION, status);
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

  *#unless(isOutdated: () => boolean, uri: string): Steps<readonly Diagnostic[]> {
    return isOutdated() ? [] : yield* this.diagnostics(uri);
  }

  #publish(uri: string, diagnostics: readonly Diagnostic[]): void {
    const version = this.#facts.versionedDiagnostics ? this.#documents.get(uri)?.version : undefined;
    this.#tell({ uri, diagnostics: [...diagnostics], ...(version === undefined ? {} : { version }) });
  }

  #tell(params: PublishDiagnosticsParams): void {
    this.#connection.notify("textDocument/publishDiagnostics", params);
  }

  #refreshAll(): void {
    this.#client.refresh();
    for (const document of this.#documents.all) this.#afterEdit(document.uri);
  }
}

function pathsOf(changes: readonly FileChange[]): readonly FilePath[] {
  return [...new Set(changes.map((change) => change.path))];
}
