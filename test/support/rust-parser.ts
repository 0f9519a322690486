/**
 * The parser with its two wasm files, loaded from the repository for tests.
 */
import { readFileSync } from "node:fs";
import { RustParser } from "../../server/src/syntax/parser.ts";

let loading: Promise<RustParser> | undefined;

/** The one parser of a test process. Tests run from the repository's root. */
export function rustParser(): Promise<RustParser> {
  loading ??= RustParser.load({
    treeSitter: readFileSync("node_modules/web-tree-sitter/web-tree-sitter.wasm"),
    grammar: () => readFileSync("grammars/tree-sitter-rust.wasm"),
  });
  return loading;
}
