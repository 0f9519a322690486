/**
 * Oversized variants: when one variant of an enum leads all others by so much that every value pays for it.
 *
 * Invariant: variants are compared as clippy's `large_enum_variant` compares them, by the plain sum of their fields' sizes, and the
 * threshold must be exceeded; its setting (`enum-variant-size-threshold`) therefore means the same here.
 *
 * Example: with `Blob([u8; 1024])` beside `Text(String)` the lead is 1000 bytes.
 */
import type { TypeDefinition } from "../hir/model.ts";
import type { DiagnosticCode } from "./config.ts";
import type { ExactFacts } from "./layout-facts.ts";
import type { VariantFacts } from "./variant-facts.ts";

export interface OversizedVariant {
  readonly variant: VariantFacts;
  /** Payload of the second largest, in bytes. */
  readonly second: bigint;
}

/** The variant that leads the second by more than a threshold in bytes. */
export function oversizedVariant(facts: ExactFacts, threshold: number): OversizedVariant | undefined {
  if (facts.body.kind !== "variants") return undefined;
  let first: VariantFacts | undefined;
  let second: VariantFacts | undefined;
  for (const variant of facts.body.variants) {
    if (first === undefined || variant.payload > first.payload) [first, second] = [variant, first];
    else if (second === undefined || variant.payload > second.payload) second = variant;
  }
  if (first === undefined || second === undefined) return undefined;
  const limit = BigInt(Math.max(0, Math.trunc(threshold)));
  return first.payload - second.payload > limit ? { variant: first, second: second.payload } : undefined;
}

const CLIPPY_LINTS = ["clippy::large_enum_variant", "clippy::perf", "clippy::all"];

/** Whether a definition's attributes or comments silence a code. */
export function isSuppressed(definition: TypeDefinition, code: DiagnosticCode): boolean {
  return definition.ignoredCodes.includes(code) || definition.allowedLints.some((lint) => CLIPPY_LINTS.includes(lint));
}
