/**
 * Goals of trait selection: questions with one object each, so that answers can be remembered by identity.
 *
 * Invariants: two goals are the same object only if trait, arguments and the very where-clauses in force are the same; a goal has no
 * variables of selection.
 */
import { sameMessage } from "../base/message.ts";
import type { GenericArgs, TraitRef, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";
import type { Certainty, ParamEnv, Predicate } from "../hir-ty/ty-db.ts";

export interface Goal {
  readonly ref: TraitRef;
  readonly env: ParamEnv;
}

export interface ProjectionGoal {
  readonly ty: Extract<Ty, { kind: "projection" }>;
  readonly env: ParamEnv;
}

/** More nested questions than rustc's recursion limit: unwinds to the outermost one. */
export class TooDeep extends Error {}

export class Goals {
  readonly #holds = new Map<string, Goal>();
  readonly #projections = new Map<string, ProjectionGoal>();
  readonly #environments = new WeakMap<readonly Predicate[], number>();
  #nextEnvironment = 1;

  /** Whether a trait holds. */
  holds(ref: TraitRef, env: ParamEnv): Goal {
    const key = `${ref.trait.key}<${argsKey(ref.args)}>@${this.#environment(env)}`;
    let goal = this.#holds.get(key);
    if (goal === undefined) {
      goal = { ref, env };
      this.#holds.set(key, goal);
    }
    return goal;
  }

  /** What an associated type is. */
  projection(ty: ProjectionGoal["ty"], env: ParamEnv): ProjectionGoal {
    const key = `${ty.id}@${this.#environment(env)}`;
    let goal = this.#projections.get(key);
    if (goal === undefined) {
      goal = { ty, env };
      this.#projections.set(key, goal);
    }
    return goal;
  }

  #environment(env: ParamEnv): number {
    if (env.predicates.length === 0) return 0;
    let id = this.#environments.get(env.predicates);
    if (id === undefined) {
      id = this.#nextEnvironment++;
      this.#environments.set(env.predicates, id);
    }
    return id;
  }
}

function argsKey(args: GenericArgs): string {
  return args.map((arg) => `${isConst(arg) ? "c" : ""}${arg.id}`).join();
}

/** Whether two answers are the same to all readers. */
export function sameCertainty(a: Certainty, b: Certainty): boolean {
  return a.kind === b.kind && (a.kind !== "maybe" || b.kind !== "maybe" || sameMessage(a.why.message, b.why.message));
}
