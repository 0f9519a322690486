/**
 * Evens out the format versions of rustdoc's JSON (15 of rustc 1.63, 37 of 1.85, 57 of 1.96) into one item shape:
 * `{ id, crateId, name, kind, visibility, attrs, span, inner }`, `attrs` being attribute texts as in source.
 *
 * Invariant: `inner` follows format 57, whose differences from 37 the generator never meets.
 */
import { attributesOf } from "./attributes.mjs";
import { createFormat15 } from "./format15.mjs";

/** Returns a function from rustdoc's items to the generator's, for one document. */
export function itemReader(json) {
  const convert = json.format_version < 20 ? createFormat15(json) : kindAndInner;
  return (raw) => {
    const [kind, inner] = convert(raw);
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
  };
}

function kindAndInner(raw) {
  if (typeof raw.inner === "string") return [raw.inner, {}];
  const kind = Object.keys(raw.inner)[0];
  return [kind, raw.inner[kind]];
}
