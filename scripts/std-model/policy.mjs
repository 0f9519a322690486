/**
 * What is left out of the model for size: facts that no size, niche, marker trait or projection of user code depends on.
 *
 * Internal modules that are public only for std's own tests, constants of `core::arch`, operators and conversions of vector types,
 * comparisons of function pointers,
 * impls of std's private optimisation traits, and, of types that cannot be named from outside, all impls but those of
 * marker traits, `Clone`, `Drop`, `Fn` and its like, and traits with associated types.
 */

const INTERNAL_MODULES =
  /^(core::(num::(flt2dec|dec2flt|diy_float|bignum|fmt|imp|int_sqrt|uint_macros)|unicode|panicking|f16|f128|intrinsics|contracts|unsafe_binder|ub_checks)|proc_macro::bridge|std::(f16|f128))(::|$)/;

/** Traits whose impls decide nothing outside std's own method bodies. */
const INTERNAL_TRAITS = new Set([
  "core::array::SpecArrayClone",
  "core::cell::CloneFromCell",
  "core::clone::TrivialClone",
  "core::clone::UseCloned",
  "core::cmp::bytewise::BytewiseEq",
  "core::iter::adapters::SourceIter",
  "core::iter::adapters::flatten::OneShot",
  "core::iter::adapters::zip::TrustedRandomAccess",
  "core::iter::adapters::zip::TrustedRandomAccessNoCoerce",
  "core::iter::traits::marker::InPlaceIterable",
  "core::iter::traits::marker::TrustedFused",
  "core::iter::traits::marker::TrustedLen",
  "core::iter::traits::marker::TrustedStep",
  "core::marker::ConstParamTy_",
  "core::marker::StructuralEq",
  "core::marker::StructuralPartialEq",
  "core::marker::UnsizedConstParamTy",
]);

const VECTOR_MODULES = /^core::(core_arch|core_simd)(::|$)/;
const VECTOR_TRAITS = /^core::(clone::Clone|marker::\w+|core_simd::.*Element|core_simd::.*SupportedLaneCount)$/;
const MARKER_TRAITS = /^core::(marker::\w+|clone::Clone|ops::drop::Drop|ops::function::\w+|panic::unwind_safe::\w+)$/;

export const POLICY = {
  skipsModule: (name) => INTERNAL_MODULES.test(name),
  skipsItem: (item, modulePath) => item.kind === "constant" && VECTOR_MODULES.test(modulePath.join("::")),
  skipsImpl: ({ crate, item, header }, isPublic) => {
    if (header.trait === undefined) return false;
    const trait = header.trait.path.join("::");
    if (INTERNAL_TRAITS.has(trait) || /(^|::)(Sealed|Sealed\d|SpecOptionPartialEq)$/.test(trait)) return true;
    if (header.types.some((place) => VECTOR_MODULES.test(place.path.join("::")))) return !VECTOR_TRAITS.test(trait);
    // Until 1.70 std implemented them for each number of arguments; since then for the builtin trait `FnPtr`.
    if (item.inner.for.function_pointer !== undefined) return true;
    if (MARKER_TRAITS.test(trait) || hasAssociatedItems(header.trait)) return false;
    return header.types.some((place) => place.crate === crate && !isPublic(place));
  },
};

function hasAssociatedItems({ crate, item }) {
  return (item.inner.items ?? []).some((id) => /^assoc_(type|const)$/.test(crate.items.get(String(id))?.kind ?? ""));
}
