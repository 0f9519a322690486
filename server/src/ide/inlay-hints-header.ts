/**
 * The hint on a whole type: its size, and its padding.
 *
 * Invariant: nothing for an unknown layout; a bound says `≥`. A label that would be longer than 14 characters leaves its padding out.
 *
 * Example: `64 B · 5 pad`; `64 B` without padding; `≥ 1024 B` for a generic type.
 */
import type { HintContext, InlayHint, InlayHintPart } from "./inlay-hint.ts";
import { hintOffset, labelBytes, paddingLabel } from "./inlay-hint.ts";
import type { ExactFacts, GenericFacts } from "./layout-facts.ts";
import { largestVariant } from "./layout-facts.ts";
import type { PaddingRow, Row } from "./layout-rows.ts";

const LONGEST_LABEL = 14;
const OPEN_LAYOUT = "stowplan.openLayout";

/** The hint behind the header of a definition, or none. */
export function headerHint(context: HintContext, facts: ExactFacts | GenericFacts): readonly InlayHint[] {
  const parts = context.definition.kind === "alias" ? aliasParts(context, facts) : typeParts(context, facts);
  if (parts === undefined) return [];
  const { file, key, headerEnd } = context.definition;
  return [{ offset: hintOffset(context.text, headerEnd), parts, data: { file, key } }];
}

function aliasParts(context: HintContext, facts: ExactFacts | GenericFacts): readonly InlayHintPart[] | undefined {
  return context.config.aliases ? [sizePart(context, facts)] : undefined;
}

function typeParts(context: HintContext, facts: ExactFacts | GenericFacts): readonly InlayHintPart[] | undefined {
  const { config } = context;
  const size = facts.status === "exact" ? facts.size : facts.atLeast;
  const padding = facts.status === "exact" ? (facts.padding ?? 0n) : 0n;
  if (!config.types || (padding === 0n && size < BigInt(config.minimumSize))) return undefined;
  if (facts.status === "exact" && facts.unsized) return undefined;
  const first = sizePart(context, facts);
  if (facts.status !== "exact" || padding === 0n) return [first];
  const text = ` · ${paddingLabel(config, padding)}`;
  return (first.text + text).length > LONGEST_LABEL ? [first] : [first, { text, ...gapLocation(context, facts) }];
}

function sizePart({ config }: HintContext, facts: ExactFacts | GenericFacts): InlayHintPart {
  const text = facts.status === "exact" ? labelBytes(facts.size, config.numbers) : `≥ ${labelBytes(facts.atLeast, config.numbers)}`;
  return config.commands.includes(OPEN_LAYOUT) ? { text, command: OPEN_LAYOUT } : { text };
}

/** The field before the first gap. */
function gapLocation({ definition }: HintContext, facts: ExactFacts): Pick<InlayHintPart, "location"> {
  const rows = rowsWithPadding(facts);
  const gap = rows.find((row): row is PaddingRow => row.kind === "padding" && row.after !== undefined);
  const field = rows.find((row) => row.kind === "field" && row.index === gap?.after);
  const range = field?.kind === "field" ? (field.model.nameRange ?? field.model.range) : undefined;
  return range === undefined ? {} : { location: { file: definition.file, ...range } };
}

function rowsWithPadding({ body }: ExactFacts): readonly Row[] {
  if (body.kind === "fields") return body.rows;
  return body.kind === "variants" ? (largestVariant(body.variants)?.rows ?? []) : [];
}
