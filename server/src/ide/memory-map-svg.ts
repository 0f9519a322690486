/**
 * A memory map as an SVG picture for a hover.
 *
 * A picture in an `<img>` sees nothing of the editor's theme. So every surface has a luminance between 0.155 and 0.183, which stands
 * out at least 3:1 from white and from VS Code's dark backgrounds, and all text is white on such a surface, at least 4.5:1.
 * Nothing is said by colour alone: fields have names, padding is hatched, the niche has a dashed outline, a tag has bars and a `#`.
 *
 * Invariant: names are escaped; the `data:` URI is never longer than `MAX_DATA` characters, with fewer lanes and pieces if need be.
 */
import { msg } from "../base/message.ts";
import type { Words } from "../base/words.ts";
import { inWords } from "../base/words.ts";
import type { ExactFacts } from "./layout-facts.ts";
import { columnsOf } from "./layout-table.ts";
import { truncate } from "./markup.ts";
import type { Lane, MapLimits, MemoryMap, Piece, Span } from "./memory-map.ts";
import { memoryMap, memoryMapText } from "./memory-map.ts";
import type { Scale } from "./memory-scale.ts";
import { scaleOf } from "./memory-scale.ts";

export interface Picture {
  /** The facts of the picture in words; plain text. */
  readonly alt: string;
  /** A `data:` URI that can stand in Markdown as it is. */
  readonly uri: string;
}

/** Characters of the URI. */
export const MAX_DATA = 4096;

/** From many details to few; the first that fits is drawn. */
const LIMITS: readonly MapLimits[] = [
  { maxLanes: 6, maxPieces: 28 },
  { maxLanes: 6, maxPieces: 12 },
  { maxLanes: 4, maxPieces: 10 },
  { maxLanes: 3, maxPieces: 6 },
  { maxLanes: 2, maxPieces: 4 },
];

/** The picture of a type's bytes; undefined where there is nothing to see. */
export function memoryPicture(facts: ExactFacts, cacheLine: bigint, words: Words): Picture | undefined {
  for (const limits of LIMITS) {
    const map = memoryMap(facts, { ...limits, cacheLine, words });
    if (map === undefined) return undefined;
    const uri = `data:image/svg+xml,${encode(memoryMapSvg(map))}`;
    if (uri.length <= MAX_DATA) return { alt: memoryMapText(map), uri };
  }
  return undefined;
}

/** What Markdown, HTML attributes and URIs leave alone. */
function encode(svg: string): string {
  return svg.replace(/[^\w\-.~!*';:@&=+$,/?]/gu, (char) => encodeURIComponent(char).replace(/[()]/g, (it) => (it === "(" ? "%28" : "%29")));
}

/** Surfaces of fields, in turn. */
export const FIELD_COLOURS = ["#1d74cb", "#ba560f", "#17844e", "#a251bd", "#ce3c61", "#147f89"] as const;
/** Hatching, tags, titles and the ruler. */
export const NEUTRAL = "#737373";

const WIDTH = 480;
const LEAST_BYTE = 7;
const RULER = 14;
/** Height of a bar: a hover is low, and many lanes would push what stands below out of it. */
const HIGH_BAR = 22;
const LOW_BAR = 15;
const MANY_LANES = 3;
const GAP = 2;
/** Width of a character of the 11 pixel font. */
const CHARACTER = 6.7;
/** Width of a character of the 9 pixel font. */
const NARROW_CHARACTER = 5.4;
const MAX_TITLE = 14;
const MAX_RULES = 8n;
/** Where in its stretch a break is marked: not in the middle, where names stand. */
const BREAK_AT = 0.8;
/** Boxes that are narrower have no room for a frame. */
const FRAME_WIDTH = 12;

interface Drawing {
  readonly map: MemoryMap;
  readonly scale: Scale;
  /** Where the bytes begin. */
  readonly left: number;
  readonly height: number;
  readonly bar: number;
  /** From a lane to the next. */
  readonly step: number;
  /** Places of the cache lines' rules. */
  readonly rules: readonly { readonly offset: bigint; readonly x: number }[];
  /** Places of the marks of stretches that are not to scale. */
  readonly breaks: readonly number[];
}

/** The map as SVG. */
export function memoryMapSvg(map: MemoryMap): string {
  const drawing = layOut(map);
  const { height } = drawing;
  const parts = [
    `<svg xmlns='http://www.w3.org/2000/svg' width='${WIDTH}' height='${height}' viewBox='0 0 ${WIDTH} ${height}'>`,
    `<pattern id='h' width='5' height='5' patternUnits='userSpaceOnUse' patternTransform='rotate(45)'><path d='M0,0h2v5h-2z' fill='${NEUTRAL}'/></pattern>`,
    surfaces(drawing),
    outlines(drawing),
    texts(drawing),
    "</svg>",
  ];
  return parts.join("");
}

function layOut(map: MemoryMap): Drawing {
  const longest = Math.max(0, ...map.lanes.map((lane) => columnsOf(lane.title)));
  const left = longest === 0 ? 0 : Math.round(Math.min(longest, MAX_TITLE) * CHARACTER) + 10;
  const lines = rulesOf(map);
  const edges = map.lanes.flatMap((lane) => [...lane.pieces, ...(lane.niche === undefined ? [] : [lane.niche])].flatMap(edgesOf));
  const scale = scaleOf([0n, map.size, ...edges, ...lines], WIDTH - left - 1, LEAST_BYTE);
  const rules = lines.map((offset) => ({ offset, x: round(left + scale.at(offset) - 0.5) }));
  const breaks = scale.breaks.map(({ start, end }) => round(left + scale.at(start) + (scale.at(end) - scale.at(start)) * BREAK_AT));
  const bar = map.lanes.length < MANY_LANES ? HIGH_BAR : LOW_BAR;
  const step = bar + GAP;
  const height = RULER + 2 + (map.lanes.length + (map.moreLanes > 0 ? 1 : 0)) * step;
  return { map, scale, left, height, bar, step, rules, breaks };
}

function edgesOf({ offset, size }: Span): readonly bigint[] {
  return [offset, offset + size];
}

/** The beginnings of all cache lines but the first; none where they would be too many to tell apart. */
function rulesOf({ size, cacheLine }: MemoryMap): readonly bigint[] {
  const count = (size - 1n) / cacheLine;
  return count > MAX_RULES ? [] : Array.from({ length: Number(count) }, (_, i) => BigInt(i + 1) * cacheLine);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(drawing: Drawing, span: Span, lane: number): Box {
  const { scale, left } = drawing;
  const x = round(left + scale.at(span.offset));
  return { ...rowBox(drawing, lane), x, width: round(left + scale.at(span.offset + span.size) - x) };
}

/** The start of a lane, or of the line below the last. */
function rowBox({ bar, step }: Drawing, lane: number): Box {
  return { x: 0, y: RULER + 2 + lane * step, width: 0, height: bar };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

// --- surfaces ---

/** A path for each surface, with all boxes that have it. */
function surfaces(drawing: Drawing): string {
  const { map, left } = drawing;
  const paths = new Map<string, string[]>();
  const add = (surface: string, path: string): void => {
    paths.set(surface, [...(paths.get(surface) ?? []), path]);
  };
  add(`fill='${NEUTRAL}'`, `M${left},0h${WIDTH - left}v${RULER}h-${WIDTH - left}z`);
  map.lanes.forEach((lane, i) => {
    if (left > 0) add(`fill='${NEUTRAL}'`, filled({ ...rowBox(drawing, i), width: left - 3 }));
    for (const piece of lane.pieces) add(surfaceOf(piece), filled(boxOf(drawing, piece, i)));
  });
  if (map.moreLanes > 0) add(`fill='${NEUTRAL}'`, filled({ ...rowBox(drawing, map.lanes.length), width: columnsOf(moreText(map)) * 8 }));
  return [...paths].map(([surface, found]) => `<path ${surface} d='${found.join("")}'/>`).join("");
}

function surfaceOf(piece: Piece): string {
  switch (piece.kind) {
    case "field":
      return `fill='${FIELD_COLOURS[piece.place % FIELD_COLOURS.length] ?? NEUTRAL}'`;
    case "padding":
    case "unused":
      return `fill='url(#h)' stroke='${NEUTRAL}'`;
    case "tag":
    case "more":
      return `fill='${NEUTRAL}'`;
  }
}

/** A box with a gap of one pixel to the next. */
function filled({ x, y, width, height }: Box): string {
  const inner = round(Math.max(1, width - 1));
  return `M${x},${y}h${inner}v${height}h-${inner}z`;
}

// --- outlines ---

function outlines(drawing: Drawing): string {
  const { map, height } = drawing;
  const bars = map.lanes.flatMap((lane, i) => lane.pieces.filter(isTag).map((piece) => tagBars(boxOf(drawing, piece, i))));
  const niches = map.lanes.flatMap((lane, i) => (lane.niche === undefined ? [] : [inset(boxOf(drawing, lane.niche, i))]));
  const bottom = height - (map.moreLanes > 0 ? drawing.step : 0);
  const rules = drawing.rules.map(({ x }) => `M${x},${RULER - 4}V${bottom}`);
  const breaks = drawing.breaks.map((x) => breakMark(drawing, x));
  const strokes = [
    bars.length === 0 ? "" : `<path stroke='#fff' d='${bars.join("")}'/>`,
    niches.length === 0 ? "" : `<path stroke='#fff' stroke-width='1.5' stroke-dasharray='3,2' fill='none' d='${niches.join("")}'/>`,
    cased(rules, " stroke-dasharray='5,2'"),
    cased(breaks, ""),
  ];
  return strokes.join("");
}

function isTag(piece: Piece): boolean {
  return piece.kind === "tag";
}

/** Bars above and below in a tag; a narrow one has its `#` only. */
function tagBars({ x, y, width, height }: Box): string {
  if (width < FRAME_WIDTH) return "";
  const inner = round(Math.max(1, width - 1));
  return `M${x},${y + 1.5}h${inner}M${x},${y + height - 1.5}h${inner}`;
}

/** A frame inside a box; where the box is narrow only above and below, at its edges, so that a tag's sign has its place. */
function inset({ x, y, width, height }: Box): string {
  const inner = round(Math.max(1, width - 5));
  if (width < FRAME_WIDTH) return `M${x},${y + 1}h${width}m0,${height - 2}h-${width}`;
  const tall = height - 8;
  return `M${round(x + 2)},${y + 4}h${inner}v${tall}h-${inner}z`;
}

/** Two slanted strokes through all lanes: not to scale here. */
function breakMark({ map, step }: Drawing, x: number): string {
  const tall = map.lanes.length * step - GAP;
  return [x - 4, x].map((foot) => `M${round(foot)},${RULER + 2 + tall}l4,-${tall}`).join("");
}

/** Strokes that are seen on every ground: white in a black casing. */
function cased(paths: readonly string[], more: string): string {
  if (paths.length === 0) return "";
  const d = paths.join("");
  return `<path stroke='#000' stroke-width='3' d='${d}'/><path stroke='#fff'${more} d='${d}'/>`;
}

// --- texts ---

function texts(drawing: Drawing): string {
  const { map } = drawing;
  const labels = map.lanes.flatMap((lane, i) => [
    ...titleOf(drawing, lane, i),
    ...lane.pieces.flatMap((piece) => labelOf(drawing, piece, i)),
  ]);
  const more = map.moreLanes > 0 ? [textAt({ ...rowBox(drawing, map.lanes.length), x: 4 }, moreText(map))] : [];
  const names = `<g font-size='11'>${[...labels, ...more].join("")}</g>`;
  return `<g fill='#fff' font-family='monospace'>${names}<g font-size='10'>${rulerTexts(drawing).join("")}</g></g>`;
}

function moreText({ moreLanes, words }: MemoryMap): string {
  return inWords(words, msg("… {count} smaller", { count: moreLanes }));
}

function titleOf(drawing: Drawing, { title }: Lane, lane: number): readonly string[] {
  return drawing.left === 0 ? [] : [textAt({ ...rowBox(drawing, lane), x: 4 }, cut(title, MAX_TITLE))];
}

/** A label in its box, as far as there is room for it beside rules and breaks. */
function labelOf(drawing: Drawing, piece: Piece, lane: number): readonly string[] {
  const box = boxOf(drawing, piece, lane);
  const { from, to } = roomFor(piece.label, { drawing, box, lane });
  if (piece.kind === "tag" && box.width < FRAME_WIDTH) return [narrowTag(box)];
  const room = Math.floor((to - from - 3) / CHARACTER);
  const label = piece.kind === "tag" ? tagLabel(box.width, drawing.map.words) : piece.label;
  const shown = columnsOf(label) <= Math.max(room, piece.kind === "tag" ? 1 : 0) ? label : room >= 3 ? cut(label, room) : "";
  return shown === "" ? [] : [textAt({ ...box, x: round((from + to - 1 - columnsOf(shown) * 6.6) / 2) }, shown)];
}

/** A `#` small enough for the narrowest box. */
function narrowTag({ x, y, width, height }: Box): string {
  return `<text x='${round(x + (width - 1 - NARROW_CHARACTER) / 2)}' y='${y + Math.round(height / 2) + 3}' font-size='9'>#</text>`;
}

/** A sign where there is no room for the word. */
function tagLabel(width: number, words: Words): string {
  const word = inWords(words, msg("tag"));
  return width < columnsOf(word) * CHARACTER + 3 ? "#" : word;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A label stands beside the niche's frame, not across its side, unless so little were left of it. */
const LEGIBLE = 6;

/** The part of a box for its label: the widest that nothing crosses, beside the niche's frame if that leaves room. */
function roomFor(label: string, of: { readonly drawing: Drawing; readonly box: Box; readonly lane: number }): Stretch {
  const { drawing, box, lane } = of;
  const niche = drawing.map.lanes[lane]?.niche;
  const frame = niche === undefined ? undefined : boxOf(drawing, niche, lane);
  const framed = frame === undefined || frame.width < FRAME_WIDTH ? [] : [{ from: frame.x - 2, to: frame.x + frame.width }];
  const beside = widestGap(drawing, box, framed);
  return (beside.to - beside.from - 3) / CHARACTER >= Math.min(columnsOf(label), LEGIBLE) ? beside : widestGap(drawing, box, []);
}

/** The widest part of a box that no rule, break or other stretch crosses. */
function widestGap({ rules, breaks }: Drawing, { x, width }: Box, others: readonly Stretch[]): Stretch {
  const end = x + width;
  const crossed = [
    ...rules.map((rule) => ({ from: rule.x - 2, to: rule.x + 3 })),
    ...breaks.map((at) => ({ from: at - 6, to: at + 6 })),
    ...others,
  ]
    .filter(({ from, to }) => to > x && from < end)
    .sort((a, b) => a.from - b.from);
  const gaps = [{ from: x, to: x }, ...crossed].map(({ to }, i) => ({ from: to, to: crossed[i]?.from ?? end }));
  return gaps.reduce((best, gap) => (gap.to - gap.from > best.to - best.from ? gap : best));
}

function textAt({ x, y, height }: Box, content: string): string {
  return `<text x='${x}' y='${y + Math.round(height / 2) + 4}'>${escapeXml(content)}</text>`;
}

/** The text cut to a number of columns. */
function cut(content: string, columns: number): string {
  let shown = truncate(content, columns);
  for (let width = columns; columnsOf(shown) > columns && width > 0; width--) shown = truncate(content, width);
  return shown;
}

/** Offsets on the ruler: the size, the cache lines and the edges of pieces, as far as they do not touch. */
function rulerTexts(drawing: Drawing): readonly string[] {
  const { map, scale, left, rules } = drawing;
  const edges = map.lanes.flatMap((lane) => lane.pieces.map((piece) => piece.offset)).sort((a, b) => (a < b ? -1 : 1));
  const taken: { readonly from: number; readonly to: number }[] = [];
  return [map.size, 0n, ...rules.map((rule) => rule.offset), ...edges].flatMap((offset) => {
    const content = offset.toString();
    const width = content.length * 6.1;
    const from = round(Math.max(left + 2, Math.min(WIDTH - width - 3, left + scale.at(offset) - width / 2)));
    if (taken.some((other) => from < other.to + 4 && other.from < from + width + 4)) return [];
    taken.push({ from, to: from + width });
    return [`<text x='${from}' y='11'>${content}</text>`];
  });
}

/** Text of an XML document; characters that XML has not become U+FFFD. */
function escapeXml(content: string): string {
  return content.replace(/[\uFFFE\uFFFF]/g, "\uFFFD").replace(/[&<>'"]/g, (char) => `&#${char.codePointAt(0) ?? 0};`);
}
