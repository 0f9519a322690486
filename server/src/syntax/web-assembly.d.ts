/**
 * What this program uses of WebAssembly, which is part of every host but of no library that Node's types or ES come with.
 * Source: WebAssembly JavaScript Interface 1.0, the WebAssembly namespace.
 */
declare namespace WebAssembly {
  /** Code that is compiled, without memory. */
  interface Module {
    readonly [Symbol.toStringTag]: "WebAssembly.Module";
  }
  interface Instance {
    readonly [Symbol.toStringTag]: "WebAssembly.Instance";
  }
  type Imports = Readonly<Record<string, object>>;
  function compile(bytes: Uint8Array<ArrayBuffer>): Promise<Module>;
  function instantiate(module: Module, imports: Imports): Promise<Instance>;
}
