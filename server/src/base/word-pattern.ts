/**
 * Patterns over words of any script, which texts of ASCII need not know of.
 *
 * Example: `[\p{XID_Start}_][\p{XID_Continue}]*` is `[A-Za-z_][\w]*` for `use a::b;`, and itself for `use a::ß;`.
 *
 * Invariant: both forms find the same in a text of ASCII. Classes of Unicode have hundreds of ranges: V8 takes milliseconds to compile a
 * pattern with them for a string that has characters beyond Latin-1, or was cut out of one, as code below such comments is.
 */

/** What classes of letters and digits are in ASCII; they have to stand between brackets. */
const ASCII: readonly (readonly [string, string])[] = [
  ["\\p{XID_Start}", "A-Za-z"],
  ["\\p{XID_Continue}", "\\w"],
  ["\\p{L}", "A-Za-z"],
  ["\\p{N}", "0-9"],
  ["\\p{Ll}", "a-z"],
  ["\\p{Lu}", "A-Z"],
];

const BEYOND_ASCII = /[^\0-\x7f]/;

export class WordPattern {
  readonly #source: string;
  readonly #flags: string;
  #ascii: RegExp | undefined;
  #exact: RegExp | undefined;

  /** `source` is a pattern as with the flag `u`, which `flags` leave out. */
  constructor(source: string, flags = "") {
    this.#source = source;
    this.#flags = flags;
  }

  /** The pattern for a text; its `lastIndex` is what was left there. */
  for(text: string): RegExp {
    return BEYOND_ASCII.test(text) ? this.#forAll() : this.#forAscii();
  }

  #forAll(): RegExp {
    this.#exact ??= new RegExp(this.#source, `${this.#flags}u`);
    return this.#exact;
  }

  #forAscii(): RegExp {
    this.#ascii ??= new RegExp(
      ASCII.reduce((source, [all, ascii]) => source.replaceAll(all, ascii), this.#source),
      this.#flags,
    );
    return this.#ascii;
  }
}
