/**
 * Impls by what they are for, as far as their headers tell: the head of the self type, and of the trait's first argument.
 *
 * Example: `impl From<u8> for Port` stands under `Port`, for the argument `u8`; asked for `From<u16>`, it is passed over.
 *
 * Invariant: an impl is passed over only if it is plainly for something else; what may be any type (a parameter, an alias, a
 * projection) is never. Plain headers are read off their text: of 50,000 impls those that may apply are parsed.
 */
import type { DefDb } from "../hir-def/def-db.ts";
import type { DefId, ModuleId } from "../hir-def/def-id.ts";
import type { Expr } from "../hir-def/expr.ts";
import type { IndexedImpl } from "../hir-def/impl-index.ts";
import type { RawImpl } from "../hir-def/item-tree.ts";
import type { GenericArgRef, PathRef, TypeRef } from "../hir-def/type-ref.ts";
import { pathOfNames } from "../hir-def/written-path.ts";
import type { GenericArg, Ty } from "../hir-ty/ty.ts";
import { isConst } from "../hir-ty/ty.ts";

/** Tells an impl of a trait from one of its namesake. */
export type IsOf = (impl: DefId) => boolean;

interface HeadedImpl {
  readonly def: DefId;
  /** What the trait's first argument is; undefined where there is none, or it may be anything. */
  readonly arg: string | undefined;
}

export interface Heads {
  /** By the definition's key, or `#` and the name of a primitive type or kind. */
  readonly named: ReadonlyMap<string, readonly HeadedImpl[]>;
  /** Impls for parameters, aliases, projections: for what may be any type. */
  readonly open: readonly HeadedImpl[];
  readonly all: readonly HeadedImpl[];
}

export const NO_HEADS: Heads = { named: new Map(), open: [], all: [] };

/** Kinds of written types that are one kind of type whatever they are made of. */
const HEADS: ReadonlySet<string> = new Set(["tuple", "array", "slice", "ref", "pointer", "fnPtr", "never"]);
const ADT_KINDS: ReadonlySet<string> = new Set(["struct", "enum", "union", "foreignType"]);

/** The impls of a trait by what they are for. */
export function implHeads(defs: DefDb, impls: readonly IndexedImpl[]): Heads {
  const reader = new HeaderReader(defs);
  const named = new Map<string, HeadedImpl[]>();
  const open: HeadedImpl[] = [];
  const all = impls.map((impl) => {
    const { self, arg } = reader.read(impl);
    const headed = { def: impl.def, arg };
    const alike = self === undefined ? open : named.get(self);
    if (alike !== undefined) alike.push(headed);
    else if (self !== undefined) named.set(self, [headed]);
    return headed;
  });
  return { named, open, all };
}

/** The impls of the very trait that may be for some arguments, the self type first. */
export function applicable(heads: Heads, args: readonly GenericArg[], isOf: IsOf): readonly DefId[] {
  const [self, first] = args;
  const wanted = first === undefined ? undefined : keyOfArg(first);
  const out: DefId[] = [];
  for (const { def, arg } of self === undefined ? [] : candidates(heads, self)) {
    if ((arg === undefined || wanted === undefined || arg === wanted) && isOf(def)) out.push(def);
  }
  return out;
}

/** The impls that may be for a type. */
function candidates(heads: Heads, self: GenericArg): readonly HeadedImpl[] {
  const head = keyOfArg(self);
  if (head === undefined) return heads.all;
  const named = heads.named.get(head);
  return named === undefined ? heads.open : [...named, ...heads.open];
}

function keyOfArg(arg: GenericArg): string | undefined {
  if (isConst(arg)) return arg.kind === "value" ? `=${arg.value}` : undefined;
  return keyOfTy(arg);
}

function keyOfTy(ty: Ty): string | undefined {
  switch (ty.kind) {
    case "adt":
    case "foreign":
      return ty.def.key;
    case "int":
    case "float":
      return `#${ty.name}`;
    case "infer":
    case "projection":
    case "error":
      return undefined;
    default:
      return `#${ty.kind}`;
  }
}

/** What a header says by its text alone: the names of the self type and of the trait's first argument, or that one's digits. */
interface PlainHeader {
  readonly self: string;
  readonly arg: string | undefined;
}

const ONE_NAME = /^[A-Za-z_]\w*$/;
const NO_PARAMETERS = /(?:^|\s)impl\s+$/;
const FIRST_ARGUMENT = /^[\w:\s]*(?:<\s*(\w+)\s*[,>]|$)/;

function plainHeader({ text, traitRange, selfRange }: RawImpl): PlainHeader | undefined {
  const self = text.slice(selfRange.start, selfRange.end);
  if (traitRange === undefined || !ONE_NAME.test(self) || !NO_PARAMETERS.test(text.slice(0, traitRange.start))) return undefined;
  const trait = FIRST_ARGUMENT.exec(text.slice(traitRange.start, traitRange.end));
  return trait === null ? undefined : { self, arg: trait[1] };
}

class HeaderReader {
  readonly #defs: DefDb;
  /** What plain names are, by module: most impls of a list name the same. */
  readonly #names = new Map<ModuleId, Map<string, string | undefined>>();

  constructor(defs: DefDb) {
    this.#defs = defs;
  }

  read({ def, raw }: IndexedImpl): { readonly self: string | undefined; readonly arg: string | undefined } {
    const plain = plainHeader(raw);
    if (plain !== undefined) return { self: this.#ofName(def.module, plain.self), arg: this.#ofPlainArg(def.module, plain.arg) };
    return { self: this.#ofType(def.module, raw, raw.selfType), arg: this.#ofArg(def.module, raw) };
  }

  #ofPlainArg(module: ModuleId, arg: string | undefined): string | undefined {
    if (arg === undefined || ONE_NAME.test(arg)) return arg === undefined ? undefined : this.#ofName(module, arg);
    return /^\d+$/.test(arg) ? `=${BigInt(arg)}` : undefined;
  }

  #ofName(module: ModuleId, name: string): string | undefined {
    const names = this.#names.get(module) ?? new Map<string, string | undefined>();
    this.#names.set(module, names);
    if (!names.has(name)) names.set(name, this.#ofPath(module, pathOfNames([name])));
    return names.get(name);
  }

  #ofArg(module: ModuleId, raw: RawImpl): string | undefined {
    const written: GenericArgRef | undefined = raw.traitPath?.segments.at(-1)?.args?.args.find(({ kind }) => kind !== "lifetime");
    if (written?.kind === "type") return this.#ofType(module, raw, written.type);
    return written?.kind === "const" ? keyOfLiteral(written.expr) : undefined;
  }

  #ofType(module: ModuleId, raw: RawImpl, written: TypeRef): string | undefined {
    if (written.kind !== "path") return HEADS.has(written.kind) ? `#${written.kind}` : undefined;
    const [first] = written.path.segments;
    if (first === undefined || written.path.qualified !== undefined || isParameter(raw, first.name)) return undefined;
    return this.#ofPath(module, written.path);
  }

  #ofPath(module: ModuleId, path: PathRef): string | undefined {
    const resolved = this.#defs.resolvePath(module, path, "types");
    if (resolved.kind !== "found" || resolved.rest > 0) return undefined;
    const { named } = resolved;
    if (named.kind === "builtin") return `#${named.name}`;
    return named.kind === "def" && ADT_KINDS.has(named.def.kind) ? named.def.key : undefined;
  }
}

function keyOfLiteral(expr: Expr): string | undefined {
  return expr.kind === "literal" && expr.literal.kind === "int" ? `=${expr.literal.value}` : undefined;
}

/** Whether a name in an impl's header is one of its parameters. */
export function isParameter(raw: RawImpl, name: string): boolean {
  return raw.generics.params.some((param) => param.name === name);
}
