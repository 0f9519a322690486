/**
 * What evaluating a constant has cost, told beside its result, so that who needs many constants can stop.
 *
 * Invariant: the same result has the same cost, whenever it is asked for: evaluation is deterministic.
 */

/** Steps of evaluation that all discriminants of an enum may take together, about 200 ms; one constant may take a quarter of them. */
export const MAX_DISCRIMINANT_STEPS = 20_000_000;

const costs = new WeakMap<object, number>();

/** Tells what a result has cost, in steps of evaluation. */
export function noteSteps<T extends object>(result: T, steps: number): T {
  if (steps > 0) costs.set(result, steps);
  return result;
}

/** The steps that a result has cost; 0 where nothing was told. */
export function stepsOf(result: object): number {
  return costs.get(result) ?? 0;
}
