/**
 * Definitions whose fields no source shows: the std model gives their size and alignment as rows
 * (`#[stowplan_opaque(size = 8, align = 8)]`), without niche.
 */
import { ok } from "../base/result.ts";
import { splitTopLevel } from "../hir-def/attrs.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import { MEMORY } from "../layout/layout-data.ts";
import type { LayoutDb, TyLayout } from "./layout-db.ts";

/** The layout of an opaque row; undefined for everything else. Only the std model may use the attribute. */
export function opaqueLayout(db: LayoutDb, def: DefId, attrs: readonly Attr[]): TyLayout | undefined {
  if (db.lower.defs.crate(def.module.krate).kind !== "std") return undefined;
  const args = attrs.find((attr) => attr.path === "stowplan_opaque")?.args;
  if (args === undefined) return undefined;
  const values = new Map(
    splitTopLevel(args)
      .map((part) => part.split("=").map((x) => x.trim()))
      .map(([k, v]) => [k ?? "", v ?? ""]),
  );
  const size = BigInt(values.get("size") ?? "0");
  const align = BigInt(values.get("align") ?? "1");
  return ok({
    size,
    align,
    fields: { kind: "arbitrary", offsets: [], inMemoryOrder: [] },
    variants: { kind: "single", index: 0 },
    backendRepr: MEMORY,
    largestNiche: undefined,
    uninhabited: false,
  });
}
