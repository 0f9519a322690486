/**
 * LayoutDb: what laying out a type asks for. Implemented by the world in `hir/`.
 */
import type { Result } from "../base/result.ts";
import type { DefId } from "../hir-def/def-id.ts";
import type { LayoutCx } from "../layout/layout-cx.ts";
import type { LayoutData } from "../layout/layout-data.ts";
import type { LayoutMemo } from "../layout/layout-memo.ts";
import type { LayoutRules } from "../layout/layout-rules.ts";
import type { AdtRecipe } from "./layout-of-adt.ts";
import type { ParamUses } from "./layout-params.ts";
import type { SizedDb } from "./sizedness.ts";
import type { Const, Ty } from "./ty.ts";
import type { ConstResult } from "./ty-db.ts";
import type { Unknown } from "./unknown.ts";

export type TyLayout = Result<LayoutData, Unknown>;

export interface LayoutDb extends SizedDb {
  readonly cx: LayoutCx;
  readonly rules: LayoutRules;
  /** The layout engine. */
  readonly laidOut: LayoutMemo;
  /** Memoised; a type that contains itself answers `recursiveWithoutIndirection`. */
  layoutOf(ty: Ty): TyLayout;
  /** What a definition says besides its fields. */
  recipe(def: DefId): Result<AdtRecipe, Unknown>;
  /** How the layout of a generic definition depends on its arguments; memoised. */
  paramUses(def: DefId): ParamUses;
  evalConst(value: Const): ConstResult;
  /** The discriminants of an enum's variants (after cfg), with their sign. */
  discriminants(def: DefId): Result<readonly bigint[], Unknown>;
  /** Whether declarations say that an open parameter or projection is sized. */
  isKnownSized(ty: Ty): boolean;
}
