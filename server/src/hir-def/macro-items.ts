/**
 * What the macro calls of a module make.
 */
import type { DefDb } from "./def-db.ts";
import type { ModuleId } from "./def-id.ts";
import type { ExpandedScopes } from "./name-db.ts";

/** Expands every item macro of a module. */
export function expandModule(db: DefDb, module: ModuleId): ExpandedScopes {
  const problems = db.scope(module).macroCalls.map((call) => ({
    text: call.raw.args,
    problem: { kind: "macro" as const, message: `macro \`${call.raw.path.segments.at(-1)?.name ?? ""}!\` is not expanded` },
    isOpenEnded: false,
  }));
  return { parts: [], problems };
}
