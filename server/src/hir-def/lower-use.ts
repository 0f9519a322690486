/**
 * Lowers `use` trees to their leaves.
 *
 * Example: `use a::{b, c::*, d as _, self}` → a::b, glob a::c, a::d as `_`, a.
 */
import type { SynNode } from "../syntax/syntax-node.ts";
import { field, isComment } from "../syntax/syntax-node.ts";
import type { RawImport } from "./item-tree.ts";
import type { TypeContext } from "./lower-type.ts";
import { lowerPath } from "./lower-type.ts";
import { identifierText } from "./names.ts";
import type { PathRef } from "./type-ref.ts";
import { joinedPath } from "./written-path.ts";

/** The leaves of a `use_declaration`. */
export function lowerUse(ctx: TypeContext, node: SynNode): readonly RawImport[] {
  const tree = field(node, "argument");
  return tree === undefined ? [] : useTree(ctx, tree, undefined);
}

function useTree(ctx: TypeContext, node: SynNode, prefix: PathRef | undefined): readonly RawImport[] {
  const range = { start: node.start, end: node.end };
  switch (node.kind) {
    case "use_list":
      return node.children.filter((c) => !isComment(c)).flatMap((c) => useTree(ctx, c, prefix));
    case "scoped_use_list": {
      const path = field(node, "path");
      const list = field(node, "list");
      if (list === undefined) return [];
      const start = path === undefined ? (prefix ?? globalPath(range)) : joinedPath(prefix, lowerPath(ctx, path));
      return useTree(ctx, list, start);
    }
    case "use_wildcard": {
      const path = node.children.find((c) => !isComment(c) && c.kind !== "*");
      const written = ctx.text.slice(node.start, node.end).trimStart();
      const target =
        path === undefined
          ? (prefix ?? (written.startsWith("::") ? globalPath(range) : plainPath(range)))
          : joinedPath(prefix, lowerPath(ctx, path));
      return [{ path: target, isGlob: true, name: undefined, range }];
    }
    case "use_as_clause": {
      const path = field(node, "path");
      const alias = field(node, "alias");
      if (path === undefined || alias === undefined) return [];
      return [
        {
          path: selfless(joinedPath(prefix, lowerPath(ctx, path))),
          isGlob: false,
          name: identifierText(ctx.text.slice(alias.start, alias.end)),
          range,
        },
      ];
    }
    default: {
      const path = selfless(joinedPath(prefix, lowerPath(ctx, node)));
      return [{ path, isGlob: false, name: path.segments.at(-1)?.name, range }];
    }
  }
}

function globalPath(range: RawImport["range"]): PathRef {
  return { anchor: { kind: "global" }, qualified: undefined, segments: [], range };
}

function plainPath(range: RawImport["range"]): PathRef {
  return { anchor: { kind: "plain" }, qualified: undefined, segments: [], range };
}

/** A trailing `self` lowered as an anchor leaves the prefix as it is; nothing more to do but to keep the type honest. */
function selfless(path: PathRef): PathRef {
  const last = path.segments.at(-1);
  return last?.name === "self" ? { ...path, segments: path.segments.slice(0, -1) } : path;
}
