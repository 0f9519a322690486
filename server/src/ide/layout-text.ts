/**
 * The sentences about a layout: headline, one line, niche, free bytes, boxing. Hover and the command line print the same ones.
 *
 * Invariant: no number comes from anywhere but `LayoutFacts` and `Boxing`; `B` in labels, sizes in the user's number format.
 *
 * Example: `64 B · align 8 · 5 B padding (8 %)`.
 */
import type { Boxing } from "./boxing.ts";
import type { ExactFacts, GenericFacts, LayoutFacts } from "./layout-facts.ts";
import { percentOf, sizeSetters } from "./layout-facts.ts";
import type { Inline, NumberFormat } from "./markup.ts";
import { code, formatBytes, formatNumber, prose, strong, text, truncate } from "./markup.ts";
import type { NicheFacts } from "./niche-facts.ts";
import type { TagFacts } from "./variant-facts.ts";

const SEPARATOR = " · ";

/** The first line about a definition: `64 B · align 8 · 5 B padding (8 %)`, with the tag of an enum instead of its padding. */
export function headline(facts: LayoutFacts, numbers: NumberFormat): readonly Inline[] {
  if (facts.status !== "exact") return oneLine(facts, numbers);
  if (facts.body.kind === "variants") return joined([sizeAndAlign(facts, numbers), tagText(facts.body.tag, numbers), ...oddities(facts)]);
  return joined([sizeAndAlign(facts, numbers), ...paddingText(facts, numbers), ...oddities(facts)]);
}

/** A layout in one line, as at a use of the type: `64 B · align 8 · 5 B padding`. */
export function oneLine(facts: LayoutFacts, numbers: NumberFormat): readonly Inline[] {
  switch (facts.status) {
    case "exact": {
      const { padding } = facts;
      const gap = padding === undefined || padding === 0n ? [] : [[text(`${formatBytes(padding, numbers)} padding`)]];
      return joined([sizeAndAlign(facts, numbers), ...gap, ...oddities(facts)]);
    }
    case "generic":
      return [text(boundText(facts, numbers))];
    case "unknown":
      return [text("Size unknown: "), ...prose(endWithStop(facts.reason))];
  }
}

/** `≥ 1024 B · align ≥ 1 (T unknown)`. */
function boundText(facts: GenericFacts, numbers: NumberFormat): string {
  const open = facts.open.length === 0 ? "" : ` (${openText(facts)} unknown)`;
  return `≥ ${formatBytes(facts.atLeast, numbers)}${SEPARATOR}align ≥ ${formatNumber(facts.minimumAlign, numbers)}${open}`;
}

const SHOWN_PARAMETERS = 6;

/** The open parameters: `T, U`, of many the first. */
export function openText({ open }: GenericFacts): string {
  if (open.length <= SHOWN_PARAMETERS) return open.join(", ");
  return `${open.slice(0, SHOWN_PARAMETERS).join(", ")} … and ${open.length - SHOWN_PARAMETERS} more`;
}

function sizeAndAlign(facts: ExactFacts, numbers: NumberFormat): readonly Inline[] {
  const align = `align ${formatNumber(facts.align, numbers)}`;
  if (!facts.unsized) return [text(formatBytes(facts.size, numbers) + SEPARATOR + align)];
  const prefix = facts.size === 0n ? "" : `, ${formatBytes(facts.size, numbers)} before its tail`;
  return [text(`dynamically sized${prefix}${SEPARATOR}${align}`)];
}

function paddingText(facts: ExactFacts, numbers: NumberFormat): readonly (readonly Inline[])[] {
  const { padding, size } = facts;
  if (padding === undefined || padding === 0n) return [];
  return [[text(`${formatBytes(padding, numbers)} padding (${percentOf(padding, size)} %)`)]];
}

function oddities(facts: ExactFacts): readonly (readonly Inline[])[] {
  const words: (readonly Inline[])[] = [];
  if (facts.size === 0n && !facts.unsized) words.push([text("zero-sized")]);
  if (facts.uninhabited) words.push([text("uninhabited")]);
  return words;
}

/** `tag 1 B at offset 0 (values 0–4)`, or in which variant's niche it lies. */
function tagText(tag: TagFacts, numbers: NumberFormat): readonly Inline[] {
  const at = `at offset ${formatNumber(tag.offset, numbers)}`;
  if (tag.encoding === "niche") return [text("tag in "), code(tag.untaggedName), text(`'s niche ${at}`)];
  return [text(`tag ${formatBytes(tag.size, numbers)} ${at} (values ${tagValues(tag)})`)];
}

function tagValues(tag: Extract<TagFacts, { readonly encoding: "direct" }>): string {
  const { start, end } = tag.values;
  if (tag.signed) {
    const [low, high] = [asSigned(start, tag.size), asSigned(end, tag.size)];
    if (low <= high) return rangeText(low, high);
  }
  if (start <= end) return rangeText(start, end);
  return `${rangeText(start, (1n << (tag.size * 8n)) - 1n)} and ${rangeText(0n, end)}`;
}

function asSigned(value: bigint, size: bigint): bigint {
  return BigInt.asIntN(Number(size) * 8, value);
}

function rangeText(low: bigint, high: bigint): string {
  if (low === high) return `${low}`.replace("-", "−");
  return low < 0n ? `${low} to ${high}`.replaceAll("-", "−") : `${low}–${high}`;
}

/** The reason of an unknown as a whole sentence. */
function endWithStop(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

/** `Option<T>` and the spare values that make it no larger. */
export function optionSentence(facts: ExactFacts, optionSize: bigint, numbers: NumberFormat): readonly Inline[] {
  const { name } = facts.subject;
  const { niche } = facts;
  const option = code(`Option<${name}>`);
  const size = formatBytes(optionSize, numbers);
  if (optionSize > facts.size) return [option, text(` is ${size}: `), code(name), text(" has no spare values.")];
  if (niche === undefined) return [option, text(` is also ${size}.`)];
  if (niche.carrier.kind === "tag")
    return [option, text(` is also ${size} (${spareText(niche.available)} spare tag ${valueWord(niche.available)}).`)];
  return [
    option,
    text(` is also ${size}: ${spareText(niche.available)} spare ${valueWord(niche.available)}`),
    ...nichePlace(niche, numbers),
    text("."),
  ];
}

function nichePlace(niche: NicheFacts, numbers: NumberFormat): readonly Inline[] {
  const at = text(` at offset ${formatNumber(niche.offset, numbers)}`);
  if (niche.carrier.kind !== "field") return niche.offset === 0n ? [] : [at];
  return [text(" in "), code(niche.carrier.variant ?? niche.carrier.path), at];
}

function valueWord(count: bigint): string {
  return count === 1n ? "value" : "values";
}

/** `5 more bytes of align 1 fit for free.`; undefined where none do. */
export function freeSentence(facts: ExactFacts): readonly Inline[] | undefined {
  const { free } = facts;
  if (free === undefined) return undefined;
  const amount = free.bytes === 1n ? `1 more byte of align ${free.align} fits` : `${free.bytes} more bytes of align ${free.align} fit`;
  return free.after === undefined ? [text(`${amount} for free.`)] : [text(`${amount} after `), code(free.after), text(" for free.")];
}

/** Which variants the enum's size is for; undefined where none has data. */
export function sizeSetterSentence(facts: ExactFacts): readonly Inline[] | undefined {
  const setters = sizeSetters(facts);
  const names = setters.map((variant) => code(variant.name));
  const [first, second, third] = names;
  if (first === undefined) return undefined;
  if (second === undefined) return [first, text(" sets the size.")];
  if (third === undefined) return [first, text(" and "), second, text(" set the size.")];
  return [text(`${names.length} variants set the size.`)];
}

/** `Boxing it: 1032 B → **24 B** (tag moves into `Text`'s niche).` */
export function boxingSentence(boxing: Boxing, numbers: NumberFormat): readonly Inline[] {
  const start = [text(`Boxing it: ${formatBytes(boxing.before, numbers)} → `), strong(formatBytes(boxing.after, numbers))];
  if (boxing.tagMovesInto === undefined) return [...start, text(".")];
  return [...start, text(" (tag moves into "), code(boxing.tagMovesInto), text("'s niche).")];
}

const SHOWN_ARGUMENTS = 120;

/** `With `T = u64`: 1032 B.` */
export function instanceSentence(written: string, size: bigint, numbers: NumberFormat): readonly Inline[] {
  return [text("With "), code(truncate(written, SHOWN_ARGUMENTS)), text(`: ${formatBytes(size, numbers)}.`)];
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LONGEST_DECIMAL = 10_000_000_000n;

/** A count of niche values: decimal where that can be read, else by the nearest power of two: `2⁶³`, `2⁶³−1`. Always exact or `>`. */
export function spareText(count: bigint): string {
  if (count <= 1024n) return `${count}`;
  const bits = count.toString(2).length;
  const nearest = [bits - 1, bits].map((exponent) => ({ exponent, rest: count - (1n << BigInt(exponent)) }));
  const close = nearest.find(({ rest }) => magnitude(rest) <= 1024n);
  if (close !== undefined) return powerText(close);
  if (count < LONGEST_DECIMAL) return `${count}`;
  const readable = nearest.find(({ rest }) => magnitude(rest) < LONGEST_DECIMAL);
  return readable === undefined ? `more than ${powerText({ exponent: bits - 1, rest: 0n })}` : powerText(readable);
}

function powerText({ exponent, rest }: { readonly exponent: number; readonly rest: bigint }): string {
  const power = `2${[...`${exponent}`].map((digit) => SUPERSCRIPTS[Number(digit)] ?? "").join("")}`;
  if (rest === 0n) return power;
  return rest < 0n ? `${power}−${-rest}` : `${power}+${rest}`;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function joined(parts: readonly (readonly Inline[])[]): readonly Inline[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [text(SEPARATOR), ...part]));
}
