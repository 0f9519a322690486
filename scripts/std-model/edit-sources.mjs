/**
 * Edits of a copy of std's sources that make rustdoc describe what is compiled: the cfg atom `doc` is renamed, which rustdoc sets
 * and std answers with pages for other systems; re-exports are not inlined (rustdoc 1.63 would, and
 * fails), and nothing is hidden (rustdoc 1.63 leaves out impls of hidden traits even when asked for them).
 * A target feature of vector functions that rustdoc 1.85 refuses on Arm goes, too.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Edits every `.rs` file below a folder. */
export function describeWhatIsCompiled(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".rs")) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const text = readFileSync(path, "utf8");
    const edited = text
      .replaceAll(/^(?!\s*\/\/).*$/gm, (line) => line.replaceAll(/(^|[(, ])doc(?=[),])/g, "$1stowplan_doc"))
      .replaceAll('enable = "fp-armv8,v8"', 'enable = "v8"')
      .replaceAll(/#!?\[doc\(inline\)\]/g, "")
      // Another attribute in its place, not none: macros match on it.
      .replaceAll(/(?<=#!?\[)doc\(hidden\)(?=\])/g, "allow()")
      .replaceAll(/^(\s*)(pub(?:\([^)]*\))? use )/gm, "$1#[doc(no_inline)] $2");
    if (edited !== text) writeFileSync(path, edited);
  }
}

/** Makes cargo take dependencies from `vendor/`, where a library has them. */
export function writeVendorConfig(work) {
  if (!existsSync(join(work, "vendor"))) return;
  mkdirSync(join(work, ".cargo"), { recursive: true });
  writeFileSync(
    join(work, ".cargo/config.toml"),
    '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "vendor"\n',
  );
}

/** `impl<I: Iterator> IntoIterator for I { type Item = I::Item; }`: rustdoc 1.63 meets it twice and fails if the trait is not spelled out. */
const SHORT_PROJECTIONS = [
  ["core/src/convert/mod.rs", /(for T\nwhere\n {4}U: ~const TryFrom<T>,\n\{\n {4}type Error = )U::Error/, "$1<U as TryFrom<T>>::Error"],
  ["core/src/iter/traits/collect.rs", /(IntoIterator for I \{\s*type Item = )I::Item/, "$1<I as Iterator>::Item"],
  ["core/src/future/into_future.rs", /(IntoFuture for F \{\s*type Output = )F::Output/, "$1<F as Future>::Output"],
];

/** Spells out projections in blanket impls, for rustdoc 1.63. */
export function spellOutProjections(work) {
  for (const [file, short, spelled] of SHORT_PROJECTIONS) {
    const path = join(work, file);
    writeFileSync(path, readFileSync(path, "utf8").replace(short, spelled));
  }
}
