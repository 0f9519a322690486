/**
 * Types that std's source hides behind `impl Trait` inside a definition: closures. Their captured variables, read from the
 * source named here, are written as a struct, which has the closure's layout and auto traits (rustc lays closures out as
 * structs of their captures).
 */

/** By the path of the definition that contains the `impl Trait`, in the order they are written. */
const CLOSURES = new Map([
  // std/src/backtrace.rs, `lazy_resolve`: `move || { … capture … }`.
  ["std::backtrace::Inner", ["(::std::backtrace::Capture)"]],
  // std/src/sys/paths/unix.rs, `split_paths`: two closures (or a fn item) that capture nothing.
  ["std::env::SplitPaths", ["", ""]],
]);

/** The struct that stands for the `index`-th `impl Trait` of a definition: `{ name, line }`, or undefined. */
export function closureStruct(ownerPath, index) {
  const captures = CLOSURES.get(ownerPath.join("::"))?.[index];
  if (captures === undefined) return undefined;
  const name = `${ownerPath.at(-1)}Closure${index}`;
  return { name, line: `struct ${name}${captures};` };
}
