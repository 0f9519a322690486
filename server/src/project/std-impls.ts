/**
 * Impls of std apart from its definitions: nine of ten lines of the model are impls, which a look-up of a name never needs. Each
 * file is served without them and with a child module `__impls` that holds them, so that only trait selection parses them.
 *
 * Example: `core/num.rs` ends with `mod __impls;`, whose file is `core/num/__impls.rs`. Paths in the model are absolute, so an
 * impl means the same wherever it stands.
 */

const IMPL = /^(?:#\[[^\]]*\])*(?:unsafe )?impl\b/;
const NAME = "__impls";

/** The file whose impls a path asks for, or undefined for any other path. `core/__impls.rs` belongs to `core/lib.rs`. */
export function fileOfImpls(path: string): string | undefined {
  const folder = path.endsWith(`/${NAME}.rs`) ? path.slice(0, -`/${NAME}.rs`.length) : undefined;
  if (folder === undefined) return undefined;
  return folder.includes("/") ? `${folder}.rs` : `${folder}/lib.rs`;
}

/** Where the impls of a file are. */
export function implsOfFile(path: string): string {
  return path.endsWith("/lib.rs") ? path.replace(/lib\.rs$/, `${NAME}.rs`) : path.replace(/\.rs$/, `/${NAME}.rs`);
}

/** The definitions of a file's text, with the child module that stands for its impls. */
export function withoutImpls(text: string): string {
  const lines = text.split("\n");
  const kept = lines.filter((line) => !IMPL.test(line));
  return kept.length === lines.length ? text : `${kept.join("\n")}mod ${NAME};\n`;
}

/** The impls of a file's text. */
export function onlyImpls(text: string): string {
  return `${text
    .split("\n")
    .filter((line) => IMPL.test(line))
    .join("\n")}\n`;
}
