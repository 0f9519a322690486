/**
 * Analysis: everything an editor or the command line may ask, with one method per feature. API boundary: `lsp` and `cli` see the
 * layers below only through it.
 *
 * Invariant: a snapshot of one world (target, compiler, profile); answers are plain data in offsets, without protocol types.
 */
import type { Message } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import type { Steps } from "../base/resumed.ts";
import type { Semantics } from "../hir/model.ts";
import { annotatedSource } from "./annotated-source.ts";
import type { Assist, AssistData, AssistRange } from "./assist.ts";
import { assists, resolveAssist } from "./assists.ts";
import type { DiagnosticsConfig, HoverConfig, InlayHintsConfig } from "./config.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { diagnostics } from "./diagnostics.ts";
import type { FileCheck } from "./file-check.ts";
import { checkFile } from "./file-check.ts";
import type { HoverResult } from "./hover.ts";
import { hover } from "./hover.ts";
import type { InlayHint, InlayHintData } from "./inlay-hint.ts";
import type { HintRequest } from "./inlay-hints.ts";
import { inlayHints, resolveInlayHint } from "./inlay-hints.ts";
import type { CardOptions } from "./layout-card.ts";
import { layoutCard } from "./layout-card.ts";
import type { LayoutFacts } from "./layout-facts.ts";
import { typeFacts } from "./layout-facts.ts";
import type { Markup } from "./markup.ts";
import type { ReportEntry, ReportInput, ReportItem, TypeEntry } from "./report.ts";
import { reportEntry, reportItems, typeEntry } from "./report.ts";
import type { SourceChange } from "./source-change.ts";
import type { SubjectPlace } from "./subject-at.ts";
import { factsAt, layoutNote } from "./subject-at.ts";

/** A type expression, in the scope of a crate's root file (undefined: of std's prelude and paths alone). */
export interface TypeQuestion {
  readonly root: FilePath | undefined;
  readonly text: string;
}

export interface Analysis {
  readonly targetName: string;
  /** `1.95.0`. */
  readonly rustcVersion: string;
  /** What answers for std: `bundled 1.96`. */
  readonly stdLabel: Message;
  hover(at: { readonly file: FilePath; readonly offset: number }, config: HoverConfig): HoverResult | undefined;
  /** The layout of the type at a place or around it, under its name. */
  layoutNote(at: SubjectPlace, config: HoverConfig): { readonly name: string; readonly markup: Markup } | undefined;
  /** Where the name of a definition stands; undefined where it is gone. */
  placeOf(data: InlayHintData): number | undefined;
  /** The facts of the type at a place or around it. */
  factsAt(at: SubjectPlace): LayoutFacts | undefined;
  /** The hints of a part of a file, in steps. */
  inlayHints(request: HintRequest, config: InlayHintsConfig): Steps<readonly InlayHint[]>;
  /** The tooltip of a hint. */
  resolveInlayHint(data: InlayHintData, config: HoverConfig): Markup | undefined;
  diagnostics(file: FilePath, config: DiagnosticsConfig): readonly Diagnostic[];
  /** The diagnostics and counts of a file, in steps. */
  check(file: FilePath, config: DiagnosticsConfig): Steps<FileCheck>;
  assists(at: AssistRange, config: DiagnosticsConfig): readonly Assist[];
  resolveAssist(data: AssistData): SourceChange | undefined;
  reportItems(input: ReportInput): readonly ReportItem[];
  reportEntry(item: ReportItem, input: ReportInput): ReportEntry;
  /** Lines for the terminal. */
  annotatedSource(items: readonly ReportItem[], options: CardOptions): readonly string[];
  typeEntry(question: TypeQuestion, input: ReportInput): TypeEntry;
  /** Lines for the terminal. */
  typeCard(question: TypeQuestion, options: CardOptions): readonly string[];
}

/** The analysis of a world. */
export function analysisOf(sema: Semantics): Analysis {
  return {
    targetName: sema.targetName,
    rustcVersion: sema.rustcVersion,
    stdLabel: sema.stdLabel,
    hover: (at, config) => hover(sema, at, config),
    layoutNote: (at, config) => layoutNote(sema, at, config),
    placeOf: ({ file, key }) => sema.definitions(file).find((it) => it.key === key)?.nameRange.start,
    factsAt: (at) => factsAt(sema, at),
    inlayHints: (request, config) => inlayHints(sema, request, config),
    resolveInlayHint: (data, config) => resolveInlayHint(sema, data, config),
    diagnostics: (file, config) => diagnostics(sema, file, config),
    check: (file, config) => checkFile(sema, file, config),
    assists: (at, config) => assists(sema, at, config),
    resolveAssist: (data) => resolveAssist(sema, data),
    reportItems: (input) => reportItems(sema, input),
    reportEntry: (item, input) => reportEntry(sema, item, input),
    annotatedSource: (items, options) => annotatedSource(sema, items, options),
    typeEntry: ({ root, text }, input) => typeEntry(sema, text, { answer: sema.layoutOfText(root, text), input }),
    typeCard: ({ root, text }, options) => {
      const facts = typeFacts(sema, text, sema.layoutOfText(root, text));
      return layoutCard(sema, { facts, definition: undefined }, options);
    },
  };
}
