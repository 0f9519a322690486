/**
 * The exchangeable parts of a world: trait selection, const evaluation, what attributes do.
 */
import { attributeEffect, itemAttributeEffect } from "../hir/attribute-oracle.ts";
import { WorldConstEvaluator } from "../hir/const-evaluator.ts";
import type { WorldInput } from "../hir/world-input.ts";
import { TraitSolver } from "../traits/trait-solver.ts";

/** The parts every world of the product has. */
export const WORLD_PARTS: Pick<WorldInput, "solver" | "evaluator" | "attributeOracle" | "itemAttributeOracle"> = {
  solver: (world) => new TraitSolver(world),
  evaluator: (world) => new WorldConstEvaluator(world),
  attributeOracle: attributeEffect,
  itemAttributeOracle: itemAttributeEffect,
};
