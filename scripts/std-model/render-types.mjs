/**
 * Types, bounds and generics of rustdoc's JSON as Rust text without spaces that are not needed; every path absolute.
 *
 * The context `ctx` gives `refer(id, written)`: the absolute path of an item by id (`::core::option::Option`); it also notes
 * that the item is needed. Outlives bounds and lifetimes of `dyn` are dropped: nothing the model answers depends on them.
 * Example: `{borrowed_ref: …}` → `&'a mut [::core::mem::MaybeUninit<T>]`.
 */

const PRIMITIVES = new Map([
  ["never", "!"],
  ["unit", "()"],
]);

export function renderType(ctx, type) {
  if (type === "infer") return "_";
  const kind = Object.keys(type)[0];
  const render = TYPE_RENDERERS[kind];
  if (render === undefined) throw new Error(`type kind ${kind} is not known`);
  return render(ctx, type[kind]);
}

const TYPE_RENDERERS = {
  primitive: (_ctx, name) => PRIMITIVES.get(name) ?? name,
  generic: (_ctx, name) => name,
  infer: () => "_",
  resolved_path: (ctx, path) => ctx.refer(String(path.id), path.path ?? path.name) + renderArgs(ctx, path.args),
  tuple: (ctx, types) => `(${types.map((t) => renderType(ctx, t)).join(",")}${types.length === 1 ? "," : ""})`,
  slice: (ctx, type) => `[${renderType(ctx, type)}]`,
  array: (ctx, array) => `[${renderType(ctx, array.type)};${ctx.constText(array.len)}]`,
  raw_pointer: (ctx, p) => `*${p.is_mutable ? "mut" : "const"} ${parenthesized(renderType(ctx, p.type))}`,
  borrowed_ref: (ctx, r) =>
    `&${r.lifetime === null ? "" : `${r.lifetime} `}${r.is_mutable ? "mut " : ""}${parenthesized(renderType(ctx, r.type))}`,
  dyn_trait: renderDyn,
  function_pointer: renderFunctionPointer,
  qualified_path: renderProjection,
  impl_trait: (ctx) => ctx.hiddenType(),
  pat: (ctx, pat) => `pattern_type!(${renderType(ctx, pat.type)} is ${pat.__pat_unstable_do_not_use})`,
};

function parenthesized(text) {
  return /^(dyn|impl) .*\+/.test(text) ? `(${text})` : text;
}

function renderDyn(ctx, dyn) {
  return `dyn ${dyn.traits.map((t) => binder(t.generic_params) + renderTrait(ctx, t.trait)).join("+")}`;
}

function renderFunctionPointer(ctx, pointer) {
  const { inputs, output, is_c_variadic: variadic } = pointer.sig;
  const params = inputs.map(([, type]) => renderType(ctx, type));
  if (variadic) params.push("...");
  const result = output === null ? "" : `->${renderType(ctx, output)}`;
  return `${binder(pointer.generic_params)}${pointer.header.is_unsafe ? "unsafe " : ""}${abiText(pointer.header.abi)}fn(${params.join(",")})${result}`;
}

/** `"Rust"` → ``, `{"C":{"unwind":true}}` → `extern "C-unwind" `. */
export function abiText(abi) {
  if (abi === "Rust") return "";
  if (typeof abi === "string") return `extern "${abi}" `;
  const [name, { unwind }] = Object.entries(abi)[0];
  const text = name === "Other" ? String(abi.Other).replaceAll('"', "") : name.toLowerCase() === "c" ? "C" : name.toLowerCase();
  return `extern "${text}${unwind ? "-unwind" : ""}" `;
}

/** Number types, whose operators all give the type itself. */
const OPERAND = /^(?:::core::num::(?:wrapping::Wrapping|saturating::Saturating)<)?(?:bool|[iuf](?:\d+|size))>?$/;

function renderProjection(ctx, projection) {
  const self = renderType(ctx, projection.self_type);
  const name = projection.name + renderArgs(ctx, projection.args);
  // `<u8 as Shl<u16>>::Output`: rustdoc of some versions shows the macro's projection, of others its value.
  if (projection.name === "Output" && OPERAND.test(self)) return self;
  if (projection.trait === null || projection.trait === undefined) return `<${self}>::${name}`;
  return `<${self} as ${renderTrait(ctx, projection.trait)}>::${name}`;
}

/** A path to a trait with its arguments: `::core::iter::Iterator<Item=T>`. */
export function renderTrait(ctx, trait) {
  return ctx.refer(String(trait.id), trait.path ?? trait.name) + renderArgs(ctx, trait.args);
}

export function renderArgs(ctx, args) {
  if (args === null || args === undefined) return "";
  if (args.parenthesized !== undefined) {
    const { inputs, output } = args.parenthesized;
    const result = output === null ? "" : `->${renderType(ctx, output)}`;
    return `(${inputs.map((t) => renderType(ctx, t)).join(",")})${result}`;
  }
  const { args: positional, constraints } = args.angle_bracketed;
  const parts = [...positional.map((arg) => renderArg(ctx, arg)), ...constraints.map((c) => renderConstraint(ctx, c))];
  return parts.length === 0 ? "" : `<${parts.join(",")}>`;
}

function renderArg(ctx, arg) {
  if (arg === "infer") return "_";
  if (arg.lifetime !== undefined) return arg.lifetime;
  if (arg.type !== undefined) return renderType(ctx, arg.type);
  return ctx.constText(arg.const.expr);
}

function renderConstraint(ctx, constraint) {
  const name = constraint.name + renderArgs(ctx, constraint.args);
  const { equality, constraint: bounds } = constraint.binding;
  if (bounds !== undefined) return `${name}:${renderBounds(ctx, bounds).join("+")}`;
  return `${name}=${equality.type === undefined ? ctx.constText(equality.constant.expr) : renderType(ctx, equality.type)}`;
}

/** Bounds as texts; outlives and `use<..>` bounds are left out. */
export function renderBounds(ctx, bounds) {
  return bounds.flatMap((bound) => {
    if (bound.trait_bound === undefined) return [];
    const { trait, generic_params: params, modifier } = bound.trait_bound;
    return [`${modifier === "maybe" ? "?" : ""}${binder(params)}${renderTrait(ctx, trait)}`];
  });
}

/** `for<'a,'b>` of a higher-ranked bound or function pointer, or nothing. */
export function binder(params) {
  const lifetimes = params.filter((p) => p.kind.lifetime !== undefined).map((p) => p.name);
  return lifetimes.length === 0 ? "" : `for<${lifetimes.join(",")}>`;
}

/**
 * Bounds of a type parameter. A bound by `PointeeSized` or `MetaSized` (since 1.9x) takes the implied `Sized` away as
 * `?Sized` does, which is what is written.
 */
function renderParamBounds(ctx, bounds) {
  const texts = renderBounds(ctx, bounds);
  return texts.map((text) => (/^::core::marker::(PointeeSized|MetaSized)$/.test(text) ? "?::core::marker::Sized" : text));
}

/** `<'a,T:Bound=Default,const N:usize>` or nothing. */
export function renderGenerics(ctx, generics) {
  const params = generics.params.filter((p) => p.kind.type?.is_synthetic !== true).map((p) => renderParam(ctx, p));
  return params.length === 0 ? "" : `<${params.join(",")}>`;
}

function renderParam(ctx, param) {
  const { lifetime, type, const: constant } = param.kind;
  if (lifetime !== undefined) return param.name;
  if (type !== undefined) {
    const bounds = renderParamBounds(ctx, type.bounds);
    const fallback = type.default === null ? "" : `=${renderType(ctx, type.default)}`;
    return `${param.name}${bounds.length === 0 ? "" : `:${bounds.join("+")}`}${fallback}`;
  }
  const fallback = constant.default === null || constant.default.startsWith("{") ? "" : `=${ctx.constText(constant.default)}`;
  return `const ${param.name}:${renderType(ctx, constant.type)}${fallback}`;
}

/** ` where T:Bound,…` or nothing. */
export function renderWhere(ctx, generics) {
  const predicates = generics.where_predicates.flatMap((predicate) => {
    if (predicate.bound_predicate !== undefined) return renderBoundPredicate(ctx, predicate.bound_predicate);
    if (predicate.eq_predicate === undefined) return [];
    throw new Error("equality predicates are not known");
  });
  return predicates.length === 0 ? "" : ` where ${predicates.join(",")}`;
}

function renderBoundPredicate(ctx, predicate) {
  const bounds = renderParamBounds(ctx, predicate.bounds);
  if (bounds.length === 0) return [];
  return [`${binder(predicate.generic_params)}${renderType(ctx, predicate.type)}:${bounds.join("+")}`];
}
