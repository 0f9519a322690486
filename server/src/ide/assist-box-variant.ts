/**
 * "Box this variant": puts the payload of a large variant on the heap, so that every value of the enum becomes smaller.
 *
 * The fields that are boxed are the fewest, largest first, that make the enum as small as boxing can; the title's sizes are those of
 * exactly that edit, asked of the layout engine. Only the definition is rewritten; the title says so.
 *
 * Example: `Blob([u8; 1024])` becomes `Blob(Box<[u8; 1024]>)`; comments and formatting stay.
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Words } from "../base/words.ts";
import { inWords } from "../base/words.ts";
import type { Semantics, TypeDefinition, VariantModel } from "../hir/model.ts";
import type { Assist, AssistData, AssistRange } from "./assist.ts";
import type { Boxing } from "./boxing.ts";
import { boxableFields, boxingOf, boxingOfFields, boxObstacle } from "./boxing.ts";
import type { DiagnosticsConfig } from "./config.ts";
import { findOversized } from "./diagnostics.ts";
import type { ExactFacts, LayoutFacts } from "./layout-facts.ts";
import { definitionFacts, sizeSetters } from "./layout-facts.ts";
import type { FieldFacts } from "./layout-rows.ts";
import { formatBytes, truncate, visible } from "./markup.ts";
import type { SourceChange } from "./source-change.ts";
import { insertion } from "./source-change.ts";
import type { VariantFacts } from "./variant-facts.ts";

const LONGEST_TYPE = 40;

interface Target {
  readonly definition: TypeDefinition;
  readonly variant: VariantModel;
  readonly facts: LayoutFacts;
}

/** Assists that box the payload of the variant at a selection; on the enum's header, of the variant that sets its size. */
export function boxVariantAssists(sema: Semantics, at: AssistRange, config: DiagnosticsConfig): readonly Assist[] {
  const target = targetAt(sema, at);
  if (target === undefined || target.variant.fields.length === 0) return [];
  const { definition, variant, facts } = target;
  const { words } = config;
  if (facts.status !== "exact")
    return [disabledAssist(words, msg("Box `{variant}` payload", { variant: visible(variant.name) }), whyNotExact(facts))];
  const variantFacts = facts.body.kind === "variants" ? facts.body.variants.find((it) => it.index === variant.index) : undefined;
  const boxing = variantFacts === undefined ? undefined : boxingOf(sema, definition, { facts, variant: variantFacts });
  if (variantFacts === undefined || boxing === undefined) return [];
  const said = { variant: visible(variant.name), type: visible(definition.name), ...sizesOf(boxing) };
  const obstacle = whyNotBoxable(sema, definition, boxing);
  if (obstacle !== undefined) return [disabledAssist(words, msg("Box `{variant}` payload ({type}: {before} → {after})", said), obstacle)];
  const fixes = findOversized(sema, definition, config)?.oversized.variant.index === variant.index ? "oversized-variant" : undefined;
  const main: Assist = {
    kind: "refactor.rewrite.boxVariant",
    title: inWords(words, msg("Box `{variant}` payload ({type}: {before} → {after}), uses not changed", said)),
    disabled: undefined,
    fixes,
    data: dataOf(definition, boxing),
  };
  return [main, ...largestFieldAssist(sema, target, { facts, variant: variantFacts, boxing, words })];
}

/** The same with one box, where the main assist takes more. */
function largestFieldAssist(
  sema: Semantics,
  { definition, variant }: Target,
  of: { readonly facts: ExactFacts; readonly variant: VariantFacts; readonly boxing: Boxing; readonly words: Words },
): readonly Assist[] {
  const [field] = boxableFields(sema, of.variant);
  if (of.boxing.fields.length < 2 || field === undefined) return [];
  const boxing = boxingOfFields(sema, definition, { ...of, fields: [field] });
  if (boxing === undefined || boxing.after >= boxing.before) return [];
  const type = `Box<${truncate(visible(field.typeText), LONGEST_TYPE)}>`;
  const written = variant.shape === "record" ? `${visible(field.name)}: ${type}` : type;
  const title = inWords(of.words, msg("Box largest field only: `{field}`, uses not changed", { field: written }));
  return [{ kind: "refactor.rewrite.boxField", title, disabled: undefined, fixes: undefined, data: dataOf(definition, boxing) }];
}

function targetAt(sema: Semantics, at: AssistRange): Target | undefined {
  const definition = sema.definitions(at.file).findLast((it) => it.kind === "enum" && covers(it.range, at));
  if (definition === undefined || definition.inactive !== undefined) return undefined;
  const facts = definitionFacts(sema, definition);
  const variant = sema.variantsOf(definition).find((it) => it.range !== undefined && covers(it.range, at));
  if (variant !== undefined) return { definition, variant, facts };
  if (!covers({ start: definition.range.start, end: definition.headerEnd }, at) || facts.status !== "exact") return undefined;
  const [setter, second] = sizeSetters(facts);
  return setter === undefined || second !== undefined ? undefined : { definition, variant: setter.model, facts };
}

function covers(range: { readonly start: number; readonly end: number }, at: AssistRange): boolean {
  return range.start <= at.start && at.end <= range.end;
}

function whyNotExact(facts: Exclude<LayoutFacts, { readonly status: "exact" }>): Message {
  if (facts.status === "unknown") return msg("size unknown: {reason}", { reason: facts.reason });
  return msg("size depends on {open}", { open: facts.open.map(quoted).join(", ") });
}

/** Why the definition must not or cannot be rewritten. */
function whyNotBoxable(sema: Semantics, definition: TypeDefinition, boxing: Boxing): Message | undefined {
  const obstacle = boxObstacle(sema, definition);
  if (obstacle !== undefined) return obstacle;
  const written = boxing.fields.every((field) => field.model.typeRange !== undefined);
  if (definition.inMacro !== undefined)
    return msg("`{type}` stands in a call of the macro `{macro}`", { type: visible(definition.name), macro: visible(definition.inMacro) });
  return written ? undefined : msg("`{variant}` is not written out in the source", { variant: visible(boxing.variant.name) });
}

function disabledAssist(words: Words, title: Message, reason: Message): Assist {
  const [told, why] = [inWords(words, title), inWords(words, reason)];
  return { kind: "refactor.rewrite.boxVariant", title: told, disabled: why, fixes: undefined, data: undefined };
}

function dataOf(definition: TypeDefinition, boxing: Boxing): AssistData {
  const fields = boxing.fields.map((field: FieldFacts) => field.index).sort((a, b) => a - b);
  return { id: "boxFields", file: definition.file, key: definition.key, variant: boxing.variant.index, fields };
}

function sizesOf({ before, after }: Boxing): { readonly before: string; readonly after: string } {
  return { before: formatBytes(before, "decimal"), after: formatBytes(after, "decimal") };
}

function quoted(name: string): string {
  return `\`${visible(name)}\``;
}

/** Writes `Box<…>` around the types of the fields. */
export function boxVariantChange(sema: Semantics, data: AssistData): SourceChange | undefined {
  const definition = sema.definitions(data.file).find((it) => it.key === data.key);
  const boxPath = sema.boxPath(data.file);
  if (definition === undefined || boxPath === undefined) return undefined;
  const fields = sema.variantsOf(definition).find((it) => it.index === data.variant)?.fields ?? [];
  const ranges = data.fields.map((index) => fields[index]?.typeRange);
  if (ranges.length === 0 || ranges.some((range) => range === undefined)) return undefined;
  const inOrder = ranges.filter((range) => range !== undefined).sort((a, b) => a.start - b.start);
  const edits = inOrder.flatMap(({ start, end }) => [insertion(start, `${boxPath}<`), insertion(end, ">")]);
  return { files: [{ file: data.file, edits }] };
}
