/**
 * What a feature turns on, as `[features]` writes it: another feature (`std`), an optional dependency (`dep:serde`), or a
 * feature of a dependency (`serde/std`; weak, `serde?/std`: only if something else turns `serde` on).
 *
 * Source: Cargo Book, "Features"; cargo 1.95 `core/summary.rs` (`FeatureValue::new`).
 */
export type FeatureValue =
  | { readonly kind: "feature"; readonly feature: string }
  | { readonly kind: "dependency"; readonly dependency: string }
  | { readonly kind: "dependencyFeature"; readonly dependency: string; readonly feature: string; readonly weak: boolean };

/** Reads one entry of a feature's list (or of a dependency's `features`, or of `--features`). */
export function featureValue(text: string): FeatureValue {
  const slash = text.indexOf("/");
  if (slash >= 0) {
    const before = text.slice(0, slash);
    const weak = before.endsWith("?");
    return { kind: "dependencyFeature", dependency: weak ? before.slice(0, -1) : before, feature: text.slice(slash + 1), weak };
  }
  return text.startsWith("dep:") ? { kind: "dependency", dependency: text.slice(4) } : { kind: "feature", feature: text };
}
