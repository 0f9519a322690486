/**
 * The type written under an offset inside the arguments of a macro call in a body.
 *
 * A declarative macro is expanded, and the type is looked for in what it makes, where its tokens come from the call; std's macros take
 * their arguments as expressions. Arguments of procedural macros may mean anything: nothing is said about them.
 *
 * Invariant: only tokens of the call count. Where an expansion declares items, names in it need not mean what they mean at the call:
 * nothing is said there either.
 */
import { DETACHED } from "../hir-def/block-scope.ts";
import { lowerPath, lowerType } from "../hir-def/lower-type.ts";
import type { CallSite } from "../hir-def/macro-expand.ts";
import { expandDetached } from "../hir-def/macro-expand.ts";
import { resolveMacroPath } from "../hir-def/macro-scope.ts";
import type { PathRef } from "../hir-def/type-ref.ts";
import { originAt } from "../hir-expand/expansion.ts";
import type { SynNode } from "../syntax/syntax-node.ts";
import { child, field } from "../syntax/syntax-node.ts";
import type { WrittenType } from "./type-at.ts";
import { isWholeType } from "./type-at.ts";
import type { World } from "./world.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A call as it stands in some text, its arguments and where they are written in the user's item. */
interface Call {
  readonly path: PathRef;
  readonly args: string;
  /** From a range of the arguments to the user's item; undefined for what a macro's definition says. */
  readonly written: (range: Range) => Range | undefined;
}

/** Calls in calls that are followed. */
const MAX_DEPTH = 4;
const PREFIX = "const _: u8 = {";

/** The innermost type at an offset of an item's text, if it stands in the arguments of a call. */
export function typeInMacro(world: World, site: CallSite, text: string, offset: number): WrittenType | undefined {
  const root = world.defs.source.parser.parseSnippet(text);
  const call = innermostCall(root, offset);
  const found =
    call === undefined
      ? undefined
      : typeInCall(
          world,
          site,
          callOf(text, call, (range) => range),
          { offset, depth: 0 },
        );
  return found === undefined ? undefined : { ...found, text: text.slice(found.start, found.end) };
}

function innermostCall(node: SynNode, offset: number): SynNode | undefined {
  const inner = node.children.find((part) => part.start < offset && offset < part.end);
  const found = inner === undefined ? undefined : innermostCall(inner, offset);
  if (found !== undefined || node.kind !== "macro_invocation") return found;
  const args = child(node, "token_tree");
  return args !== undefined && args.start < offset && offset < args.end ? node : undefined;
}

function callOf(text: string, node: SynNode, written: Call["written"]): Call | undefined {
  const name = field(node, "macro");
  const tree = child(node, "token_tree");
  if (name === undefined || tree === undefined) return undefined;
  const start = tree.start + 1;
  return {
    path: lowerPath({ text, scopes: DETACHED }, name),
    args: text.slice(start, tree.end - 1),
    written: (range) => written({ start: range.start + start, end: range.end + start }),
  };
}

interface Wanted {
  readonly offset: number;
  readonly depth: number;
}

type Found = Omit<WrittenType, "text">;

function typeInCall(world: World, site: CallSite, call: Call | undefined, wanted: Wanted): Found | undefined {
  if (call === undefined || wanted.depth > MAX_DEPTH) return undefined;
  const target = resolveMacroPath(world.defs, site, call.path);
  switch (target.kind) {
    case "std":
    case "builtin":
      return typeInText(world, site, { prefix: `${PREFIX}[`, text: call.args, end: "]};", written: call.written }, wanted);
    case "def": {
      const made = expandDetached(world.defs, site, call);
      if (!made.ok) return undefined;
      const { value } = made;
      const written = ({ start, end }: Range): Range | undefined => {
        const [first, last] = [originAt(value, start), originAt(value, end - 1)];
        if (first?.kind !== "call" || last?.kind !== "call" || last.written.end < first.written.start) return undefined;
        return call.written({ start: first.written.start, end: last.written.end });
      };
      return typeInText(world, site, { prefix: PREFIX, text: value.text, end: "\n};", written }, wanted);
    }
    default:
      return undefined;
  }
}

interface Made {
  readonly prefix: string;
  readonly text: string;
  readonly end: string;
  readonly written: Call["written"];
}

function typeInText(world: World, site: CallSite, made: Made, wanted: Wanted): Found | undefined {
  const source = made.prefix + made.text + made.end;
  const root = world.defs.source.parser.parseSnippet(source);
  const body = root.children[0];
  if (root.children.length !== 1 || body === undefined || declaresItems(body)) return undefined;
  const shift = made.prefix.length;
  const written = ({ start, end }: Range): Range | undefined => made.written({ start: start - shift, end: end - shift });
  const search = new Search(source, shift, written, wanted.offset);
  search.visit(body, undefined);
  if (search.found !== undefined) return search.found;
  for (const node of search.calls) {
    const found = typeInCall(world, site, callOf(source, node, written), { ...wanted, depth: wanted.depth + 1 });
    if (found !== undefined) return found;
  }
  return undefined;
}

const ITEMS = /_item$|^use_declaration$|^macro_definition$|^extern_crate_declaration$/;

function declaresItems(node: SynNode): boolean {
  return node.children.some((part) => ITEMS.test(part.kind) || declaresItems(part));
}

/** Looks for the innermost type whose written place holds an offset, and for the calls that may hold it. */
class Search {
  found: Found | undefined;
  readonly calls: SynNode[] = [];
  readonly #source: string;
  readonly #shift: number;
  readonly #written: Call["written"];
  readonly #offset: number;

  constructor(source: string, shift: number, written: Call["written"], offset: number) {
    this.#source = source;
    this.#shift = shift;
    this.#written = written;
    this.#offset = offset;
  }

  visit(node: SynNode, parent: SynNode | undefined): void {
    if (node.kind === "ERROR") return;
    if (node.kind === "macro_invocation") {
      this.calls.push(node);
      return;
    }
    const place = node.start >= this.#shift && !node.hasError && isWholeType(node, parent) ? this.#written(node) : undefined;
    if (place !== undefined && place.start <= this.#offset && this.#offset <= place.end && this.#isInner(place))
      this.found = { ref: lowerType({ text: this.#source, scopes: DETACHED }, node), ...place };
    for (const part of node.children) this.visit(part, node);
  }

  #isInner(place: Range): boolean {
    return this.found === undefined || place.end - place.start <= this.found.end - this.found.start;
  }
}
