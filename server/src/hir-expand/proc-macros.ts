/**
 * What well-known procedural macros do to the items they stand on, since Stowplan runs none of them.
 *
 * `#[tokio::main] async fn main() { … }` keeps the function's items; `#[bitfield] struct A { … }` makes another struct, so `A`
 * is unknown; derive macros never change their item (the compiler gives them no way to).
 *
 * Invariant: the table is the only place where procedural macros are named; what is not in it may rewrite its item. An entry
 * says `keeps` only if the fields, variants, discriminants and `repr` of a type stay as written, whatever the arguments.
 * Source: the documentation of each crate. Keys are crate and macro name with `_`, the defining crate or one that re-exports it.
 */

import type { Message } from "../base/message.ts";
import { msg } from "../base/message.ts";
import type { TupleForm } from "./all-tuples.ts";

/** Ways to make another item of one that are known. */
export type Rewriting =
  | "bitfieldStruct"
  | "bitbybit"
  | "modularBitfield"
  | "enumDispatch"
  | "enumFlags"
  | "nutype"
  | "readonly"
  | "wasmBindgen";

export type ProcMacroEffect =
  /**
   * The item stays as written, unless the named cfg flag is set; `adds` says what else comes, for the documentation and for unresolved names; `isUnmarked`: no impl of Copy, Clone, Drop or an auto
   * trait for the item is among that.
   */
  | { readonly kind: "keeps"; readonly adds: string; readonly unless?: string; readonly isUnmarked?: true }
  /** Makes another item of a struct or enum, which `hir-def/rewrite-item.ts` knows; where it does not, for the reason. */
  | { readonly kind: "becomes"; readonly by: Rewriting; readonly reason: Message }
  /** `#[apply(m!)] item` is `m! { item }`. */
  | { readonly kind: "callsMacro" }
  /** `#[rustversion::since(1.70)]`: keeps or removes the item, or applies attributes, by the compiler's version. */
  | { readonly kind: "rustVersion" }
  /** A function-like macro Stowplan expands itself. */
  | { readonly kind: "expanded"; readonly by: "paste" | "seq" | TupleForm }
  /** A function-like macro that stands for a value and makes no named items. */
  | { readonly kind: "value" }
  | { readonly kind: "rewrites"; readonly reason: Message };

const KEEPS: ProcMacroEffect = { kind: "keeps", adds: "" };

interface Entry {
  readonly crates: readonly string[];
  readonly macros: readonly string[];
  readonly effect: ProcMacroEffect;
}

function keeps(crates: string, macros: string, adds = ""): Entry {
  return { crates: crates.split(" "), macros: macros.split(" "), effect: adds === "" ? KEEPS : { kind: "keeps", adds } };
}

/** The same for what writes impls of other traits only for its item. */
function keepsUnmarked(crates: string, macros: string, adds: string): Entry {
  return { crates: crates.split(" "), macros: macros.split(" "), effect: { kind: "keeps", adds, isUnmarked: true } };
}

function values(crates: string, macros: string): Entry {
  return { crates: crates.split(" "), macros: macros.split(" "), effect: { kind: "value" } };
}

/** Attributes of the compiler and its library that are macros. */
const BUILTIN: readonly Entry[] = [
  keeps("core std alloc", "test bench test_case global_allocator alloc_error_handler cfg_eval derive_const test_runner define_opaque"),
];

/** Async runtimes, tests, tracing: they wrap functions, whose own items stay. */
const FUNCTIONS: readonly Entry[] = [
  keeps("tokio tokio_macros", "main test main_rt main_fail test_rt test_fail"),
  keeps("async_std async_attributes", "main test bench"),
  keeps("smol_potat smol_potat_macro pollster pollster_macro actix_rt actix_macros", "main test bench"),
  keeps(
    "actix_web actix_web_codegen",
    "main test get post put delete head options trace patch connect route routes scope",
    "unit structs named as the functions",
  ),
  keeps("rocket rocket_codegen", "main async_test launch get post put delete head options patch catch", "hidden structs and macros"),
  keeps(
    "ntex ntex_macros",
    "main rt_test test web_get web_post web_put web_delete web_head web_options web_trace web_patch web_connect",
    "unit structs",
  ),
  keeps("tracing tracing_attributes", "instrument"),
  keeps("rune_tracing rune_tracing_macros", "instrument_ast passthrough"),
  keeps("fastrace fastrace_macro minitrace minitrace_macro", "trace"),
  keeps("tracing_test tracing_test_macro", "traced_test"),
  keeps("test_log test_log_macros test_env_log", "test"),
  keeps("serial_test serial_test_derive", "serial parallel file_serial file_parallel"),
  keeps("rstest rstest_macros", "rstest fixture", "test modules and fixture types"),
  keeps("rstest_reuse", "apply template"),
  keeps("test_case test_case_macros", "test_case test_matrix", "a test module"),
  keeps("wasm_bindgen_test wasm_bindgen_test_macro", "wasm_bindgen_test"),
  keeps("quickcheck_macros proptest_attr_macro test_strategy", "quickcheck proptest"),
  keeps("sqlx sqlx_macros", "test"),
  keeps("async_trait tonic poem_openapi", "async_trait"),
  keeps("async_recursion", "async_recursion"),
  keeps("trait_variant", "make", "a second trait"),
  keeps("dynosaur", "dynosaur", "a dyn struct"),
  keeps("cached cached_proc_macro memoize", "cached once io_cached memoize", "statics and functions"),
  keeps("ctor ctor_proc_macro dtor dtor_proc_macro small_ctor inventory", "ctor dtor"),
  keeps("no_panic", "no_panic"),
  keeps("contracts", "requires ensures invariant debug_requires debug_ensures test_requires test_ensures"),
  keeps("ntest ntest_test_cases ntest_timeout parameterized", "timeout test_case parameterized"),
  keeps("function_name", "named"),
  keeps("fn_error_context", "context"),
  keeps("logcall log_derive", "logcall logfn logfn_inputs"),
  keeps("remain", "check sorted"),
  keeps("axum axum_macros", "debug_handler debug_middleware"),
  keeps(
    "lambda_runtime netlify_lambda vercel_runtime shuttle_runtime shuttle_codegen worker worker_macros",
    "main lambda event durable_object",
  ),
  keeps("napi napi_derive napi_derive_ohos", "napi module_init js_function contextless_function", "registration functions and impls"),
  keeps("neon neon_macros", "export main"),
  keeps("rustler rustler_codegen", "nif resource_impl", "registration items"),
  keeps("magnus magnus_macros", "init wrap", "impls"),
  keeps("extendr_api extendr_macros", "extendr", "wrapper functions and impls"),
  keeps("ext_php_rs ext_php_rs_derive", "php_function php_impl php_module php_const php_startup", "registration items"),
  keeps("tauri tauri_macros", "command", "hidden macros"),
  keeps("poise poise_macros", "command"),
  keeps("serenity command_attr", "command group help hook check", "statics"),
  keeps("salvo salvo_macros salvo_oapi salvo_oapi_macros", "handler endpoint", "unit structs named as the functions"),
  keeps("poem poem_derive", "handler", "unit structs named as the functions"),
  keeps("utoipa utoipa_gen", "path", "a hidden struct"),
  keeps("paperclip paperclip_macros", "api_v2_operation api_v2_schema api_v2_errors", "hidden structs and impls"),
];

/** Bare metal: entry points and interrupts. */
const EMBEDDED: readonly Entry[] = [
  keeps(
    "cortex_m_rt cortex_m_rt_macros riscv_rt riscv_rt_macros msp430_rt msp430_rt_macros xtensa_lx_rt xtensa_lx_rt_proc_macros avr_device avr_device_macros esp_hal esp_hal_procmacros esp_riscv_rt rp2040_hal rp2040_hal_macros rp235x_hal rp235x_hal_macros",
    "entry exception interrupt pre_init ram handler core_interrupt external_interrupt post_init main load_lp_code",
  ),
  keeps(
    "embassy_executor embassy_executor_macros embassy_macros",
    "main task main_cortex_m main_riscv main_std main_wasm main_avr main_spin",
    "a hidden task pool",
  ),
  keeps("defmt defmt_macros", "global_logger panic_handler timestamp"),
  keeps("defmt_test defmt_test_macros embedded_test embedded_test_macros", "tests"),
  keeps("linkme linkme_impl", "distributed_slice"),
  keeps("uefi uefi_macros", "entry unsafe_protocol", "an impl"),
];

/** Attributes on types and impls that add impls and helper items. */
const TYPES: readonly Entry[] = [
  keeps("pin_project pin_project_internal", "pin_project pinned_drop", "projection types and impls"),
  keepsUnmarked("serde_with serde_with_macros", "serde_as skip_serializing_none apply", "attributes on fields"),
  {
    crates: ["swc_common", "ast_node"],
    macros: ["ast_node", "ast_serde"],
    effect: { kind: "keeps", adds: "derives and impls; a variant with `--cfg swc_ast_unknown`", unless: "swc_ast_unknown" },
  },
  keeps("typetag typetag_impl", "serde serialize deserialize", "a registry"),
  keepsUnmarked("pyo3 pyo3_macros", "pyclass pymethods pyfunction pymodule pyproto", "impls and glue functions"),
  keeps("uniffi uniffi_macros", "export constructor method trait_interface", "glue functions and impls"),
  keepsUnmarked("zerovec zerovec_derive", "make_ule make_varule derive skip_derive", "the type its values are stored as, and impls"),
  keepsUnmarked("icu_provider icu_provider_macros", "data_struct", "marker structs and impls"),
  keeps("enum_delegate enum_delegate_lib", "register implement", "impls"),
  keeps("ambassador", "delegatable_trait delegatable_trait_remote delegate_to_remote_methods delegate_to_methods", "macros"),
  keeps("delegate_attr portrait portrait_codegen", "delegate make fill", "impls and macros"),
  keeps("derive_where", "derive_where", "impls"),
  keeps("bon bon_macros buildstructor", "bon builder buildstructor", "builder types"),
  keeps("auto_impl", "auto_impl", "impls"),
  keeps("mockall mockall_derive", "automock concretize", "mock types"),
  keeps("faux faux_macros", "methods", "impls"),
  keeps("unimock unimock_macros", "unimock", "mock types"),
  keeps("mry mry_macros", "mry lock", "mock items"),
  keeps("impl_trait_for_tuples", "impl_for_tuples", "impls for tuples"),
  keeps("sealed", "sealed", "a private module"),
  keeps("dyn_clonable", "clonable", "impls"),
  keeps("cosmwasm_schema cosmwasm_schema_derive", "cw_serde", "derives"),
  keeps("cosmwasm_std cosmwasm_derive", "entry_point", "glue functions"),
  keeps("near_sdk near_sdk_macros", "near near_bindgen ext_contract", "glue functions and impls"),
  keeps("instability stability", "stable unstable", "documentation and visibility"),
  keeps("macro_magic", "export_tokens", "a hidden macro"),
  keeps("async_graphql async_graphql_derive", "Object ComplexObject Subscription Scalar Directive TypeDirective", "impls"),
  keeps(
    "juniper juniper_codegen",
    "graphql_object graphql_interface graphql_scalar graphql_subscription graphql_union",
    "impls and interface types",
  ),
  keeps("poem_openapi poem_openapi_derive", "OpenApi Webhook", "impls"),
  keeps("zbus zbus_macros", "interface proxy dbus_interface dbus_proxy", "impls and proxy types"),
  keeps("tarpc tarpc_plugins", "service derive_serde", "request and response enums"),
  keeps("jsonrpsee jsonrpsee_proc_macros", "rpc", "client and server traits"),
  keeps("jsonrpc_derive", "rpc", "a module"),
  keeps("windows windows_implement windows_core", "implement", "an implementation struct"),
  keeps("cubecl cubecl_macros", "cube", "expansion modules"),
  keeps("godot godot_macros", "godot_api gdextension", "glue items"),
  keeps("bevy_trait_query bevy_trait_query_impl", "queryable", "impls"),
  keeps("specta specta_macros taurpc taurpc_macros", "specta resolvers procedures", "hidden macros"),
  keeps("derive_ex", "derive_ex", "impls"),
  keeps("rhai rhai_codegen", "expose_under_internals", "other visibilities"),
  keeps("diesel diesel_derives", "auto_type __diesel_public_if", "a type alias; other visibilities"),
  keepsUnmarked("lofty_attr", "tag", "constants and documentation"),
  keepsUnmarked("i_slint_core_macros", "slint_doc identity", "documentation"),
  keepsUnmarked("mutants aquamarine embed_doc_image docify docify_macros", "skip aquamarine embed_doc_image export", "documentation"),
  keepsUnmarked("visibility", "make", "another visibility"),
  keepsUnmarked("optfield", "optfield", "a second struct"),
  keepsUnmarked("dynify dynify_macros", "dynify", "a second trait or function"),
  keepsUnmarked("maybe_async", "maybe_async must_be_sync must_be_async", "functions without async"),
  keepsUnmarked("easy_ext extend", "ext", "a trait"),
  keepsUnmarked(
    "pyo3_stub_gen pyo3_stub_gen_derive",
    "gen_stub_pyclass gen_stub_pyclass_enum gen_stub_pyclass_complex_enum gen_stub_pymethods gen_stub_pyfunction",
    "impls",
  ),
];

/** Attributes that make another struct or enum of theirs, as the sources of the crates say. */
const BECOMING: readonly Entry[] = [
  becoming("bitfield_struct", "bitfield", "bitfieldStruct", packs),
  becoming("bitbybit", "bitfield", "bitbybit", packs),
  becoming("modular_bitfield modular_bitfield_impl", "bitfield", "modularBitfield", packs),
  becoming("enumflags2 enumflags2_derive", "bitflags bitflags_internal", "enumFlags", (name) =>
    msg("attribute macro `{name}` gives its variants discriminants", { name }),
  ),
  becoming("enum_dispatch", "enum_dispatch", "enumDispatch", (name) =>
    msg("attribute macro `{name}` gives fields to variants that have none", { name }),
  ),
  becoming("nutype nutype_macros", "nutype", "nutype", (name) =>
    msg("attribute macro `{name}` makes another struct of this item", { name }),
  ),
  becoming("wasm_bindgen wasm_bindgen_macro", "wasm_bindgen", "wasmBindgen", (name) =>
    msg("attribute macro `{name}` may rewrite this item", { name }),
  ),
  becoming("readonly", "make", "readonly", (name) => msg("attribute macro `{name}` adds `repr(C)` to this struct", { name })),
].flat();

function packs(name: string): Message {
  return msg("attribute macro `{name}` packs its fields into bits", { name });
}

function becoming(crates: string, macros: string, by: Rewriting, reason: (name: string) => Message): readonly Entry[] {
  return macros.split(" ").map((name) => ({
    crates: crates.split(" "),
    macros: [name],
    effect: { kind: "becomes", by, reason: reason(name) },
  }));
}

/** Attributes that make something else of their item; listed to say why. */
const REWRITING: readonly Entry[] = [
  ...rewriting(
    "modular_bitfield_msb modular_bitfield_msb_impl bilge bilge_impl proc_bitfield bitfield",
    "bitfield bitsize bitenum bitfield_struct",
    packs,
  ),
  ...rewriting("anchor_lang anchor_attribute_account", "account zero_copy", (name) =>
    msg("attribute macro `{name}` may add a `repr` to this struct", { name }),
  ),
  ...rewriting("binrw binrw_derive deku deku_derive", "binrw binread binwrite deku_derive", (name) =>
    msg("attribute macro `{name}` may remove fields of this item", { name }),
  ),
  ...rewriting("ouroboros ouroboros_macro", "self_referencing", (name) =>
    msg("attribute macro `{name}` makes another struct of this item", { name }),
  ),
  ...rewriting("superstruct", "superstruct", (name) => msg("attribute macro `{name}` makes several structs of this item", { name })),
  ...rewriting("faux faux_macros", "create", (name) => msg("attribute macro `{name}` makes another struct of this item", { name })),
  ...rewriting("cxx cxxbridge_macro", "bridge", (name) => msg("attribute macro `{name}` makes other items of this module", { name })),
  ...rewriting("rtic rtic_macros cortex_m_rtic", "app", (name) =>
    msg("attribute macro `{name}` makes other items of this module", { name }),
  ),
  ...rewriting("windows windows_interface com", "interface", (name) =>
    msg("attribute macro `{name}` makes a struct of this trait", { name }),
  ),
  ...rewriting("mockall_double", "double", (name) => msg("attribute macro `{name}` may import another name", { name })),
];

function rewriting(crates: string, macros: string, reason: (name: string) => Message): readonly Entry[] {
  return macros.split(" ").map((name) => ({
    crates: crates.split(" "),
    macros: [name],
    effect: { kind: "rewrites", reason: reason(name) },
  }));
}

const SPECIAL: readonly Entry[] = [
  {
    crates: ["macro_rules_attribute", "macro_rules_attribute_proc_macro"],
    macros: ["apply", "macro_rules_attribute"],
    effect: { kind: "callsMacro" },
  },
  {
    crates: ["rustversion"],
    macros: ["since", "before", "not", "all", "any", "stable", "beta", "nightly", "attr"],
    effect: { kind: "rustVersion" },
  },
];

const TUPLE_CRATES: readonly string[] = ["variadics_please", "bevy_utils_proc_macros"];

/** Function-like macros. */
const FUNCTION_LIKE: readonly Entry[] = [
  { crates: ["paste", "pastey", "paste_impl"], macros: ["paste", "item", "expr"], effect: { kind: "expanded", by: "paste" } },
  { crates: ["seq_macro"], macros: ["seq"], effect: { kind: "expanded", by: "seq" } },
  { crates: TUPLE_CRATES, macros: ["all_tuples"], effect: { kind: "expanded", by: "plain" } },
  { crates: TUPLE_CRATES, macros: ["all_tuples_with_size"], effect: { kind: "expanded", by: "sized" } },
  { crates: TUPLE_CRATES, macros: ["all_tuples_enumerated"], effect: { kind: "expanded", by: "enumerated" } },
  values("bevy_reflect bevy_reflect_derive", "impl_reflect impl_reflect_opaque impl_type_path"),
  values("quote proc_macro proc_macro_error", "quote quote_spanned parse_quote"),
  values("phf phf_macros", "phf_map phf_set phf_ordered_map phf_ordered_set"),
  values("hex_literal", "hex"),
  values("include_dir include_dir_macros rust_embed", "include_dir"),
  values("indoc unindoc", "indoc formatdoc printdoc eprintdoc writedoc concatdoc"),
  values(
    "tokio tokio_macros futures futures_util futures_macro futures_lite",
    "select_priv_declare_output_enum select_priv_clean_pattern select select_biased join try_join join_internal try_join_internal select_internal select_biased_internal stream_select_internal",
  ),
  values("sqlx sqlx_macros", "query query_as query_scalar query_file query_file_as query_file_scalar migrate expand_query"),
  values(
    "lazy_regex lazy_regex_proc_macros",
    "regex bytes_regex lazy_regex bytes_lazy_regex regex_is_match regex_find regex_captures regex_replace regex_replace_all",
  ),
  values("time time_macros", "date time datetime offset utc_datetime format_description"),
  values("document_features", "document_features"),
  values("const_format const_format_proc_macros", "concatcp formatcp writec formatc"),
  values("maud maud_macros leptos leptos_macro yew yew_macro dioxus dioxus_core_macro html markup vy", "html view rsx html_debug"),
  values(
    "defmt defmt_macros",
    "trace debug info warn error println write intern panic assert assert_eq assert_ne debug_assert debug_assert_eq debug_assert_ne unwrap unreachable todo unimplemented",
  ),
  values("git_version git_version_macro vergen built", "git_version git_describe git_submodule_versions"),
  values("windows_sys windows_core windows_strings windows", "w s h"),
];

function table(entries: readonly Entry[]): ReadonlyMap<string, ProcMacroEffect> {
  const map = new Map<string, ProcMacroEffect>();
  for (const { crates, macros, effect } of entries)
    for (const krate of crates) for (const name of macros) map.set(`${krate}::${name}`, effect);
  return map;
}

const ATTRIBUTES = table([...BUILTIN, ...FUNCTIONS, ...EMBEDDED, ...TYPES, ...BECOMING, ...REWRITING, ...SPECIAL]);
const FUNCTIONS_LIKE = table(FUNCTION_LIKE);

const NAMES_OF_BECOMING: ReadonlySet<string> = new Set(BECOMING.flatMap(({ macros }) => macros));

/** Whether an attribute may be of a macro that makes another struct or enum, by how it is written. */
export function mayBecome(path: string): boolean {
  return NAMES_OF_BECOMING.has(path.slice(path.lastIndexOf(":") + 1));
}

/** What an attribute macro does to its item; `path` is the resolved path, `tokio::main` or `tokio_macros::main`. */
export function attributeMacroEffect(path: string): ProcMacroEffect {
  const name = path.split("::").at(-1) ?? path;
  return (
    ATTRIBUTES.get(crateAndName(path)) ?? { kind: "rewrites", reason: msg("attribute macro `{name}` may rewrite this item", { name }) }
  );
}

/** What a function-like procedural macro makes. */
export function functionLikeMacroEffect(path: string): ProcMacroEffect {
  const name = path.split("::").at(-1) ?? path;
  return (
    FUNCTIONS_LIKE.get(crateAndName(path)) ?? { kind: "rewrites", reason: msg("procedural macro `{name}!` is not expanded", { name }) }
  );
}

/** `a::b::c` → `a::c`. */
function crateAndName(path: string): string {
  const segments = path.split("::");
  return `${segments[0] ?? ""}::${segments.at(-1) ?? ""}`;
}
