/**
 * Lowers syntax of types, paths, bounds and generic arguments to TypeRefs.
 *
 * Example: `dyn Read + Send` → dyn with two trait bounds; `(T)` → T; `(T,)` → a tuple of one.
 *
 * Invariant: never fails; what is not understood is `error` with a reason.
 */
import { msg } from "../base/message.ts";
import { damageOf } from "../syntax/damage.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { child, field, has, isComment } from "../syntax/syntax-node.ts";
import type { BlockScopes } from "./block-scope.ts";
import type { Expr } from "./expr.ts";
import { lowerExpr } from "./lower-expr.ts";
import type { ExprContext } from "./lower-expr-context.ts";
import { identifierText } from "./names.ts";
import type {
  AssocBindingRef,
  BoundRef,
  GenericArgRef,
  GenericArgsRef,
  PathAnchor,
  PathRef,
  PathSegment,
  TypeRef,
  TypeRefKind,
} from "./type-ref.ts";

/** The unit's text, which node offsets index. */
export interface TypeContext {
  readonly text: string;
  /** The text's blocks that declare items, which types may hold: `[u8; { const N: usize = 1; N }]`. */
  readonly scopes: BlockScopes;
}

/** The context `lowerExpr` needs to come back here for types. */
export function exprContext(ctx: TypeContext): ExprContext {
  return {
    text: ctx.text,
    scopes: ctx.scopes,
    lowerType: (node) => lowerType(ctx, node),
    lowerPath: (node) => lowerPath(ctx, node),
    lowerGenericArgs: (node) => lowerGenericArgs(ctx, node),
  };
}

/** An expression inside a type or item header: an array length, a discriminant, a const argument. */
export function lowerConstExpr(ctx: TypeContext, node: SynNode): Expr {
  return lowerExpr(exprContext(ctx), node);
}

/** A type node → TypeRef. */
export function lowerType(ctx: TypeContext, node: SynNode): TypeRef {
  return { ...typeKind(ctx, node), range: { start: node.start, end: node.end } };
}

function typeKind(ctx: TypeContext, node: SynNode): TypeRefKind {
  switch (node.kind) {
    case "type_identifier":
    case "identifier":
      return node.end - node.start === 1 && ctx.text[node.start] === "_" ? { kind: "infer" } : { kind: "path", path: lowerPath(ctx, node) };
    case "scoped_type_identifier":
    case "generic_type":
    case "generic_type_with_turbofish":
    case "primitive_type":
    case "scoped_identifier":
    case "metavariable":
    case "self":
    case "crate":
    case "super":
      return { kind: "path", path: lowerPath(ctx, node) };
    case "reference_type":
      return { kind: "ref", mutable: has(node, "mutable_specifier"), target: typeField(ctx, node, "type") };
    case "pointer_type":
      return { kind: "pointer", mutable: has(node, "mutable_specifier"), target: typeField(ctx, node, "type") };
    case "unit_type":
      return { kind: "tuple", elements: [] };
    case "tuple_type":
      return tupleKind(ctx, node);
    case "array_type":
      return arrayKind(ctx, node);
    case "never_type":
      return { kind: "never" };
    case "function_type":
      return functionKind(ctx, node);
    case "macro_invocation":
      return macroKind(ctx, node);
    case "dynamic_type":
      return { kind: "dyn", bounds: traitFieldBounds(ctx, node) };
    case "abstract_type":
      return { kind: "impl", bounds: traitFieldBounds(ctx, node) };
    case "bounded_type":
      return boundedKind(ctx, node);
    default:
      return {
        kind: "error",
        reason: node.hasError ? damageOf(node, "type") : msg("a type of this form (`{kind}`) is not understood", { kind: node.kind }),
      };
  }
}

function typeField(ctx: TypeContext, node: SynNode, name: string): TypeRef {
  const part = field(node, name);
  if (part === undefined)
    return { kind: "error", reason: msg("this type has a syntax error"), range: { start: node.start, end: node.end } };
  return lowerType(ctx, part);
}

function typeChildren(node: SynNode): readonly SynNode[] {
  return node.children.filter((c) => !isComment(c) && c.kind !== "attribute_item");
}

function tupleKind(ctx: TypeContext, node: SynNode): TypeRefKind {
  const parts = typeChildren(node);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && !ctx.text.slice(only.end, node.end).includes(",")) return typeKind(ctx, only);
  return { kind: "tuple", elements: parts.map((part) => lowerType(ctx, part)) };
}

function arrayKind(ctx: TypeContext, node: SynNode): TypeRefKind {
  const element = typeField(ctx, node, "element");
  const length = field(node, "length");
  return length === undefined ? { kind: "slice", element } : { kind: "array", element, length: lowerConstExpr(ctx, length) };
}

function macroKind(ctx: TypeContext, node: SynNode): TypeRefKind {
  const name = field(node, "macro");
  const args = child(node, "token_tree");
  if (name === undefined || args === undefined) return { kind: "error", reason: msg("this macro call has a syntax error") };
  return { kind: "macroCall", path: lowerPath(ctx, name), args: ctx.text.slice(args.start + 1, args.end - 1), argsStart: args.start + 1 };
}

function functionKind(ctx: TypeContext, node: SynNode): TypeRefKind {
  if (field(node, "trait") !== undefined) return { kind: "dyn", bounds: [traitBound(ctx, node)] };
  const modifiers = child(node, "function_modifiers");
  const extern = modifiers === undefined ? undefined : child(modifiers, "extern_modifier");
  const parameters = field(node, "parameters");
  const result = field(node, "return_type");
  return {
    kind: "fnPtr",
    params: parameters === undefined ? [] : parameterTypes(ctx, parameters),
    result: result === undefined ? undefined : lowerType(ctx, result),
    abi: extern === undefined ? undefined : externAbi(ctx, extern),
    isUnsafe: modifiers !== undefined && has(modifiers, "unsafe"),
    isVariadic: parameters !== undefined && has(parameters, "variadic_parameter"),
  };
}

/** The ABI of `extern "C"`; plain `extern` is `C`. */
export function externAbi(ctx: TypeContext, node: SynNode): string {
  const literal = node.children.find((c) => c.kind === "string_literal" || c.kind === "raw_string_literal");
  if (literal === undefined) return "C";
  return ctx.text
    .slice(literal.start, literal.end)
    .replace(/^r?#*"/, "")
    .replace(/"#*$/, "");
}

function parameterTypes(ctx: TypeContext, parameters: SynNode): readonly TypeRef[] {
  const out: TypeRef[] = [];
  for (const part of typeChildren(parameters)) {
    if (part.kind === "variadic_parameter" || part.kind === "self_parameter") continue;
    out.push(part.kind === "parameter" ? typeField(ctx, part, "type") : lowerType(ctx, part));
  }
  return out;
}

function traitFieldBounds(ctx: TypeContext, node: SynNode): readonly BoundRef[] {
  const bound = field(node, "trait");
  return bound === undefined ? [] : lowerBound(ctx, bound);
}

/** `A + B`: a `dyn` or `impl` at the far left makes it one type of all bounds; bare bounds are a pre-2021 trait object. */
function boundedKind(ctx: TypeContext, node: SynNode): TypeRefKind {
  const head = leftmost(node);
  const bounds = lowerBound(ctx, node);
  return head.kind === "abstract_type" ? { kind: "impl", bounds } : { kind: "dyn", bounds };
}

function leftmost(node: SynNode): SynNode {
  let at = node;
  while (at.kind === "bounded_type") {
    const first = at.children.find((c) => !isComment(c));
    if (first === undefined) return at;
    at = first;
  }
  return at;
}

/** All bounds a node stands for: `A + ?B + 'a` is three. */
export function lowerBound(ctx: TypeContext, node: SynNode): readonly BoundRef[] {
  switch (node.kind) {
    case "bounded_type":
    case "trait_bounds":
    case "bracketed_bounds":
      return boundParts(node).flatMap((c) => lowerBound(ctx, c));
    case "dynamic_type":
    case "abstract_type":
      return traitFieldBounds(ctx, node);
    case "lifetime":
      return [{ kind: "lifetime", name: ctx.text.slice(node.start, node.end) }];
    case "use_bounds":
      return [{ kind: "use" }];
    case "removed_trait_bound":
      return lastType(node).map((type) => ({ ...traitBound(ctx, type), maybe: true }));
    case "tuple_type":
      return typeChildren(node).flatMap((c) => lowerBound(ctx, c));
    default:
      return [traitBound(ctx, node)];
  }
}

function boundParts(node: SynNode): readonly SynNode[] {
  return node.children.filter((c) => !isComment(c) && c.kind !== "+" && c.kind !== "=");
}

function lastType(node: SynNode): readonly SynNode[] {
  const type = node.children.filter((c) => !isComment(c) && c.kind !== "?").at(-1);
  return type === undefined ? [] : [type];
}

type TraitBound = Extract<BoundRef, { kind: "trait" }>;

function traitBound(ctx: TypeContext, node: SynNode): TraitBound {
  switch (node.kind) {
    case "higher_ranked_trait_bound": {
      const type = field(node, "type");
      if (type !== undefined) return traitBound(ctx, type);
      break;
    }
    case "const_trait_bound":
    case "maybe_const_trait_bound": {
      const [type] = lastType(node);
      if (type !== undefined) return { ...traitBound(ctx, type), isConst: true };
      break;
    }
    case "function_type":
      return { kind: "trait", path: functionTraitPath(ctx, node), maybe: false, isConst: false };
    default:
      break;
  }
  return { kind: "trait", path: lowerPath(ctx, node), maybe: false, isConst: false };
}

/** `Fn(A) -> B` as a path whose last segment has parenthesised arguments. */
function functionTraitPath(ctx: TypeContext, node: SynNode): PathRef {
  const trait = field(node, "trait");
  if (trait === undefined) return errorPath(node);
  const path = lowerPath(ctx, trait);
  const parameters = field(node, "parameters");
  const result = field(node, "return_type");
  const args: GenericArgsRef = {
    args: [],
    bindings: [],
    parenthesized: {
      inputs: parameters === undefined ? [] : parameterTypes(ctx, parameters),
      output: result === undefined ? undefined : lowerType(ctx, result),
    },
  };
  return { ...path, segments: withLastArgs(path.segments, args), range: { start: node.start, end: node.end } };
}

function withLastArgs(segments: readonly PathSegment[], args: GenericArgsRef): readonly PathSegment[] {
  return segments.map((one, i) => (i === segments.length - 1 ? { ...one, args } : one));
}

function errorPath(node: SynNode): PathRef {
  return { anchor: { kind: "plain" }, qualified: undefined, segments: [], range: { start: node.start, end: node.end } };
}

/** A path in a type, an expression, a `use` or a bound. A path without segments is one that could not be read. */
export function lowerPath(ctx: TypeContext, node: SynNode): PathRef {
  const range = { start: node.start, end: node.end };
  switch (node.kind) {
    case "scoped_type_identifier":
    case "scoped_identifier":
      return { ...scopedPath(ctx, node), range };
    case "generic_type":
    case "generic_type_with_turbofish":
    case "generic_function":
      return { ...genericPath(ctx, node), range };
    case "bracketed_type":
      return { ...qualifiedPath(ctx, node), range };
    case "self":
      return { anchor: { kind: "self" }, qualified: undefined, segments: [], range };
    case "crate":
      return { anchor: { kind: "crate" }, qualified: undefined, segments: [], range };
    case "super":
      return { anchor: { kind: "super", count: 1 }, qualified: undefined, segments: [], range };
    case "metavariable":
      return metavariablePath(ctx, node);
    case "removed_trait_bound":
    case "higher_ranked_trait_bound":
      return lastType(node).map((type) => lowerPath(ctx, type))[0] ?? errorPath(node);
    case "type_identifier":
    case "primitive_type":
    case "identifier":
    case "field_identifier":
    case "shorthand_field_identifier":
      return { anchor: { kind: "plain" }, qualified: undefined, segments: [segment(ctx, node)], range };
    default:
      return node.children.length === 0 && !node.hasError && /^[\p{L}_]/u.test(ctx.text.slice(node.start, node.end))
        ? { anchor: { kind: "plain" }, qualified: undefined, segments: [segment(ctx, node)], range }
        : errorPath(node);
  }
}

function metavariablePath(ctx: TypeContext, node: SynNode): PathRef {
  const range = { start: node.start, end: node.end };
  const crate = /^\$crate_(\d+)$/.exec(ctx.text.slice(node.start, node.end))?.[1];
  if (crate === undefined) return errorPath(node);
  return { anchor: { kind: "dollarCrate", crate: Number(crate) }, qualified: undefined, segments: [], range };
}

function segment(ctx: TypeContext, node: SynNode, args?: GenericArgsRef): PathSegment {
  return { name: identifierText(ctx.text.slice(node.start, node.end)), args, range: { start: node.start, end: node.end } };
}

function scopedPath(ctx: TypeContext, node: SynNode): PathRef {
  const name = field(node, "name");
  const prefix = field(node, "path");
  if (name === undefined) return errorPath(node);
  if (prefix === undefined) return { anchor: { kind: "global" }, qualified: undefined, segments: [segment(ctx, name)], range: name };
  const path = lowerPath(ctx, prefix);
  if (name.kind === "super" && path.segments.length === 0) return superPath(path, name);
  if (path.segments.length === 0 && path.qualified === undefined && path.anchor.kind === "plain") return path;
  return { ...path, segments: [...path.segments, segment(ctx, name)] };
}

function superPath(path: PathRef, name: SynNode): PathRef {
  const count = path.anchor.kind === "super" ? path.anchor.count + 1 : 1;
  const anchor: PathAnchor = { kind: "super", count };
  return { ...path, anchor, range: { start: path.range.start, end: name.end } };
}

function genericPath(ctx: TypeContext, node: SynNode): PathRef {
  const base = field(node, "type") ?? field(node, "function");
  const args = field(node, "type_arguments");
  if (base === undefined || args === undefined) return errorPath(node);
  const path = lowerPath(ctx, base);
  return { ...path, segments: withLastArgs(path.segments, lowerGenericArgs(ctx, args)) };
}

/** `<T>` or `<T as Trait>` in front of `::name`. */
function qualifiedPath(ctx: TypeContext, node: SynNode): PathRef {
  const inner = node.children.find((c) => !isComment(c));
  const anchor: PathAnchor = { kind: "plain" };
  if (inner === undefined) return errorPath(node);
  if (inner.kind !== "qualified_type") {
    return { anchor, qualified: { type: lowerType(ctx, inner), traitPath: undefined }, segments: [], range: node };
  }
  const type = field(inner, "type");
  const alias = field(inner, "alias");
  if (type === undefined || alias === undefined) return errorPath(node);
  const traitPath = alias.kind === "function_type" ? functionTraitPath(ctx, alias) : lowerPath(ctx, alias);
  return { anchor, qualified: { type: lowerType(ctx, type), traitPath }, segments: [], range: node };
}

/** `<A, 'a, 3, Item = B>` */
export function lowerGenericArgs(ctx: TypeContext, node: SynNode): GenericArgsRef {
  const args: GenericArgRef[] = [];
  const bindings: AssocBindingRef[] = [];
  const parts = node.children.filter((c) => !isComment(c));
  parts.forEach((part, i) => {
    const bounds = parts[i + 1];
    if (part.kind === "trait_bounds") return;
    if (part.kind === "type_binding") bindings.push(binding(ctx, part));
    else if (bounds?.kind === "trait_bounds") bindings.push(boundBinding(ctx, part, bounds));
    else args.push(genericArg(ctx, part));
  });
  return { args, bindings, parenthesized: undefined };
}

function binding(ctx: TypeContext, node: SynNode): AssocBindingRef {
  const name = field(node, "name");
  const type = field(node, "type");
  const args = field(node, "type_arguments");
  return {
    name: name === undefined ? "" : identifierText(ctx.text.slice(name.start, name.end)),
    args: args === undefined ? undefined : lowerGenericArgs(ctx, args),
    type: type === undefined ? undefined : lowerType(ctx, type),
    bounds: [],
  };
}

function boundBinding(ctx: TypeContext, node: SynNode, bounds: SynNode): AssocBindingRef {
  const last = lowerPath(ctx, node).segments.at(-1);
  return { name: last?.name ?? "", args: last?.args, type: undefined, bounds: lowerBound(ctx, bounds) };
}

function genericArg(ctx: TypeContext, node: SynNode): GenericArgRef {
  if (node.kind === "lifetime") return { kind: "lifetime", name: ctx.text.slice(node.start, node.end) };
  if (node.kind === "block" || node.kind === "const_block" || node.kind.endsWith("_literal") || node.kind === "unary_expression") {
    return { kind: "const", expr: lowerConstExpr(ctx, node) };
  }
  return { kind: "type", type: lowerType(ctx, node) };
}
