/**
 * Lowers generic parameters and where-clauses.
 *
 * Example: `<'a, T: Copy + ?Sized = u8, const N: usize = 4> where [T; N]: Sized`.
 */
import type { SynNode } from "../syntax/syntax-node.ts";
import { child, field } from "../syntax/syntax-node.ts";
import type { GenericParam, RawGenerics, WherePredicate } from "./item-tree.ts";
import { lowerAttributes } from "./lower-attr.ts";
import type { TypeContext } from "./lower-type.ts";
import { lowerBound, lowerConstExpr, lowerType } from "./lower-type.ts";
import { identifierText } from "./names.ts";

/** The parameters and where-clauses of an item node. */
export function lowerGenerics(ctx: TypeContext, node: SynNode): RawGenerics {
  const params = field(node, "type_parameters") ?? child(node, "type_parameters");
  const clauses = node.children.filter((c) => c.kind === "where_clause");
  return {
    params: params === undefined ? [] : lowerParams(ctx, params),
    where: clauses.flatMap((clause) => clause.children.flatMap((c) => (c.kind === "where_predicate" ? lowerPredicate(ctx, c) : []))),
  };
}

function lowerParams(ctx: TypeContext, node: SynNode): readonly GenericParam[] {
  const out: GenericParam[] = [];
  let attributes: SynNode[] = [];
  for (const part of node.children) {
    if (part.kind === "attribute_item") {
      attributes.push(part);
      continue;
    }
    const param = lowerParam(ctx, part, attributes);
    if (param !== undefined) out.push(param);
    attributes = [];
  }
  return out;
}

function lowerParam(ctx: TypeContext, node: SynNode, attributes: readonly SynNode[]): GenericParam | undefined {
  const attrs = lowerAttributes(ctx, attributes);
  const nameNode = field(node, "name") ?? node;
  const name = identifierText(ctx.text.slice(nameNode.start, nameNode.end));
  switch (node.kind) {
    case "lifetime":
    case "lifetime_parameter":
      return { kind: "lifetime", name, attrs };
    case "const_parameter": {
      const type = field(node, "type");
      const value = field(node, "value");
      if (type === undefined) return undefined;
      return {
        kind: "const",
        name,
        type: lowerType(ctx, type),
        default: value === undefined ? undefined : lowerConstExpr(ctx, value),
        attrs,
      };
    }
    case "type_parameter":
    case "type_identifier":
    case "constrained_type_parameter":
    case "optional_type_parameter": {
      const bounds = field(node, "bounds");
      const type = field(node, "default_type");
      return {
        kind: "type",
        name,
        bounds: bounds === undefined ? [] : lowerBound(ctx, bounds),
        default: type === undefined ? undefined : lowerType(ctx, type),
        attrs,
      };
    }
    default:
      return undefined;
  }
}

function lowerPredicate(ctx: TypeContext, node: SynNode): readonly WherePredicate[] {
  const left = field(node, "left");
  const bounds = field(node, "bounds");
  if (left === undefined || bounds === undefined || left.kind === "lifetime") return [];
  const type = left.kind === "higher_ranked_trait_bound" ? (field(left, "type") ?? left) : left;
  return [{ type: lowerType(ctx, type), bounds: lowerBound(ctx, bounds) }];
}
