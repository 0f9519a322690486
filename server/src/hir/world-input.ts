/**
 * What a world is made of: sources, crate graph, target, and its exchangeable parts.
 */
import type { Message } from "../base/message.ts";
import type { Result } from "../base/result.ts";
import type { CrateGraph } from "../db/crate-graph.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import type { SourceDb } from "../hir-def/source-db.ts";
import type { Const, GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import type { Certainty, ConstResult, ParamEnv } from "../hir-ty/ty-db.ts";
import type { Unknown } from "../hir-ty/unknown.ts";
import type { LayoutCx } from "../layout/layout-cx.ts";
import type { TextIndex } from "./impl-search.ts";
import type { World } from "./world.ts";

/** How projections are resolved and traits selected; made for a world. */
export interface TraitSolver {
  normalize(ty: Ty, env: ParamEnv): Ty;
  implements(ref: TraitRef, env: ParamEnv): Certainty;
  resolveAssoc(
    ref: TraitRef,
    kind: "const" | "fn",
    name: string,
    env: ParamEnv,
  ): Result<{ readonly item: DefId; readonly args: GenericArgs }, Unknown>;
}

/** How const expressions are evaluated; made for a world. */
export interface ConstEvaluator {
  evalConst(value: Const): ConstResult;
}

export interface WorldInput {
  readonly source: SourceDb;
  /** With the sysroot's crates. */
  readonly graph: CrateGraph;
  readonly cx: LayoutCx;
  readonly textIndex: TextIndex;
  readonly solver: (world: World) => TraitSolver;
  readonly evaluator: (world: World) => ConstEvaluator;
  /** What an attribute that is not built in does to an item: undefined if it keeps it, else the reason. */
  readonly attributeOracle: (world: World, def: DefId, attr: Attr) => Message | undefined;
  /** The same for items without derives, whose attributes are looked up in a module. */
  readonly itemAttributeOracle: (world: World, module: ModuleId, attr: Attr) => Message | undefined;
}
