/**
 * Pattern types: rustdoc prints their ends wrongly (the exclusive `0..u32::MAX` comes out as `0..=u32::MAX`), so they are
 * read from the source text that declares the field, and written with inclusive decimal ends.
 *
 * Example: `pub struct U32NotAllOnes(u32 is 0..u32::MAX);` → `pattern_type!(u32 is 0..=4294967294)`.
 */
import { renderType } from "./render-types.mjs";

/** The text of a field whose type is a pattern type, or undefined for any other. */
export function patternTypeField(ctx, field, owner) {
  const pat = field.inner.pat;
  if (pat === undefined) return undefined;
  const base = renderType(ctx, pat.type);
  const source = ctx.sourceOf(owner);
  const declared = new RegExp(`struct\\s+${owner.name}\\s*\\((?:pattern_type!\\()?\\s*\\w+\\s+is\\s+([^;]*?)\\)+\\s*;`).exec(source);
  if (declared === null) throw new Error(`no source text declares the pattern type of ${owner.name}`);
  const ends = declared[1].split("|").map((part) => inclusiveRange(ctx, base, part.trim()));
  return `pattern_type!(${base} is ${ends.join("|")})`;
}

function inclusiveRange(ctx, base, text) {
  const match = /^(.*?)\.\.(=?)(.*)$/.exec(text);
  if (match === null) throw new Error(`not a range: ${text}`);
  const [, start, inclusive, end] = match;
  const first = start.trim() === "" ? "" : literal(ctx, base, start.trim());
  if (end.trim() === "") return `${first}..`;
  const last = numeric(ctx, base, end.trim()) - (inclusive === "=" ? 0n : 1n);
  return `${first}..=${base === "char" ? charLiteral(last) : last}`;
}

function literal(ctx, base, text) {
  const value = numeric(ctx, base, text);
  return base === "char" ? charLiteral(value) : String(value);
}

function charLiteral(value) {
  return `'\\u{${value.toString(16)}}'`;
}

function numeric(ctx, base, text) {
  if (/^-?[\d_]+$/.test(text)) return BigInt(text.replaceAll("_", ""));
  if (/^0x[\da-fA-F_]+$/.test(text)) return BigInt(text.replaceAll("_", ""));
  const escaped = /^'\\u\{([\da-fA-F]+)\}'$/.exec(text);
  if (escaped !== null) return BigInt(`0x${escaped[1]}`);
  if (text === `${base}::MAX`) return maxOf(ctx, base);
  if (text === "HALF_USIZE") return maxOf(ctx, "usize") >> 1n;
  throw new Error(`the end ${text} of a pattern type is not known`);
}

function maxOf(ctx, base) {
  const bits = base === "usize" ? ctx.pointerWidth : Number(base.slice(1));
  return base.startsWith("i") ? (1n << BigInt(bits - 1)) - 1n : (1n << BigInt(bits)) - 1n;
}
