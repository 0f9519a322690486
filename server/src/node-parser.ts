/** The parser's wasm files beside a bundle. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ParserWasm } from "./syntax/parser-wasm.ts";
import { compileParser } from "./syntax/parser-wasm.ts";

/** Compiles the wasm files in the bundle's folder; rejects where they are not there. */
export async function parserWasm(folder: string): Promise<ParserWasm> {
  return await compileParser({
    treeSitter: readFileSync(join(folder, "web-tree-sitter.wasm")),
    grammar: readFileSync(join(folder, "tree-sitter-rust.wasm")),
  });
}
