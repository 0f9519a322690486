/**
 * Inlay hints: sizes on type headers, padding after fields, sizes of variants, offsets of fields, sizes of aliases.
 *
 * Invariant: labels are complete without resolving, no longer than 14 characters where the numbers allow it, and only those whose
 * place lies in the asked range are made. A hint stands at the end of its line where nothing but a comment follows.
 *
 * Example: `pub struct Session {` gets `64 B · 5 pad`, its field `retries: u8,` gets `+5 pad`.
 */
import type { FilePath } from "../base/path.ts";
import type { Steps } from "../base/resumed.ts";
import { resumed } from "../base/resumed.ts";
import type { Semantics } from "../hir/model.ts";
import type { HoverConfig, InlayHintsConfig } from "./config.ts";
import { FileMemo } from "./file-memo.ts";
import type { HeldHints } from "./held-hints.ts";
import { definitionHover } from "./hover.ts";
import type { HintContext, InlayHint, InlayHintData } from "./inlay-hint.ts";
import { hintOffset, restOfLine } from "./inlay-hint.ts";
import { fieldHints, paddingHints } from "./inlay-hints-fields.ts";
import { headerHint } from "./inlay-hints-header.ts";
import { variantHints } from "./inlay-hints-variants.ts";
import { isolated } from "./isolated.ts";
import { definitionFacts } from "./layout-facts.ts";
import type { Markup } from "./markup.ts";

/** A file with its text, and the part of it that is shown (UTF-16 offsets). */
export interface HintRequest {
  readonly file: FilePath;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The file's hints that outlive a syntax error for a moment; none do without. */
  readonly held?: HeldHints | undefined;
  /** Asked between definitions: whether the answer is to end with those so far. */
  readonly isEnough?: (() => boolean) | undefined;
}

/** The hints of a part of a file, by offset; in steps of a definition, each of which may be interrupted. */
export function* inlayHints(sema: Semantics, request: HintRequest, config: InlayHintsConfig): Steps<readonly InlayHint[]> {
  if (!config.enable) return [];
  const { file, text, start, end, held, isEnough } = request;
  const found = yield* resumed(() => sema.definitionsBetween(file, text.lastIndexOf("\n", start - 1) + 1, end));
  const shown = found.filter((it) => it.inactive === undefined && it.range.start <= end && start <= lastHint(text, it.range.end));
  const hints: InlayHint[] = [];
  for (const definition of shown) {
    if (isEnough?.() === true) break;
    const made = yield* resumed(() => steadyHints({ sema, definition, text, config }, held));
    for (const hint of made) if (start <= hint.offset && hint.offset <= end) hints.push(hint);
    yield;
  }
  return hints.sort((a, b) => a.offset - b.offset);
}

/** Where the last hint of a definition can stand. */
function lastHint(text: string, end: number): number {
  return end + (restOfLine(text, end)?.length ?? 0);
}

/** The hints of a definition; of one that is broken the last on its header, while that is held. */
function steadyHints(context: HintContext, held: HeldHints | undefined): readonly InlayHint[] {
  const { definition, text } = context;
  if (held === undefined) return definitionHints(context);
  const offset = hintOffset(text, definition.headerEnd);
  if (!definition.isBroken) {
    const hints = definitionHints(context);
    held.keep(
      definition,
      hints.find((hint) => hint.offset === offset),
    );
    return hints;
  }
  const parts = held.partsOf(definition);
  return parts === undefined ? [] : [{ offset, parts, data: { file: definition.file, key: definition.key } }];
}

const hintsMemo = new FileMemo<readonly InlayHint[]>();

/** The hints of a definition; a file's text is that of the revision. */
function definitionHints(context: HintContext): readonly InlayHint[] {
  const { sema, definition, config } = context;
  return hintsMemo.get(sema, definition, config, () =>
    isolated(
      sema,
      definition,
      () => computeHints(context),
      () => [],
    ),
  );
}

function computeHints(context: HintContext): readonly InlayHint[] {
  const facts = definitionFacts(context.sema, context.definition);
  if (facts.status === "unknown") return [];
  const header = headerHint(context, facts);
  if (facts.status !== "exact" || context.definition.kind === "alias") return header;
  return [...header, ...fieldHints(context, facts), ...paddingHints(context, facts), ...variantHints(context, facts)];
}

/** The tooltip of a hint: the hover of its definition; undefined where that is gone. */
export function resolveInlayHint(sema: Semantics, data: InlayHintData, config: HoverConfig): Markup | undefined {
  const definition = sema.definitions(data.file).find((it) => it.key === data.key);
  return definition === undefined ? undefined : definitionHover(sema, definition, config);
}
