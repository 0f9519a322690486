/**
 * What the client asks: one line per request. Those that say a place of a document are about the document as it is then.
 */
import type { Diagnostic, FullDocumentDiagnosticReport } from "vscode-languageserver-protocol";
import type { Steps } from "../base/resumed.ts";
import { resumed } from "../base/resumed.ts";
import { COMPARE_REQUEST, LAYOUT_REQUEST, TARGETS_REQUEST } from "../protocol.ts";
import type { Answers } from "./answers.ts";
import type { Connection } from "./connection.ts";
import type { Dispatcher } from "./dispatch.ts";
import type { FirstSettings } from "./first-settings.ts";
import type { KeptAnswers, Question } from "./kept-answers.ts";
import type { Check } from "./params.ts";
import { isAction, isCodeAction, isCompare, isDocumentDiagnostic, isHint, isHover, isInlayHints, isLayout, isTargets } from "./params.ts";

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
  readonly isParams: Check<P>;
  /** The document with the place that is asked about. */
  readonly about?: (params: P) => string | undefined;
  readonly answer: (params: P) => Steps<unknown>;
  readonly onDefect?: (() => unknown) | undefined;
}

interface AboutPlace<P> {
  readonly isParams: Check<P>;
  readonly compute: (params: P) => Steps<unknown>;
  readonly onDefect?: () => unknown;
}

/** What the client asks. */
export function answerQuestions(connection: Connection, get: () => QuestionParts): void {
  /** One that is answered with null where there is nothing to say. */
  const on = <P>(method: string, { name, isParams, about, answer, onDefect }: Answering<P>): void =>
    connection.onRequest(method, isParams, async (params, token) => {
      const { firstSettings, dispatch } = get();
      if (firstSettings.pending !== undefined) await firstSettings.pending;
      const uri = about?.(params);
      const subject = (): unknown => (uri === undefined ? undefined : get().document(uri));
      return (await dispatch.ask(name, { token, subject, onDefect }, () => answer(params))) ?? null;
    });
  /** One about a place, which an earlier start may have answered already. */
  const onPlace = <P extends Question["params"]>(name: string, { isParams, compute, onDefect }: AboutPlace<P>): void =>
    on(`textDocument/${name}`, {
      name,
      isParams,
      about: ({ textDocument }) => textDocument.uri,
      answer: (params) => get().kept.answer({ method: name, params, compute: () => compute(params) }),
      onDefect,
    });
  /** One of a command or about what was answered before. */
  const onOther = <P extends object>(method: string, isParams: Check<P>, compute: (params: P) => unknown): void =>
    on(method, {
      name: method,
      isParams,
      about: (params) => ("uri" in params && "position" in params ? String(params.uri) : undefined),
      answer: (params) => resumed(() => compute(params)),
    });
  onPlace("hover", {
    isParams: isHover,
    compute: (params) => resumed(() => get().answers.hover(params)),
    onDefect: () => get().answers.defectHover(),
  });
  onPlace("inlayHint", { isParams: isInlayHints, compute: (params) => get().answers.inlayHints(params) });
  onPlace("codeAction", { isParams: isCodeAction, compute: (params) => resumed(() => get().answers.codeActions(params)) });
  onOther("inlayHint/resolve", isHint, (hint) => get().answers.resolveHint(hint));
  onOther("codeAction/resolve", isAction, (action) => get().answers.resolveAction(action));
  onOther(TARGETS_REQUEST, isTargets, (params) => get().answers.targets(params));
  onOther(LAYOUT_REQUEST, isLayout, (params) => get().answers.layout(params));
  onOther(COMPARE_REQUEST, isCompare, (params) => get().answers.compare(params));
  connection.onRequest("textDocument/diagnostic", isDocumentDiagnostic, async ({ textDocument }, token) => {
    const items = await get().dispatch.runInBackground("diagnostic", token, () => get().diagnostics(textDocument.uri));
    const report: FullDocumentDiagnosticReport = { kind: "full", items: [...(items ?? [])] };
    return report;
  });
}
