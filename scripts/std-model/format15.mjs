/**
 * rustdoc's JSON format 15 (rustc 1.63) in the shape of format 57: types are `{ kind, inner }` there, `dyn` types are paths to
 * traits, fields of tuple variants are types without items, and discriminants are missing (they are read from the source).
 */

const KINDS = new Map([
  ["import", "use"],
  ["typedef", "type_alias"],
  ["foreign_type", "extern_type"],
  ["method", "function"],
  ["primitive_type", "primitive"],
]);

const RENAMED = new Map([
  ["mutable", "is_mutable"],
  ["negative", "is_negative"],
  ["synthetic", "is_synthetic"],
  ["glob", "is_glob"],
  ["bindings", "constraints"],
  ["c_variadic", "is_c_variadic"],
  ["decl", "sig"],
]);

/** @param {any} json the document; its index and paths tell which paths name traits */
export function createFormat15(json) {
  const isTrait = (id) => json.index[id]?.kind === "trait" || json.paths[id]?.kind === "trait";
  return (raw) => {
    const kind = KINDS.get(raw.kind) ?? raw.kind;
    const inner = convert(raw.inner ?? {}, isTrait);
    const shape = SHAPES[kind];
    return [kind, shape === undefined ? inner : shape(inner)];
  };
}

const SHAPES = {
  struct: (inner) => ({ ...inner, kind: fieldsOf(inner.struct_type, inner.fields) }),
  variant: (inner) => ({ kind: fieldsOf(inner.variant_kind, inner.variant_inner), discriminant: "source" }),
  assoc_type: (inner) => ({ ...inner, type: inner.default }),
  assoc_const: (inner) => ({ ...inner, value: inner.default }),
  constant: (inner) => ({ type: inner.type, const: inner }),
  impl: (inner) => ({ ...inner, trait: pathOf(inner.trait) }),
};

function fieldsOf(kind, fields) {
  if (kind === "tuple") return { tuple: fields };
  if (kind === "plain" && fields !== undefined) return { plain: { fields } };
  return kind === "struct" ? { struct: { fields } } : kind;
}

function pathOf(type) {
  return type?.resolved_path ?? type?.dyn_trait?.traits[0].trait ?? type;
}

function convert(value, isTrait) {
  if (Array.isArray(value)) return value.map((child) => convert(child, isTrait));
  if (value === null || typeof value !== "object") return value;
  if (typeof value.kind === "string" && "inner" in value) return convertType(value, isTrait);
  if (value.kind === "infer") return "infer";
  return convertFields(value, isTrait);
}

function convertFields(value, isTrait) {
  const entries = Object.entries(value).map(([key, child]) => [RENAMED.get(key) ?? key, convert(child, isTrait)]);
  const result = Object.fromEntries(entries);
  if ("trait" in result && ("generic_params" in result || "self_type" in result)) result.trait = pathOf(result.trait);
  if (result.header !== undefined) result.header = { ...result.header, is_unsafe: result.header.unsafe, abi: result.header.abi };
  return result;
}

function convertType({ kind, inner }, isTrait) {
  const converted = convert(inner, isTrait);
  if (kind !== "resolved_path" || !isTrait(inner.id)) return { [kind]: converted };
  const others = (converted.param_names ?? []).filter((bound) => bound.trait_bound !== undefined).map(({ trait_bound: bound }) => bound);
  return { dyn_trait: { traits: [{ trait: converted, generic_params: [] }, ...others], lifetime: null } };
}
