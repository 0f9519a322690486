/**
 * The parser with its two wasm files, loaded from the repository for tests.
 */
import { readFileSync } from "node:fs";
import { RustParser } from "../../server/src/syntax/parser.ts";
import { compileParser } from "../../server/src/syntax/parser-wasm.ts";

let loading: Promise<RustParser> | undefined;

/** The one parser of a test process. Tests run from the repository's root. */
export function rustParser(): Promise<RustParser> {
  loading ??= compileParser({
    treeSitter: readFileSync("node_modules/web-tree-sitter/web-tree-sitter.wasm"),
    grammar: readFileSync("grammars/tree-sitter-rust.wasm"),
  }).then((wasm) => RustParser.load(wasm));
  return loading;
}
