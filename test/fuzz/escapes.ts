/**
 * What no text from a source may do to what is shown: be Markdown, HTML or SVG, hide characters, turn the line around.
 *
 * Example: a field named `r#type` in a hover stands in a code span or a fence; a bidi override is written `\u{202e}`.
 */

/** Characters that cannot be seen, or change what is seen around them; line feeds are looked at by their places. */
const HIDDEN = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]|(?!\n)\p{Cc}/u;

/** Why a text of one line (a label, a title, a message) must not be shown; undefined where it may. */
export function badLine(text: string): string | undefined {
  const found = HIDDEN.exec(text)?.[0] ?? (text.includes("\n") ? "\n" : undefined);
  return found === undefined ? undefined : `U+${(found.codePointAt(0) ?? 0).toString(16)} in ${JSON.stringify(text.slice(0, 200))}`;
}

/** Why a Markdown text must not be shown; undefined where it may. */
export function badMarkdown(markdown: string): string | undefined {
  const hidden = HIDDEN.exec(markdown)?.[0];
  if (hidden !== undefined) return `U+${(hidden.codePointAt(0) ?? 0).toString(16)} in ${JSON.stringify(markdown.slice(0, 400))}`;
  const picture = /!\[(?:[^\]\\]|\\.)*\]\(data:image\/svg\+xml[^,)\s]*,([^)\s]*)\)/g;
  for (const [, data = ""] of markdown.matchAll(picture)) {
    const bad = badSvg(data);
    if (bad !== undefined) return bad;
  }
  const prose = withoutCode(markdown.replace(picture, ""))
    .replace(/\\[!-/:-@[-`{-~]/g, "")
    .replace(/\[[^\][]*\]\(command:stowplan\.\w+\?[\w%.~!*'()-]*\)/g, "");
  const left = /[<>[\]`]|&(?:#|\w+;)|(?<!\w)[_~](?=\w)|:\/\/|(?:^|\n)\s*(?:#|[-+]\s|\d+[.)]\s|=+\s*$)/.exec(prose);
  return left === null ? undefined : `${JSON.stringify(left[0])} is Markdown in ${JSON.stringify(prose.slice(0, 400))}`;
}

/** The text without fences and code spans, as CommonMark delimits them. */
function withoutCode(markdown: string): string {
  const out: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split("\n")) {
    const mark = /^ {0,3}(`{3,})[^`]*$/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && mark !== undefined && mark.length >= fence.length && line.trim() === mark) fence = undefined;
    else if (fence === undefined) out.push(line);
  }
  return out.join("\n").replace(/(?<![`\\])(`+)(?!`)(?:[\s\S]*?[^`])\1(?!`)/g, "");
}

const SVG_TAGS = new Set(
  "svg g rect path text tspan title desc style defs pattern line circle use clipPath mask polygon polyline linearGradient stop".split(" "),
);

/** Why a picture must not be shown: broken, or holding what a picture of bytes does not need. */
function badSvg(data: string): string | undefined {
  const text = decoded(data);
  if (text === undefined || !text.startsWith("<svg")) return `a picture that is none: ${data.slice(0, 100)}`;
  const open: string[] = [];
  let rest = "";
  let end = 0;
  for (const match of text.matchAll(/<(\/?)([\w:-]+)((?:\s+[\w:-]+=(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g)) {
    const [tag, close, name = "", attributes = "", empty] = match;
    rest += text.slice(end, match.index);
    end = match.index + tag.length;
    if (!SVG_TAGS.has(name) || /\s(?:on\w+|href|xlink:href)=/.test(attributes)) return `${tag.slice(0, 80)} in a picture`;
    if (close === "/" && open.pop() !== name) return `</${name}> closes nothing in a picture`;
    if (close === "" && empty === "") open.push(name);
  }
  rest += text.slice(end);
  const left = /<|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/.exec(rest);
  if (left !== null) return `${JSON.stringify(rest.slice(left.index, left.index + 80))} in a picture`;
  return open.length === 0 ? undefined : `<${open.at(-1)}> is not closed in a picture`;
}

function decoded(data: string): string | undefined {
  try {
    return decodeURIComponent(data);
  } catch {
    return undefined;
  }
}
