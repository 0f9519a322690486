/**
 * Markup: what `ide` says to people, as blocks that become Markdown or plain text; and the one way numbers are written.
 *
 * Invariant: every text from a source file goes through `visible` (no control, bidi or line break characters survive) and, in
 * Markdown, through a code span, a fence or `escapeMarkdown`; so no identifier can make a link, HTML or a heading.
 * Invariant: the plain text is the Markdown without `**`, links and pictures.
 *
 * Example: `[text("64 B, of which "), code("name")]` is "64 B, of which `name`" in both.
 */

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  /** `target` is a `command:` or `https:` URI of our own making. Plain text leaves links out, with the separator before them. */
  | { readonly kind: "link"; readonly text: string; readonly target: string; readonly separator: string };

export type Block =
  | { readonly kind: "paragraph"; readonly inlines: readonly Inline[] }
  /** Lines of fixed pitch. */
  | { readonly kind: "table"; readonly lines: readonly string[] }
  /** `uri` is a `data:` URI of our own making; `alt` says in words what it shows. Plain text leaves pictures out. */
  | { readonly kind: "picture"; readonly alt: string; readonly uri: string };

export type Markup = readonly Block[];

/** How sizes and offsets are written: `1032`, `0x408`, or from 10 on `1032 (0x408)`. */
export type NumberFormat = "decimal" | "hexadecimal" | "both";

/** A number in the user's format. */
export function formatNumber(value: bigint, format: NumberFormat): string {
  switch (format) {
    case "decimal":
      return value.toString();
    case "hexadecimal":
      return `0x${value.toString(16)}`;
    case "both":
      return value < 10n ? value.toString() : `${value} (0x${value.toString(16)})`;
  }
}

/** A number of bytes with its unit: `64 B`. */
export function formatBytes(value: bigint, format: NumberFormat): string {
  return `${formatNumber(value, format)} B`;
}

export function text(content: string): Inline {
  return { kind: "text", text: content };
}

export function strong(content: string): Inline {
  return { kind: "strong", text: content };
}

export function code(content: string): Inline {
  return { kind: "code", text: content };
}

export function paragraph(...inlines: readonly Inline[]): Block {
  return { kind: "paragraph", inlines };
}

/**
 * Prose in which names stand in backticks ("`tokio::sync::Mutex` is not in this workspace"), as inlines. A backtick without its
 * twin is text.
 */
export function prose(sentence: string): readonly Inline[] {
  const parts = sentence.split("`");
  const paired = parts.length % 2 === 1;
  return parts.flatMap((part, i): Inline[] => {
    if (!paired && i === parts.length - 1) return [text(`\`${part}`)];
    if (part === "") return [];
    return [i % 2 === 1 ? code(part) : text(part)];
  });
}

/** Among the last are letters: `\u{3164}` is a name in Rust, and a blank to the eye. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Lines for a terminal: characters that cannot be seen, or steer it, written as `\u{…}`; the lines stay lines. */
export function visibleLines(content: string): string {
  return content.replace(HIDDEN, (char) => (char === "\n" ? char : codePoint(char)));
}

function codePoint(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The text with white space runs made one blank, and characters that cannot be seen or turn the line around written as `\u{…}`. */
export function visible(content: string): string {
  return content.replace(/[ \t\r\n\f\v]+/g, " ").replace(HIDDEN, codePoint);
}

/** Text in which nothing is Markdown or HTML any more. */
export function escapeMarkdown(content: string): string {
  const escaped = visible(content)
    .replace(/[\\`*[\]<>&|~$!]/g, "\\$&")
    // Inside a word (`x86_64`) an underscore is only itself.
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/(?<=www)\./gi, "\\.");
  return escaped.replace(/^(\s*)([#+\-=])/, "$1\\$2").replace(/^(\s*\d+)([.)])(?=\s|$)/, "$1\\$2");
}

/** Markdown of a markup; no HTML in it. */
export function renderMarkdown(markup: Markup): string {
  return joinBlocks(markup, (block) =>
    block.kind === "picture" ? `![${escapeMarkdown(block.alt)}](${block.uri})` : block.inlines.map(inlineMarkdown).join(""),
  );
}

/** The same without emphasis, links, pictures and escapes; the form of a client's hover that takes no Markdown. */
export function renderPlaintext(markup: Markup): string {
  const shown = markup.filter((block) => block.kind !== "picture");
  return joinBlocks(shown, (block) => (block.kind === "picture" ? "" : block.inlines.map(inlinePlaintext).join("")));
}

/** Text to be pasted anywhere: the plain text with tables that stand between blank lines and not in fences. */
export function renderUnfenced(markup: Markup): string {
  const parts = markup.flatMap((block): string[] => {
    if (block.kind === "picture") return [];
    return [block.kind === "table" ? block.lines.join("\n") : block.inlines.map(inlinePlaintext).join("")];
  });
  return parts.join("\n\n");
}

type InlineBlock = Exclude<Block, { readonly kind: "table" }>;

/** A paragraph or picture after another needs a blank line, else Markdown would join them. */
function joinBlocks(markup: Markup, blockText: (block: InlineBlock) => string): string {
  let out = "";
  for (const [i, block] of markup.entries()) {
    const before = markup[i - 1];
    if (before !== undefined) out += before.kind !== "table" && block.kind !== "table" ? "\n\n" : "\n";
    out += block.kind === "table" ? fenced(block.lines) : blockText(block);
  }
  return out;
}

function inlineMarkdown(inline: Inline): string {
  switch (inline.kind) {
    case "text":
      return escapeMarkdown(inline.text);
    case "strong":
      return `**${escapeMarkdown(inline.text)}**`;
    case "code":
      return codeSpan(inline.text);
    case "link":
      return `${inline.separator}[${escapeMarkdown(inline.text)}](${inline.target})`;
  }
}

function inlinePlaintext(inline: Inline): string {
  switch (inline.kind) {
    case "text":
    case "strong":
      return visible(inline.text);
    case "code":
      return codeSpan(inline.text);
    case "link":
      return "";
  }
}

/** A code span; its fence is longer than any run of backticks inside. */
export function codeSpan(content: string): string {
  const shown = visible(content);
  const fence = "`".repeat(longestRun(shown) + 1);
  return fence.length === 1 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

function fenced(lines: readonly string[]): string {
  const fence = "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return [`${fence}text`, ...lines, fence].join("\n");
}

function longestRun(content: string): number {
  return Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));
}

/** The text cut to a number of characters, its end replaced by `…`. Never cuts a surrogate pair. */
export function truncate(content: string, width: number): string {
  const chars = [...content];
  return chars.length <= width ? content : `${chars.slice(0, Math.max(0, width - 1)).join("")}…`;
}
