/**
 * The attributes that layout or the language needs, as source text without spaces: `#[repr(transparent)]`,
 * `#[lang="owned_box"]`, `#[fundamental]`. Everything else (stability, docs, lints, codegen) is dropped.
 *
 * rustdoc gives them as source text (until 1.85), or as JSON and compiler-debug text (`#[attr = Lang(UnsafeCell)]`, 1.96).
 */

const KEPT =
  /^#\[(repr|lang|rustc_layout_scalar_valid_range_start|rustc_layout_scalar_valid_range_end|fundamental|non_exhaustive|marker|rustc_paren_sugar|macro_export|rustc_reservation_impl|rustc_builtin_macro)\b/;

/** Says of `UnsafeCell` what its lang item says; gone since 1.67. */
const IMPLIED = new Set(["#[repr(no_niche)]"]);

/** Debug texts of parsed attributes (1.96) → source text. */
const PARSED = [
  [/^Lang\((\w+)\)$/, (match) => `#[lang="${langName(match[1])}"]`],
  [
    /^RustcLayoutScalarValidRange(Start|End)\((\d+)\)$/,
    (match) => `#[rustc_layout_scalar_valid_range_${match[1].toLowerCase()}(${match[2]})]`,
  ],
  [/^Fundamental$/, () => "#[fundamental]"],
  [/^Marker$/, () => "#[marker]"],
  [/^RustcParenSugar$/, () => "#[rustc_paren_sugar]"],
  [/^RustcReservationImpl\b/, () => "#[rustc_reservation_impl]"],
  [/^RustcBuiltinMacro\b/, () => "#[rustc_builtin_macro]"],
];

/** Lang items whose attribute text is not the snake case of the compiler's name for them (rustc_hir/src/lang_items.rs). */
const LANG_NAMES = new Map([
  ["PartialEq", "eq"],
  ["OrderingEnum", "Ordering"],
  ["RangeInclusiveStruct", "RangeInclusive"],
  ["DerefTarget", "deref_target"],
  ["OptionSome", "Some"],
  ["OptionNone", "None"],
  ["ResultOk", "Ok"],
  ["ResultErr", "Err"],
  ["PollReady", "Ready"],
  ["PollPending", "Pending"],
  ["ControlFlowContinue", "Continue"],
  ["ControlFlowBreak", "Break"],
  ...["Option", "Result", "String", "Poll", "Context", "CStr", "Range", "RangeFrom", "RangeFull", "RangeTo", "RangeToInclusive"].map(
    (n) => [n, n],
  ),
  ...["RangeCopy", "RangeFromCopy", "RangeInclusiveCopy", "RangeToInclusiveCopy", "ResumeTy"].map((n) => [n, n]),
  ["FnPtrTrait", "fn_ptr_trait"],
  ["PointeeTrait", "pointee_trait"],
  ["StructuralPeq", "structural_peq"],
]);

/** @param {string} variant a variant of rustc's LangItem (`OwnedBox`) → the attribute's text (`owned_box`) */
export function langName(variant) {
  return LANG_NAMES.get(variant) ?? variant.replace(/(?<!^)([A-Z])/g, "_$1").toLowerCase();
}

/** @param {readonly any[]} attrs rustdoc's list of attributes of an item */
export function attributesOf(attrs) {
  return attrs.flatMap((attr) => {
    if (typeof attr === "string") return fromWord(attr);
    if (attr.repr !== undefined) return reprText(attr.repr);
    return attr.other === undefined ? [] : fromText(attr.other);
  });
}

function fromWord(attr) {
  if (attr.startsWith("#[")) return fromText(attr);
  return attr === "non_exhaustive" || attr === "macro_export" ? [`#[${attr}]`] : [];
}

function fromText(text) {
  const parsed = /^#\[attr = ([\s\S]*)\]$/.exec(text.trim());
  if (parsed === null) return KEPT.test(text) && !IMPLIED.has(text) ? [text.replace(/\s+/g, "")] : [];
  for (const [pattern, render] of PARSED) {
    const match = pattern.exec(parsed[1].trim());
    if (match !== null) return [render(match)];
  }
  return [];
}

function reprText(repr) {
  const parts = [
    ...(repr.kind === "rust" ? [] : [repr.kind === "c" ? "C" : repr.kind]),
    ...(repr.int === null ? [] : [repr.int]),
    ...(repr.align === null ? [] : [`align(${repr.align})`]),
    ...(repr.packed === null ? [] : [repr.packed === 1 ? "packed" : `packed(${repr.packed})`]),
  ];
  return parts.length === 0 ? [] : [`#[repr(${parts.join(",")})]`];
}
