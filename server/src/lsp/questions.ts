/**
 * What the client asks: one line per request. Those that say a place of a document are about the document as it is then.
 */
import type {
  CodeAction,
  CodeActionParams,
  Diagnostic,
  DocumentDiagnosticParams,
  FullDocumentDiagnosticReport,
  HoverParams,
  InlayHint,
  InlayHintParams,
} from "vscode-languageserver-protocol";
import type { Steps } from "../base/resumed.ts";
import { resumed } from "../base/resumed.ts";
import type { CompareParams, LayoutParams, TargetsParams } from "../protocol.ts";
import { COMPARE_REQUEST, LAYOUT_REQUEST, TARGETS_REQUEST } from "../protocol.ts";
import type { Answers } from "./answers.ts";
import type { Connection } from "./connection.ts";
import type { Dispatcher } from "./dispatch.ts";
import type { FirstSettings } from "./first-settings.ts";
import type { KeptAnswers, Question } from "./kept-answers.ts";

/** Who answers. */
export interface QuestionParts {
  readonly dispatch: Dispatcher;
  readonly firstSettings: FirstSettings;
  readonly answers: Answers;
  readonly kept: KeptAnswers;
  /** An open document as it is now: another object after each edit. */
  document(uri: string): object | undefined;
  diagnostics(uri: string): Steps<readonly Diagnostic[]>;
}

/** How questions of one kind are answered. */
interface Answering<P> {
  /** As in the log. */
  readonly name: string;
  /** The document with the place that is asked about. */
  readonly about?: (params: P) => string | undefined;
  readonly answer: (params: P) => Steps<unknown>;
  readonly onDefect?: (() => unknown) | undefined;
}

/** What the client asks. */
export function answerQuestions(connection: Connection, get: () => QuestionParts): void {
  /** One that is answered with null where there is nothing to say. */
  const on = <P>(method: string, { name, about, answer, onDefect }: Answering<P>): void =>
    connection.onRequest(method, async (params: P, token) => {
      const { firstSettings, dispatch } = get();
      if (firstSettings.pending !== undefined) await firstSettings.pending;
      const uri = about?.(params);
      const subject = (): unknown => (uri === undefined ? undefined : get().document(uri));
      return (await dispatch.ask(name, { token, subject, onDefect }, () => answer(params))) ?? null;
    });
  /** One about a place, which an earlier start may have answered already. */
  const onPlace = <P extends Question["params"]>(name: string, compute: (params: P) => Steps<unknown>, onDefect?: () => unknown): void =>
    on<P>(`textDocument/${name}`, {
      name,
      about: ({ textDocument }) => textDocument.uri,
      answer: (params) => get().kept.answer({ method: name, params, compute: () => compute(params) }),
      onDefect,
    });
  /** One about a place that a command asks. */
  const onCommand = <P extends LayoutParams | CompareParams>(method: string, name: string, compute: (params: P) => unknown): void =>
    on<P>(method, {
      name,
      about: (params) => ("uri" in params ? params.uri : undefined),
      answer: (params) => resumed(() => compute(params)),
    });
  const onOther = <P>(method: string, name: string, compute: (params: P) => unknown): void =>
    on<P>(method, { name, answer: (params) => resumed(() => compute(params)) });
  onPlace<HoverParams>(
    "hover",
    (params) => resumed(() => get().answers.hover(params)),
    () => get().answers.defectHover(),
  );
  onPlace<InlayHintParams>("inlayHint", (params) => get().answers.inlayHints(params));
  onPlace<CodeActionParams>("codeAction", (params) => resumed(() => get().answers.codeActions(params)));
  onOther("inlayHint/resolve", "inlayHint/resolve", (hint: InlayHint) => get().answers.resolveHint(hint));
  onOther("codeAction/resolve", "codeAction/resolve", (action: CodeAction) => get().answers.resolveAction(action));
  onOther(TARGETS_REQUEST, "targets", (params: TargetsParams) => get().answers.targets(params));
  onCommand(LAYOUT_REQUEST, "layout", (params: LayoutParams) => get().answers.layout(params));
  onCommand(COMPARE_REQUEST, "compareTargets", (params: CompareParams) => get().answers.compare(params));
  connection.onRequest("textDocument/diagnostic", async ({ textDocument }: DocumentDiagnosticParams, token) => {
    const items = await get().dispatch.runInBackground("diagnostic", token, () => get().diagnostics(textDocument.uri));
    const report: FullDocumentDiagnosticReport = { kind: "full", items: [...(items ?? [])] };
    return report;
  });
}
