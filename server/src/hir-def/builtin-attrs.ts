/**
 * Attributes that never change an item's fields: the language's own, and tools'.
 * Source: Reference, "Built-in attributes index"; rustc_feature::BUILTIN_ATTRIBUTES for those of the standard library.
 */

const BUILTIN: ReadonlySet<string> = new Set([
  "allow",
  "expect",
  "warn",
  "deny",
  "forbid",
  "deprecated",
  "must_not_suspend",
  "must_use",
  "doc",
  "cfg",
  "cfg_attr",
  "derive",
  "derive_const",
  "automatically_derived",
  "macro_export",
  "macro_use",
  "macro_escape",
  "proc_macro",
  "proc_macro_derive",
  "proc_macro_attribute",
  "link",
  "link_name",
  "link_ordinal",
  "no_link",
  "repr",
  "crate_type",
  "no_main",
  "export_name",
  "link_section",
  "no_mangle",
  "used",
  "crate_name",
  "inline",
  "cold",
  "no_builtins",
  "target_feature",
  "track_caller",
  "instruction_set",
  "no_std",
  "no_core",
  "no_implicit_prelude",
  "path",
  "recursion_limit",
  "type_length_limit",
  "panic_handler",
  "global_allocator",
  "windows_subsystem",
  "feature",
  "non_exhaustive",
  "debugger_visualizer",
  "ignore",
  "should_panic",
  "test",
  "bench",
  "test_case",
  "lang",
  "fundamental",
  "stable",
  "unstable",
  "may_dangle",
  "marker",
  "thread_local",
  "optimize",
  "ffi_pure",
  "ffi_const",
  "coverage",
  "naked",
  "unsafe_no_drop_flag",
  "default_lib_allocator",
  "needs_allocator",
  "allow_internal_unstable",
  "allow_internal_unsafe",
  "const_trait",
  "type_const",
  "do_not_recommend",
  "default",
  "global_asm",
  "pin",
  "pointee",
  "no_sanitize",
  "sanitize",
  "linkage",
  "cfi_encoding",
  "splat",
]);

const TOOLS: ReadonlySet<string> = new Set(["rustfmt", "clippy", "diagnostic", "miri", "rust_analyzer", "stowplan", "core", "std"]);

/** Whether an attribute is the language's or a tool's own. */
export function isInertAttribute(path: string): boolean {
  if (BUILTIN.has(path) || path.startsWith("rustc_") || path.startsWith("stowplan_")) return true;
  const tool = path.split("::", 1)[0];
  return path.includes("::") && tool !== undefined && TOOLS.has(tool);
}

const WITHOUT_MEANING: ReadonlySet<string> = new Set(
  "allow expect warn deny forbid deprecated must_use doc inline cold track_caller automatically_derived cfg_attr non_exhaustive".split(" "),
);

/** Whether an attribute says nothing about fields, variants, `repr` or traits: it may apply or not. */
export function isWithoutMeaning(path: string): boolean {
  return WITHOUT_MEANING.has(path) || (isInertAttribute(path) && /^\w+::/.test(path) && !/^(?:core|std)::/.test(path));
}

const BUILTIN_DERIVES: ReadonlySet<string> = new Set(["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"]);

/** Whether a derive is the standard library's, which has no helper attributes but `default` and `pointee`. */
export function isBuiltinDerive(path: string): boolean {
  return BUILTIN_DERIVES.has(path.split("::").at(-1) ?? path);
}
