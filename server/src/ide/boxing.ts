/**
 * Boxing: what an enum would be if the payload of its large variant stood on the heap.
 *
 * Invariant: the size afterwards is that of exactly the fields named here, each in a `Box` of its own: the edit that
 * `assist-box-variant.ts` writes. It is asked of the layout engine, not computed from the sizes.
 *
 * Example: `Blob([u8; 1024])` beside `Text(String)`: 1032 B become 24 B, because the tag moves into `Text`'s niche.
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { Semantics, TypeDefinition } from "../hir/model.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import type { ExactFacts } from "./layout-facts.ts";
import { sizeSetters } from "./layout-facts.ts";
import type { FieldFacts } from "./layout-rows.ts";
import { visible } from "./markup.ts";
import type { VariantFacts } from "./variant-facts.ts";

export interface Boxing {
  readonly variant: VariantFacts;
  /** The fields to box, largest first. */
  readonly fields: readonly FieldFacts[];
  /** Size of the enum before and after, in bytes. */
  readonly before: bigint;
  readonly after: bigint;
  /** Name of the variant into whose niche the tag moves, if it does. */
  readonly tagMovesInto: string | undefined;
}

/** Why an enum must not or cannot hold a `Box`, for the user; undefined where it may. */
export function boxObstacle(sema: Semantics, definition: TypeDefinition): Message | undefined {
  if (sema.isCopy(definition) === true || definition.derives.includes("Copy"))
    return msg("`{type}` is `Copy`", { type: visible(definition.name) });
  return sema.boxPath(definition.file) === undefined ? msg("crate is `no_std` without `alloc`") : undefined;
}

/** Boxing of the one variant that sets the size, if that makes the enum smaller. */
export function boxingOfLargest(sema: Semantics, definition: TypeDefinition, facts: ExactFacts): Boxing | undefined {
  const [setter, second] = sizeSetters(facts);
  return setter === undefined || second !== undefined ? undefined : boxingOf(sema, definition, { facts, variant: setter });
}

/**
 * The boxing of a variant that makes the enum smallest, with the fewest boxes (largest fields first); undefined where none makes it
 * smaller.
 */
export function boxingOf(
  sema: Semantics,
  definition: TypeDefinition,
  of: { readonly facts: ExactFacts; readonly variant: VariantFacts },
): Boxing | undefined {
  const candidates = boxableFields(sema, of.variant);
  let best: Boxing | undefined;
  for (let count = 1; count <= candidates.length; count++) {
    const boxing = boxingOfFields(sema, definition, { ...of, fields: candidates.slice(0, count) });
    if (boxing !== undefined && boxing.after < (best?.after ?? of.facts.size)) best = boxing;
  }
  return best;
}

/** What boxing exactly these fields gives, smaller or not; undefined where the layout is not known. */
export function boxingOfFields(
  sema: Semantics,
  definition: TypeDefinition,
  of: { readonly facts: ExactFacts; readonly variant: VariantFacts; readonly fields: readonly FieldFacts[] },
): Boxing | undefined {
  const { facts, variant, fields } = of;
  const indices = fields.map((field) => field.index).sort((a, b) => a - b);
  const answer = sema.layoutWithBoxedFields(definition, variant.index, indices);
  if (answer.status !== "exact") return undefined;
  return { variant, fields, before: facts.size, after: answer.layout.size, tagMovesInto: tagMove(facts, answer.layout) };
}

/** Fields larger than a pointer, largest first: a `Box` around a smaller one saves nothing. More than 8 are never worth it. */
export function boxableFields(sema: Semantics, variant: VariantFacts): readonly FieldFacts[] {
  const pointer = sema.target.pointer.size;
  const fields = variant.rows.filter((row): row is FieldFacts => row.kind === "field" && row.size > pointer);
  return fields.sort((a, b) => (a.size === b.size ? a.index - b.index : a.size < b.size ? 1 : -1)).slice(0, 8);
}

function tagMove(facts: ExactFacts, after: LayoutData): string | undefined {
  if (facts.body.kind !== "variants" || facts.body.tag.encoding !== "direct") return undefined;
  if (after.variants.kind !== "multiple" || after.variants.tagEncoding.kind !== "niche") return undefined;
  return facts.subject.variants[after.variants.tagEncoding.untaggedVariant]?.name;
}
