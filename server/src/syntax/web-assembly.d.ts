/**
 * What this program uses of WebAssembly, which is part of every host but of no library that Node's types or ES come with.
 * Source: WebAssembly JavaScript Interface 1.0, the WebAssembly namespace.
 */
declare namespace WebAssembly {
  /** Code that is compiled, without memory. */
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
}
