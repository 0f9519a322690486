/**
 * The `repr` words and layout attributes of a definition.
 *
 * Example: `#[repr(C, align(8))]` → words `C`, `align(8)`.
 */
import { splitTopLevel } from "../hir-def/attrs.ts";
import type { Attr } from "../hir-def/item-tree.ts";

const NO_WORDS: readonly string[] = [];

/** All words of all `repr` attributes, spaces removed. */
export function reprWords(attrs: readonly Attr[]): readonly string[] {
  if (!attrs.some((attr) => attr.path === "repr")) return NO_WORDS;
  return attrs
    .filter((attr) => attr.path === "repr" && attr.args !== undefined)
    .flatMap((attr) => splitTopLevel(attr.args ?? ""))
    .map((word) => word.replace(/\s+/g, ""))
    .filter((word) => word !== "");
}

/** The number in `#[name(number)]`, decimal or hexadecimal, `_` allowed. */
export function numberAttr(attrs: readonly Attr[], name: string): bigint | undefined {
  const text = attrs
    .find((attr) => attr.path === name)
    ?.args?.replaceAll("_", "")
    .trim();
  return text !== undefined && /^(?:\d+|0x[0-9a-fA-F]+)$/.test(text) ? BigInt(text) : undefined;
}
