/**
 * Diagnostics: what is worth telling unasked: `oversized-variant`, `padding`.
 *
 * Invariant: only exact layouts are reported on. The message leads with the number and reads well when cut at 60 characters.
 *
 * Example: "Blob is 1024 B, the next variant 24 B: Message is 1032 B, 24 B if boxed".
 */
import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { FilePath } from "../base/path.ts";
import { inWords } from "../base/words.ts";
import type { Semantics, TypeDefinition } from "../hir/model.ts";
import { boxingOf, boxObstacle } from "./boxing.ts";
import type { DiagnosticCode, DiagnosticsConfig, Severity } from "./config.ts";
import { excessPadding } from "./excess-padding.ts";
import { isolated } from "./isolated.ts";
import type { ExactFacts } from "./layout-facts.ts";
import { definitionFacts } from "./layout-facts.ts";
import { formatBytes, visible } from "./markup.ts";
import type { OversizedVariant } from "./oversized-variant.ts";
import { isSuppressed, oversizedVariant } from "./oversized-variant.ts";

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Exclude<Severity, "off">;
  /** UTF-16 offsets in the file. */
  readonly range: { readonly start: number; readonly end: number };
  /** Plain text. */
  readonly message: string;
}

/** The diagnostics of a file, in source order. */
export function diagnostics(sema: Semantics, file: FilePath, config: DiagnosticsConfig): readonly Diagnostic[] {
  return sema.definitions(file).flatMap((definition) => diagnosticsOf(sema, definition, config));
}

/** The diagnostics of a definition. */
export function diagnosticsOf(sema: Semantics, definition: TypeDefinition, config: DiagnosticsConfig): readonly Diagnostic[] {
  return isolated(
    sema,
    definition,
    () => [...oversizedDiagnostics(sema, definition, config), ...paddingDiagnostics(sema, definition, config)],
    () => [],
  );
}

function oversizedDiagnostics(sema: Semantics, definition: TypeDefinition, config: DiagnosticsConfig): readonly Diagnostic[] {
  const severity = config.severity["oversized-variant"];
  const found = severity === "off" ? undefined : findOversized(sema, definition, config);
  if (severity === "off" || found === undefined) return [];
  const range = found.oversized.variant.model.nameRange ?? definition.nameRange;
  return [{ code: "oversized-variant", severity, range, message: inWords(config.words, oversizedMessage(sema, definition, found)) }];
}

function paddingDiagnostics(sema: Semantics, definition: TypeDefinition, config: DiagnosticsConfig): readonly Diagnostic[] {
  const { padding: severity } = config.severity;
  const found = severity === "off" ? undefined : excessPadding(sema, definition, config);
  if (severity === "off" || found === undefined) return [];
  const sizes = { padding: formatBytes(found.padding, "decimal"), size: found.size, reordered: formatBytes(found.reordered, "decimal") };
  const message = inWords(config.words, msg("{padding} of {size} are padding; reordering gives {reordered}", sizes));
  return [{ code: "padding", severity, range: definition.nameRange, message }];
}

/** The oversized variant that is to be reported on a definition. */
export function findOversized(
  sema: Semantics,
  definition: TypeDefinition,
  config: DiagnosticsConfig,
): { readonly facts: ExactFacts; readonly oversized: OversizedVariant } | undefined {
  if (definition.kind !== "enum" || definition.inactive !== undefined || isSuppressed(definition, "oversized-variant")) return undefined;
  const facts = definitionFacts(sema, definition);
  if (facts.status !== "exact") return undefined;
  const oversized = oversizedVariant(facts, config.oversizedVariantThreshold);
  return oversized === undefined ? undefined : { facts, oversized };
}

function oversizedMessage(sema: Semantics, definition: TypeDefinition, found: { facts: ExactFacts; oversized: OversizedVariant }): Message {
  const { facts, oversized } = found;
  const { variant, second } = oversized;
  const said = {
    variant: visible(variant.name),
    payload: formatBytes(variant.payload, "decimal"),
    second: formatBytes(second, "decimal"),
    type: visible(definition.name),
    size: formatBytes(facts.size, "decimal"),
  };
  const boxed = boxedSize(sema, definition, found);
  if (boxed === undefined) return msg("{variant} is {payload}, the next variant {second}: {type} is {size}", said);
  return msg("{variant} is {payload}, the next variant {second}: {type} is {size}, {boxed} if boxed", { ...said, boxed });
}

/** What boxing gives, where it can be done. */
function boxedSize(
  sema: Semantics,
  definition: TypeDefinition,
  { facts, oversized }: { facts: ExactFacts; oversized: OversizedVariant },
): string | undefined {
  if (boxObstacle(sema, definition) !== undefined) return undefined;
  const boxing = boxingOf(sema, definition, { facts, variant: oversized.variant });
  return boxing === undefined ? undefined : formatBytes(boxing.after, "decimal");
}
