/**
 * Items of closed files and of macros' outputs, of which only names, attributes and visibility are read with the file. What else an
 * item says (fields, parameters, an impl's types and items) is read when someone asks.
 *
 * Example: of the 900 items of a file a look-up reads the names, and of the struct it finds the fields.
 *
 * Invariant: an item reads as if it had been parsed whole; what is deferred is a function of the item's text. Deferred properties stand
 * on the prototype, so that `encodeItems` leaves them out and asks for nothing.
 */
import { msg } from "../base/message.ts";
import { ITEM_WORD } from "../syntax/skeleton.ts";
import type { SourceUnit } from "../syntax/unit-walker.ts";
import type { RelRange } from "./expr.ts";
import type {
  Attr,
  RawBlock,
  RawConst,
  RawEnum,
  RawFn,
  RawGenerics,
  RawImpl,
  RawItem,
  RawStruct,
  RawTrait,
  RawTypeAlias,
  RawVisibility,
} from "./item-tree.ts";
import { lowerUnit } from "./lower-item.ts";
import type { PathRef, TypeRef } from "./type-ref.ts";

/** The item of a text that holds one, with all that stands in it; undefined where the text cannot be read alone. */
export type LowerWhole = (text: string) => RawItem | undefined;

/** What is read of every item with its file. */
export type ItemHead = Pick<RawItem, "name" | "nameRange" | "range" | "attrs" | "visibility" | "text">;

/** And of an impl: what it is known by. */
export type ImplHead = ItemHead & Pick<RawImpl, "traitName" | "traitRange" | "selfRange" | "bodyStart">;

/** The kinds of items that are read later. */
export type DeferredKind = "struct" | "union" | "enum" | "fn" | "const" | "static" | "trait" | "typeAlias";

const NO_GENERICS: RawGenerics = { params: [], where: [] };

/** The item of a unit; where parts of it were left out they are deferred. */
export function lowerDeferred(unit: SourceUnit, whole: LowerWhole): RawItem {
  const raw = lowerUnit(unit);
  return unit.isSkeleton ? deferItem(raw, whole) : raw;
}

/** The item that asks for what was left out of it. */
export function deferItem(raw: RawItem, whole: LowerWhole): RawItem {
  if (raw.kind === "impl") return new DeferredImpl(raw, whole);
  return isDeferredKind(raw.kind) ? deferredItem(raw.kind, raw, whole) : raw;
}

/** An item of which the head was read. */
export function deferredItem(kind: DeferredKind, head: ItemHead, whole: LowerWhole): RawItem {
  switch (kind) {
    case "struct":
    case "union":
      return new DeferredStruct(kind, head, whole);
    case "enum":
      return new DeferredEnum(head, whole);
    case "fn":
      return new DeferredFn(head, whole);
    case "const":
    case "static":
      return new DeferredConst(kind, head, whole);
    case "trait":
      return new DeferredTrait(head, whole);
    case "typeAlias":
      return new DeferredAlias(head, whole);
  }
}

/** Whether a value that was kept is an item of which parts were deferred. */
export function isDeferredKind(kind: string): kind is DeferredKind {
  return KINDS.has(kind);
}

const KINDS: ReadonlySet<string> = new Set<DeferredKind>(["struct", "union", "enum", "fn", "const", "static", "trait", "typeAlias"]);

/** The text of an impl that says its types only; `bodyStart` is where its items begin. */
export function implHeader(text: string, bodyStart: number): string {
  return `${text.slice(0, bodyStart)}{}`;
}

/** What all deferred items share. */
abstract class Deferred<T extends RawItem> implements ItemHead {
  readonly name: string;
  readonly nameRange: RelRange;
  readonly range: RelRange;
  readonly attrs: readonly Attr[];
  readonly visibility: RawVisibility;
  readonly text: string;
  readonly #read: LowerWhole;
  #isRead = false;
  #whole: T | undefined;

  constructor(head: ItemHead, read: LowerWhole) {
    this.name = head.name;
    this.nameRange = head.nameRange;
    this.range = head.range;
    this.attrs = head.attrs;
    this.visibility = head.visibility;
    this.text = head.text;
    this.#read = read;
  }

  /** Undefined where the text cannot be read alone. */
  protected get whole(): T | undefined {
    if (!this.#isRead) {
      // Reading may be unwound: only what was read to its end is kept.
      const found = this.#read(this.text);
      this.#whole = found !== undefined && this.isSame(found) ? found : undefined;
      this.#isRead = true;
    }
    return this.#whole;
  }

  /** Whether an item is of the same kind. */
  protected abstract isSame(raw: RawItem): raw is T;

  get hasError(): boolean {
    return this.whole?.hasError ?? true;
  }

  get isTooDeep(): boolean {
    return this.whole?.isTooDeep ?? false;
  }

  get blocks(): readonly RawBlock[] {
    return ITEM_WORD.test(this.text.slice(this.nameRange.end)) ? (this.whole?.blocks ?? []) : [];
  }
}

class DeferredStruct extends Deferred<RawStruct> implements RawStruct {
  readonly kind: "struct" | "union";

  constructor(kind: "struct" | "union", head: ItemHead, read: LowerWhole) {
    super(head, read);
    this.kind = kind;
  }

  protected isSame(raw: RawItem): raw is RawStruct {
    return raw.kind === this.kind;
  }

  get generics(): RawGenerics {
    return this.whole?.generics ?? NO_GENERICS;
  }

  get shape(): RawStruct["shape"] {
    return this.whole?.shape ?? "unit";
  }

  get fields(): RawStruct["fields"] {
    return this.whole?.fields ?? [];
  }

  get headerEnd(): number {
    return this.whole?.headerEnd ?? 0;
  }
}

class DeferredEnum extends Deferred<RawEnum> implements RawEnum {
  readonly kind = "enum";

  protected isSame(raw: RawItem): raw is RawEnum {
    return raw.kind === "enum";
  }

  get generics(): RawGenerics {
    return this.whole?.generics ?? NO_GENERICS;
  }

  get variants(): RawEnum["variants"] {
    return this.whole?.variants ?? [];
  }

  get headerEnd(): number {
    return this.whole?.headerEnd ?? 0;
  }
}

class DeferredFn extends Deferred<RawFn> implements RawFn {
  readonly kind = "fn";

  protected isSame(raw: RawItem): raw is RawFn {
    return raw.kind === "fn";
  }

  get generics(): RawGenerics {
    return this.whole?.generics ?? NO_GENERICS;
  }

  get params(): RawFn["params"] {
    return this.whole?.params ?? [];
  }

  get selfParam(): RawFn["selfParam"] {
    return this.whole?.selfParam ?? "none";
  }

  get result(): TypeRef | undefined {
    return this.whole?.result;
  }

  get isConst(): boolean {
    return this.whole?.isConst ?? false;
  }

  get isAsync(): boolean {
    return this.whole?.isAsync ?? false;
  }

  get isUnsafe(): boolean {
    return this.whole?.isUnsafe ?? false;
  }

  get abi(): string | undefined {
    return this.whole?.abi;
  }

  get body(): RelRange | undefined {
    return this.whole?.body;
  }
}

class DeferredConst extends Deferred<RawConst> implements RawConst {
  readonly kind: "const" | "static";

  constructor(kind: "const" | "static", head: ItemHead, read: LowerWhole) {
    super(head, read);
    this.kind = kind;
  }

  protected isSame(raw: RawItem): raw is RawConst {
    return raw.kind === this.kind;
  }

  get generics(): RawGenerics {
    return this.whole?.generics ?? NO_GENERICS;
  }

  get type(): TypeRef | undefined {
    return this.whole?.type;
  }

  get mutable(): boolean {
    return this.whole?.mutable ?? false;
  }

  get body(): RelRange | undefined {
    return this.whole?.body;
  }
}

class DeferredAlias extends Deferred<RawTypeAlias> implements RawTypeAlias {
  readonly kind = "typeAlias";

  protected isSame(raw: RawItem): raw is RawTypeAlias {
    return raw.kind === "typeAlias";
  }

  get generics(): RawGenerics {
    return this.whole?.generics ?? NO_GENERICS;
  }

  get type(): TypeRef | undefined {
    return this.whole?.type;
  }

  get bounds(): RawTypeAlias["bounds"] {
    return this.whole?.bounds ?? [];
  }
}

class DeferredTrait extends Deferred<RawTrait> implements RawTrait {
  readonly kind = "trait";

  protected isSame(raw: RawItem): raw is RawTrait {
    return raw.kind === "trait";
  }

  get generics(): RawGenerics {
    return this.whole?.generics ?? NO_GENERICS;
  }

  get supertraits(): RawTrait["supertraits"] {
    return this.whole?.supertraits ?? [];
  }

  get isAuto(): boolean {
    return this.whole?.isAuto ?? false;
  }

  get isUnsafe(): boolean {
    return this.whole?.isUnsafe ?? false;
  }

  get items(): readonly RawItem[] {
    return this.whole?.items ?? [];
  }
}

/** An impl is read in two steps: its types without its body, since selection asks for those of many impls. */
export class DeferredImpl extends Deferred<RawImpl> implements RawImpl {
  readonly kind = "impl";
  readonly traitName: string;
  readonly traitRange: RelRange | undefined;
  readonly selfRange: RelRange;
  readonly bodyStart: number | undefined;
  readonly #read: LowerWhole;
  #isHeaderRead = false;
  #header: RawImpl | undefined;

  constructor(head: ImplHead, read: LowerWhole) {
    super(head, read);
    this.traitName = head.traitName;
    this.traitRange = head.traitRange;
    this.selfRange = head.selfRange;
    this.bodyStart = head.bodyStart;
    this.#read = read;
  }

  protected isSame(raw: RawItem): raw is RawImpl {
    return raw.kind === "impl";
  }

  get #types(): RawImpl | undefined {
    if (this.bodyStart === undefined) return this.whole;
    if (!this.#isHeaderRead) {
      const found = this.#read(implHeader(this.text, this.bodyStart));
      this.#header = found?.kind === "impl" ? found : undefined;
      this.#isHeaderRead = true;
    }
    return this.#header;
  }

  override get hasError(): boolean {
    return this.#types?.hasError ?? true;
  }

  override get isTooDeep(): boolean {
    return this.#types?.isTooDeep ?? false;
  }

  override get blocks(): readonly RawBlock[] {
    return this.text.slice(0, this.bodyStart).includes("{") ? (this.whole?.blocks ?? []) : [];
  }

  get generics(): RawGenerics {
    return this.#types?.generics ?? NO_GENERICS;
  }

  get traitPath(): PathRef | undefined {
    return this.#types?.traitPath;
  }

  get isNegative(): boolean {
    return this.#types?.isNegative ?? false;
  }

  get selfType(): TypeRef {
    return this.#types?.selfType ?? { kind: "error", reason: msg("this type has a syntax error"), range: this.selfRange };
  }

  get items(): readonly RawItem[] {
    return this.whole?.items ?? [];
  }
}
