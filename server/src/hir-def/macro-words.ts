/**
 * MacroWords: whether the crate of a procedural macro may put a word into what its macros write, judged by its text: nothing is run.
 *
 * Example: `serde_derive` says `Unpin` nowhere in a macro call (`quote! { … }`) or a string, so `#[derive(Serialize)]` writes no
 * `impl Unpin`. A word in the crate's own code (`#[derive(Clone)]` on one of its types) does not get into an output.
 *
 * Invariant: `false` is certain as long as a macro does not put a word together from parts; a crate that cannot be read whole, or that
 * includes other files, may say anything.
 */
import type { CrateId } from "../db/crate-graph.ts";
import { Query } from "../db/query.ts";
import { codeOnly, endOfGroup } from "../syntax/code-text.ts";
import type { DefDb } from "./def-db.ts";
import { allModules } from "./impl-index.ts";
import { mentions } from "./lookup.ts";

/** Libraries that read and write Rust's tokens: what they say in macro calls of their own is not written by those who use them. */
const TOKEN_LIBRARIES: ReadonlySet<string> = new Set(["proc_macro2", "quote", "syn", "unicode_ident"]);
/** Crates that a macro may be spread over. */
const MAX_CRATES = 12;

/** The opening of a macro call or of a `macro_rules!` definition. */
const CALL = /\b\w+\s*!\s*(?:\w+\s*)?([({[])/g;
const INCLUDES = ["include", "include_str"];

export class MacroWords {
  readonly #defs: DefDb;
  readonly #says: Query<string, boolean>;

  constructor(defs: DefDb) {
    this.#defs = defs;
    this.#says = new Query(defs.runtime, {
      name: "macroWords",
      compute: (key) => {
        const [krate = "", word = ""] = key.split(" ");
        return this.#compute(Number(krate), word);
      },
      onCycle: () => true,
    });
  }

  /** Whether a crate, or one it uses, may write a word by a macro. */
  maySay(krate: CrateId, word: string): boolean {
    return this.#says.get(`${krate} ${word}`);
  }

  #compute(krate: CrateId, word: string): boolean {
    const seen = new Set<CrateId>();
    const queue: CrateId[] = [krate];
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      const { name, kind, dependencies, incomplete, unknownDependencies } = this.#defs.crate(at);
      // Macros that the crate itself is written with write its code, not what it writes.
      const isTool = kind === "proc-macro" && at !== krate;
      if (seen.has(at) || isTool || kind === "std" || TOKEN_LIBRARIES.has(name)) continue;
      seen.add(at);
      if (seen.size > MAX_CRATES || incomplete !== undefined || unknownDependencies !== undefined) return true;
      if (this.#crateSays(at, word)) return true;
      queue.push(...dependencies.map((dependency) => dependency.crate));
    }
    return false;
  }

  #crateSays(krate: CrateId, word: string): boolean {
    return allModules(this.#defs, krate, word).some((module) => {
      const { origin } = module;
      if (this.#defs.moduleProblem(module) !== undefined) return true;
      if (origin.kind !== "file") return false;
      const facts = this.#defs.source.textFacts(origin.path);
      return facts === undefined || facts.calls.some((name) => INCLUDES.includes(name)) || writes(facts.code, word);
    });
  }
}

/** Whether a word stands in a macro call or in a string of some code without comments. */
export function writes(code: string, word: string): boolean {
  if (!mentions(code, word)) return false;
  const bare = codeOnly(code);
  if (count(bare, word) < count(code, word)) return true;
  for (const call of bare.matchAll(CALL)) {
    const start = call.index + call[0].length;
    if (mentions(bare.slice(start, endOfGroup(bare, start)), word)) return true;
  }
  return false;
}

function count(text: string, word: string): number {
  return text.split(word).length - 1;
}
