/**
 * Evens out the format versions of rustdoc's JSON (1.63: 18, 1.85: 37, 1.96: 57) into one item shape:
 * `{ id, crateId, name, kind, visibility, attrs, span, inner }`, `attrs` being attribute texts as in source.
 *
 * Invariant: everything version-specific of the generator is here; `inner` follows format 57.
 */
import { attributesOf } from "./attributes.mjs";

/** An item in the shape of format 57, or undefined for what the model never needs (functions without a body, …). */
export function normalizeItem(raw, formatVersion) {
  const [kind, inner] = kindAndInner(raw, formatVersion);
  return {
    id: String(raw.id),
    crateId: raw.crate_id,
    name: raw.name,
    kind,
    visibility: raw.visibility,
    attrs: attributesOf(raw.attrs),
    span: raw.span,
    inner,
  };
}

function kindAndInner(raw) {
  if (typeof raw.inner === "string") return [raw.inner, {}];
  const kind = Object.keys(raw.inner)[0];
  return [kind, raw.inner[kind]];
}
