/**
 * What is left out of the model for size: facts that no size, niche, marker trait or projection of user code depends on.
 *
 * Constants of `core::arch`, operators and conversions of vector types, and impls of std's private optimisation traits.
 */

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

export const POLICY = {
  skipsItem: (item, modulePath) => item.kind === "constant" && VECTOR_MODULES.test(modulePath.join("::")),
  skipsImpl: (item, header) => {
    if (header.trait === undefined) return false;
    const trait = header.trait.path.join("::");
    if (INTERNAL_TRAITS.has(trait) || /(^|::)(Sealed|Sealed\d|SpecOptionPartialEq)$/.test(trait)) return true;
    const concernsVectors = header.types.some((place) => VECTOR_MODULES.test(place.path.join("::")));
    return concernsVectors && !VECTOR_TRAITS.test(trait);
  },
};
