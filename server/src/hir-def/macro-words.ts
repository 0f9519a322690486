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
import { mentions, placeOf } from "./lookup.ts";

/** Libraries that read and write Rust's tokens: what they say in macro calls of their own is not written by those who use them. */
const TOKEN_LIBRARIES: ReadonlySet<string> = new Set(["proc_macro2", "quote", "syn", "unicode_ident"]);
/** Crates that a macro may be spread over. */
const MAX_CRATES = 12;

/** What stands in front of a bound. */
const BOUND_BEFORE = /(?:(?<!:):|\+)\s*(?:::\s*)?(?:\w+\s*::\s*)*$/;
const LONGEST_PATH = 80;

/** A string whose content is blank. */
const STRING = /"\s*"/g;
/** The opening of a macro call or of a `macro_rules!` definition. */
const CALL = /\b\w+\s*!\s*(?:\w+\s*)?([({[])/g;
const INCLUDES = /\binclude(?:_str)?\s*!/;
/** A file that is documentation: `#![doc = include_str!("../README.md")]`. */
const DOCUMENTATION = /\bdoc\s*=\s*(?:::)?(?:\w+::)?include_str\s*!\s*\([^)]*\)/g;

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
      return facts === undefined || INCLUDES.test(facts.code.replaceAll(DOCUMENTATION, "")) || writes(facts.code, word);
    });
  }
}

/** Whether a word stands in a macro call or in a string of some code without comments, but as a bound: `T: Word + Word`. */
export function writes(code: string, word: string): boolean {
  if (!mentions(code, word)) return false;
  const quoted = quotedText(code);
  for (let at = placeOf(quoted, word, 0); at >= 0; at = placeOf(quoted, word, at + 1))
    if (!BOUND_BEFORE.test(quoted.slice(Math.max(0, at - LONGEST_PATH), at))) return true;
  return false;
}

/** What stands in the macro calls and in the strings of some code without comments. */
export function quotedText(code: string): string {
  const bare = codeOnly(code);
  const parts: string[] = [];
  for (const call of bare.matchAll(CALL)) {
    const start = call.index + call[0].length;
    parts.push(code.slice(start, endOfGroup(bare, start)));
  }
  for (const { index, 0: blank } of bare.matchAll(STRING)) parts.push(code.slice(index, index + blank.length));
  return parts.join("\n");
}
