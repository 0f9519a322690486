/**
 * One short answer per request about a document: positions in, what `ide` says, protocol types out.
 *
 * Invariant: no logic about layouts; keeps nothing between requests but what it is given.
 */

import type { CodeAction, Diagnostic, Hover, InlayHint, Range } from "vscode-languageserver-protocol";
import { LineIndex } from "../base/line-index.ts";
import type { Message } from "../base/message.ts";
import { isMessage, msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { Steps } from "../base/resumed.ts";
import { resumed } from "../base/resumed.ts";
import type { Words } from "../base/words.ts";
import { english } from "../base/words.ts";
import type { AssistData } from "../ide/assist.ts";
import type { StatusCounts } from "../ide/file-check.ts";
import type { HoldTimer } from "../ide/held-hints.ts";
import { HeldHints } from "../ide/held-hints.ts";
import type { InlayHint as IdeHint, InlayHintData } from "../ide/inlay-hint.ts";
import { paragraph } from "../ide/markup.ts";
import { sentence } from "../ide/sentence.ts";
import type { CompareParams, DefinitionParams, LayoutParams, LayoutResult, PlaceParams, TargetInfo, TargetsParams } from "../protocol.ts";
import type { ClientFacts } from "./client-facts.ts";
import type { Connection } from "./connection.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import { wordAt } from "./documents.ts";
import { isAssistData, isHintData } from "./from-proto.ts";
import { HintsInTime } from "./hints-in-time.ts";
import { LastHover } from "./last-hover.ts";
import type { AnsweredPlace } from "./layout-requests.ts";
import { comparedLayout, copiedLayout } from "./layout-requests.ts";
import type { CodeActionQuestion, HoverQuestion, InlayHintsQuestion } from "./params.ts";
import type { FileAnswer, Projects } from "./projects.ts";
import type { ServerHost } from "./server-host.ts";
import type { ProtoContext } from "./to-proto.ts";
import { defaultUri, toCodeActions, toDiagnostic, toHover, toInlayHint, toMarkup, toWorkspaceEdit } from "./to-proto.ts";
import { documentPath } from "./uri.ts";

const TIMER: HoldTimer = { now: () => performance.now(), later: (milliseconds, run) => void setTimeout(run, milliseconds) };

export interface AnswersInput {
  readonly connection: Connection;
  readonly host: ServerHost;
  readonly facts: ClientFacts;
  readonly documents: Documents;
  readonly projects: Projects;
  /** The language that answers are given in. */
  readonly words: () => Words;
  /** Called before a question about a document is answered, never while one is. */
  readonly beforeQuestion: () => void;
  /** Asks the client to ask for hints again. */
  readonly refreshHints: () => void;
  /** Does work in the background, to its end. */
  readonly later: (work: () => Steps<void>) => Promise<void>;
  /** Told that an answer holds only a part of what there is to say. */
  readonly cut: () => void;
}

/** An open document and what answers for it. */
export interface DocumentAnswer {
  readonly document: OpenDocument;
  readonly answer: FileAnswer;
}

export interface DocumentCheck {
  readonly diagnostics: readonly Diagnostic[];
  readonly counts: StatusCounts;
}

/** So many hints are put as they are sent between two looks at what else is asked: some milliseconds. */
const HINTS_PER_STEP = 500;

export class Answers {
  readonly #connection: Connection;
  readonly #host: ServerHost;
  readonly #facts: ClientFacts;
  readonly #documents: Documents;
  readonly #projects: Projects;
  readonly #words: () => Words;
  readonly #beforeQuestion: () => void;
  readonly #refreshHints: () => void;
  readonly #inTime: HintsInTime;
  readonly #lastHover = new LastHover();
  /** By document. */
  readonly #held = new Map<string, HeldHints>();
  /** Why there are no answers, by document. */
  readonly #warned = new Map<string, string>();
  /** What was made of hints, which are new ones whenever anything changes: scrolling asks for the same again. */
  readonly #hints = new WeakMap<IdeHint, InlayHint>();

  constructor({ connection, host, facts, documents, projects, words, beforeQuestion, refreshHints, later, cut }: AnswersInput) {
    this.#connection = connection;
    this.#host = host;
    this.#facts = facts;
    this.#documents = documents;
    this.#projects = projects;
    this.#words = words;
    this.#beforeQuestion = beforeQuestion;
    this.#refreshHints = refreshHints;
    const { runtime } = host.analysis;
    this.#inTime = new HintsInTime({ now: TIMER.now, revision: () => runtime.revision, later, cut, refresh: refreshHints });
  }

  hover({ textDocument, position }: HoverQuestion): Hover | undefined {
    const at = this.at(textDocument.uri);
    if (at === undefined) return undefined;
    const offset = wordAt(at.document, position, this.#facts.encoding);
    const { revision } = this.#host.analysis.runtime;
    return this.#lastHover.at({ ...at, offset, revision }, () => this.#hoverAt(at, offset));
  }

  #hoverAt({ document, answer }: DocumentAnswer, offset: number): Hover | undefined {
    const { options } = this.#facts;
    const commands = options.commandLinks === true ? (options.clientCommands ?? []) : [];
    const pictures = options.pictures === true && answer.config.hover.pictures;
    const result = answer.analysis.hover({ file: document.path, offset }, { ...answer.config.hover, commands, pictures });
    return result === undefined ? undefined : toHover(this.#context(document), result);
  }

  /** What a hover says that failed: silence would look like "nothing to say". */
  defectHover(): Hover {
    const said = paragraph(...sentence(this.#words(), msg("Stowplan has no answer here: an internal error, told in its output.")));
    return { contents: toMarkup([said], this.#facts.markdown) };
  }

  /** In steps: of a whole file there may be many. What takes too long is told later, to a client that can be asked to ask again. */
  *inlayHints({ textDocument, range }: InlayHintsQuestion): Steps<readonly InlayHint[]> {
    const { uri } = textDocument;
    const all = (): Steps<void> => this.#allHints(uri);
    const isEnough = this.#facts.refreshHints ? this.#inTime.begin(uri, all) : undefined;
    const at = yield* resumed(() => this.at(uri));
    return at === undefined ? [] : yield* this.#hintsOf(at, this.#span(at.document, range), isEnough);
  }

  /** Computes what all hints of a document need. */
  *#allHints(uri: string): Steps<void> {
    const at = yield* resumed(() => this.known(uri));
    if (at !== undefined) yield* this.#hintsOf(at, [0, at.document.text.length], undefined);
  }

  *#hintsOf(
    { document, answer }: DocumentAnswer,
    [start, end]: readonly [number, number],
    isEnough: (() => boolean) | undefined,
  ): Steps<readonly InlayHint[]> {
    const request = { file: document.path, text: document.text, start, end, held: this.#heldOf(document.uri), isEnough };
    const hints = yield* answer.analysis.inlayHints(request, answer.config.inlayHints);
    const ctx = this.#context(document);
    const made: InlayHint[] = [];
    for (const hint of hints) {
      made.push(this.#protoHint(ctx, hint));
      if (made.length % HINTS_PER_STEP === 0) yield;
    }
    return made;
  }

  /** A client that cannot be asked to ask again would show a number for too long. */
  #heldOf(uri: string): HeldHints | undefined {
    if (!this.#facts.refreshHints) return undefined;
    const held = this.#held.get(uri) ?? new HeldHints(TIMER, this.#refreshHints);
    this.#held.set(uri, held);
    return held;
  }

  /** Forgets what was kept of a document. */
  closed(uri: string): void {
    this.#held.delete(uri);
    this.#warned.delete(uri);
    this.#inTime.closed(uri);
  }

  #protoHint(ctx: ProtoContext, hint: IdeHint): InlayHint {
    const known = this.#hints.get(hint);
    if (known !== undefined) return known;
    const made = toInlayHint(ctx, hint);
    this.#hints.set(hint, made);
    return made;
  }

  resolveHint(hint: InlayHint): InlayHint {
    const data: InlayHintData | undefined = isHintData(hint.data) ? hint.data : undefined;
    const answer = data === undefined ? undefined : this.#forFile(data.file);
    if (data === undefined || answer === undefined || isMessage(answer)) return hint;
    const markup = answer.analysis.resolveInlayHint(data, { ...answer.config.hover, pictures: false });
    return markup === undefined ? hint : { ...hint, tooltip: toMarkup(markup, this.#facts.markdown) };
  }

  codeActions({ textDocument, range, context }: CodeActionQuestion): CodeAction[] {
    const at = this.#facts.actions ? this.at(textDocument.uri) : undefined;
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
      .filter((action) => isWanted(action, context.only) && (action.disabled === undefined || this.#facts.disabledActions))
      .map((action) => (this.#facts.resolvesEdits ? action : this.#withEdit(action)));
  }

  /** The action as a client wants it that does not ask again. */
  #withEdit(action: CodeAction): CodeAction {
    const { data: _data, ...resolved } = this.resolveAction(action);
    return resolved;
  }

  resolveAction(action: CodeAction): CodeAction {
    const data: AssistData | undefined = isAssistData(action.data) ? action.data : undefined;
    const document = data === undefined ? undefined : this.#documents.all.find((d) => d.path === data.file);
    const answer = data === undefined ? undefined : this.#forFile(data.file);
    if (data === undefined || document === undefined || answer === undefined || isMessage(answer)) return action;
    const change = answer.analysis.resolveAssist(data);
    return change === undefined ? action : { ...action, edit: toWorkspaceEdit(this.#context(document), change) };
  }

  /** The diagnostics of a document and how many of its types are known, in steps. */
  *check({ document, answer }: DocumentAnswer): Steps<DocumentCheck> {
    const { diagnostics, counts } = yield* answer.analysis.check(document.path, answer.config.diagnostics);
    const ctx = this.#context(document);
    return { diagnostics: diagnostics.map((diagnostic) => toDiagnostic(ctx, diagnostic)), counts };
  }

  /** Parses what the next edit of a document needs, in steps. */
  *parseAhead(uri: string): Steps<void> {
    const document = this.#documents.get(uri);
    this.#documents.handOn();
    if (document !== undefined) yield* this.#host.analysis.parseAhead(document.path);
  }

  layout({ uri, position, format }: LayoutParams): LayoutResult | undefined {
    const place = this.#place({ uri, position });
    return place === undefined ? undefined : copiedLayout(place, format);
  }

  compare(params: CompareParams): LayoutResult | undefined {
    const place = "key" in params ? this.#placeOf(params) : this.#place(params);
    return place === undefined ? undefined : comparedLayout(place, this.#projects);
  }

  targets({ uri }: TargetsParams): readonly TargetInfo[] {
    const path = typeof uri !== "string" ? this.#documents.all[0]?.path : documentPath(uri);
    const answer = path === undefined ? undefined : this.#forFile(path);
    const current = answer === undefined || isMessage(answer) ? undefined : answer.analysis.targetName;
    const isAuto = path === undefined || this.#projects.configFor(path).target === undefined;
    return this.#host.targets.map((name) => ({ name, isDefault: isAuto && name === current }));
  }

  at(uri: string): DocumentAnswer | undefined {
    this.#beforeQuestion();
    return this.known(uri);
  }

  /** Why there are no answers for an open document. */
  problem(uri: string): Message | undefined {
    const answer = this.#forDocument(this.#documents.get(uri));
    return isMessage(answer) ? answer : undefined;
  }

  /** The same without a look at the disk: for work that nobody waits for. */
  known(uri: string): DocumentAnswer | undefined {
    const document = this.#documents.get(uri);
    const answer = this.#forDocument(document);
    if (document === undefined || answer === undefined) return undefined;
    if (!isMessage(answer)) return { document, answer };
    this.#warn(uri, `${document.path}: ${english(answer)}`);
    return undefined;
  }

  /** Tells once what each question would tell again. */
  #warn(uri: string, what: string): void {
    if (this.#warned.get(uri) !== what) this.#connection.warn(what);
    this.#warned.set(uri, what);
  }

  #forDocument(document: OpenDocument | undefined): ReturnType<Projects["forFile"]> | undefined {
    return document === undefined ? undefined : this.#forFile(document.path);
  }

  #forFile(path: FilePath): ReturnType<Projects["forFile"]> {
    this.#documents.handOn();
    return this.#projects.forFile(path);
  }

  #place({ uri, position }: PlaceParams): AnsweredPlace | undefined {
    const at = this.at(uri);
    if (at === undefined) return undefined;
    return { file: at.document.path, offset: at.document.lines.offsetAt(position, this.#facts.encoding), answer: at.answer };
  }

  /** The place of a definition that a link names. */
  #placeOf({ file, key }: DefinitionParams): AnsweredPlace | undefined {
    const answer = this.#forFile(file);
    if (isMessage(answer)) return undefined;
    const offset = answer.analysis.placeOf({ file, key });
    return offset === undefined ? undefined : { file, offset, answer };
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
}

function isWanted(action: CodeAction, only: readonly string[] | null | undefined): boolean {
  if (only === undefined || only === null) return true;
  const kind = action.kind ?? "";
  return only.some((wanted) => wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`));
}
