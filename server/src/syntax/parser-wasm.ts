/**
 * The parser's two wasm files, compiled: that goes on beside the program's own start, on other threads.
 */

/** The files' bytes. */
export interface ParserBytes {
  readonly treeSitter: Uint8Array<ArrayBuffer>;
  readonly grammar: Uint8Array<ArrayBuffer>;
}

export interface ParserWasm {
  readonly treeSitter: WebAssembly.Module;
  readonly grammar: WebAssembly.Module;
}

/** Compiles both; rejects for bytes that are no WebAssembly. */
export async function compileParser(bytes: ParserBytes): Promise<ParserWasm> {
  const [treeSitter, grammar] = await Promise.all([WebAssembly.compile(bytes.treeSitter), WebAssembly.compile(bytes.grammar)]);
  return { treeSitter, grammar };
}
