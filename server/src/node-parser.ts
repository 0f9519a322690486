/** The parser from the wasm files beside a bundle. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RustParser } from "./syntax/parser.ts";

/** Loads the parser from the wasm files in the bundle's folder. */
export async function loadParser(folder: string): Promise<RustParser> {
  return await RustParser.load({
    treeSitter: readFileSync(join(folder, "web-tree-sitter.wasm")),
    grammar: () => readFileSync(join(folder, "tree-sitter-rust.wasm")),
  });
}
