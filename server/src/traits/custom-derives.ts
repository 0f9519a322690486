/**
 * Derive macros that are not the compiler's: which of them write no impl of a marker trait (Copy, Clone, Drop, Send, Sync, Unpin …).
 *
 * Example: `#[derive(Serialize)]` writes impls of its own trait only; `#[derive(EnumSetType)]` writes Copy and Clone too; a derive that
 * is not in the table may write what its crate's text says (`hir-def/macro-words.ts`), anything if that cannot be read.
 * Source: the documentation of each crate.
 */

import { isInertAttribute } from "../hir-def/builtin-attrs.ts";
import type { DefId } from "../hir-def/def-id.ts";
import { deriveMacro, isCustomDerive, procMacro, writtenDerives } from "../hir-def/derive-macro.ts";
import type { Attr } from "../hir-def/item-tree.ts";
import { mentions } from "../hir-def/lookup.ts";
import { pathOfText } from "../hir-def/written-path.ts";
import { attributeMacroEffect } from "../hir-expand/proc-macros.ts";
import { activeParts } from "../hir-ty/adt.ts";
import { addsKnownDerives } from "../hir-ty/derives.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { SolverDb } from "./solver-db.ts";

/** Derives whose impls are of their own crates' traits, or of std's traits that are no markers (Display, From, Error …). */
const OWN_TRAITS: ReadonlySet<string> = new Set(
  [
    "Serialize Deserialize Serialize_repr Deserialize_repr Serialize_tuple Deserialize_tuple SerializeDisplay DeserializeFromStr",
    "Error Display From Into TryFrom TryInto FromStr AsRef AsMut Deref DerefMut Index IndexMut IntoIterator Add Sub Mul Div Rem Neg Not",
    "BitAnd BitOr BitXor Shl Shr AddAssign SubAssign MulAssign DivAssign RemAssign Sum Product Constructor IsVariant Unwrap TryUnwrap",
    "Arbitrary HeapSize MallocSizeOf TypedBuilder Builder Getters Setters MutGetters CopyGetters Dissimilar New SmartDefault",
    "Parser Args Subcommand ValueEnum Clap StructOpt FromArgs ArgEnum JsonSchema ToSchema TS Type Snafu Diagnostic Fail",
    "EnumString EnumIter EnumCount EnumDiscriminants EnumMessage EnumProperty AsRefStr IntoStaticStr VariantNames VariantArray ToString",
    "FromPrimitive ToPrimitive NumCast Num Zero One FromPrimitive TryFromPrimitive IntoPrimitive UnsafeFromPrimitive Sequence Enum EnumArray",
    "Pod Zeroable TransparentWrapper NoUninit AnyBitPattern CheckedBitPattern Contiguous ByteEq ByteHash",
    "FromBytes FromZeroes FromZeros TryFromBytes IntoBytes AsBytes Unaligned KnownLayout Immutable Hash32",
    "BorshSerialize BorshDeserialize BorshSchema Encode Decode BorrowDecode MaxEncodedLen TypeInfo Archive Zeroize Format Message Enumeration Oneof",
    "Component Resource Event Bundle SystemSet ScheduleLabel States SystemParam QueryData WorldQuery Asset AsBindGroup Reflect TypePath",
    "Queryable Insertable Selectable Identifiable AsChangeset Associations QueryableByName FromRow DeriveEntityModel Debug ShaderType",
    "Logos Valuable Collect Hashable Object SimpleObject InputObject GraphQLObject GraphQLEnum Template TemplateOnce Tabled",
    "NifStruct NifMap NifTaggedEnum IntoPyObject FromPyObject FromForm Responder UriDisplayQuery Actor Visit VisitMut Fold",
    "EntityEvent FromTemplate VisitEntities MapEntities Relationship Portable CheckBytes",
    "EqIgnoreSpan TypeEq Spanned StringEnum FromVariant Is ShrinkToFit DeserializeEnum Take",
    "Validate IntoParams ToResponse IntoResponses FromRequest FromRequestParts FromRef TypedPath EnumIs EnumTryAs FromRepr",
    "FromMeta FromDeriveInput FromField FromVariant FromTypeParam FromAttributes FromGenerics Yokeable ZeroFrom VarULE Bake ProvideStaticRef DeepSizeOf GetSize SizeOf Derive CryptoRng VariantCount Kinded",
  ]
    .join(" ")
    .split(" "),
);

/** Crates all of whose derives are such. */
const OWN_TRAITS_ONLY: ReadonlySet<string> = new Set(["cw_schema_derive", "diesel_derives", "zbus_macros", "zvariant_derive"]);

/** Derives that write an `impl Unpin` whose bounds never hold, so that the type is not Unpin whatever it holds (bevy_ecs 0.20). */
const NEVER_UNPIN: ReadonlySet<string> = new Set(["FromTemplate"]);

/** Attribute macros that add derives of std's traits, also beside derives of other crates; which ones is not known here. */
const ADD_DERIVES: ReadonlySet<string> = new Set(["ast_serde", "derive_ex", "derive_where"]);

/** The macro that makes Unpin depend on the fields with `#[pin]`, and writes an `impl Drop` for the argument `PinnedDrop` only. */
const PIN_PROJECT = "pin_project_internal::pin_project";

/** The derive that writes an `impl Drop` unless an attribute says otherwise, and the words of that attribute (boa_macros 0.20 and 0.22). */
const TRACE = { macro: "boa_macros::Trace", attribute: "boa_gc", words: ["empty_trace", "unsafe_empty_trace", "unsafe_no_drop"] };

/** Other derives of that crate write none. */
const TRACE_CRATE = "boa_macros::";

/** Whether a derive on a definition writes an `impl Drop`; undefined if nothing is known of that. */
export function dropByMacro(db: SolverDb, def: DefId): boolean | undefined {
  const attrs = db.attrsOf(def);
  const isTraced = customDerives(db, def).some((derive) => {
    if (lastName(derive) !== "Trace") return false;
    const macro = deriveMacro(db.defs, def.module, derive);
    return macro !== undefined && macroPath(db, macro) === TRACE.macro && knowsWords(db, macro);
  });
  if (!isTraced || attrs.some(({ path }) => path === "cfg_attr")) return undefined;
  const own = attrs.filter(({ path }) => path === TRACE.attribute).map(({ args = "" }) => args.trim());
  return own.every((word) => TRACE.words.includes(word)) ? own.length === 0 : undefined;
}

/** Whether the text of the macro's crate is the one that is known. */
function knowsWords(db: SolverDb, { module: { krate } }: DefId): boolean {
  return ["Drop", ...TRACE.words].every((word) => db.macroWords.maySay(krate, word));
}

/** A derive or attribute macro on a definition that may write impls of a trait, by the macro's name; undefined if there is none. */
export function unknownImplSource(db: SolverDb, def: DefId, trait: DefId): string | undefined {
  if (db.crate(def.module.krate).kind === "std") return undefined;
  const attrs = db.attrsOf(def);
  if (attrs.length === 0) return undefined;
  const custom = customDerives(db, def);
  const unknown = custom.find((derive) => mayDerive(db, def, derive, trait));
  if (unknown !== undefined) return unknown;
  const adding = attrs.find((attr) => mayAddDerive(attr, trait))?.path;
  return adding ?? attrs.find((attr) => attributeMayWrite(db, def, attr, { trait, hasDerive: custom.length > 0 }))?.path;
}

/** Whether `unknownImplSource` may write an impl of an auto trait: what only adds derives of std's traits does not. */
export function mayWriteAutoTrait(db: SolverDb, def: DefId, trait: DefId): boolean {
  if (db.crate(def.module.krate).kind === "std") return false;
  const custom = customDerives(db, def);
  if (custom.some((derive) => mayDerive(db, def, derive, trait))) return true;
  const goal = { trait, hasDerive: custom.length > 0 };
  return db.attrsOf(def).some((attr) => attributeMayWrite(db, def, attr, goal));
}

/** `derive_where` names the traits it writes impls of; `ZeroizeOnDrop` and `Zeroize(drop)` stand for Drop. */
function mayAddDerive({ path, args = "" }: Attr, trait: DefId): boolean {
  const name = lastName(path);
  return ADD_DERIVES.has(name) && (name !== "derive_where" || args.toLowerCase().includes(trait.name.toLowerCase()));
}

interface Goal {
  readonly trait: DefId;
  /** With custom derives, an attribute that is found nowhere is the helper of one. */
  readonly hasDerive: boolean;
}

/** Whether an attribute is a macro that may write an impl of a trait, by the text of its crate and of the item. */
function attributeMayWrite(db: SolverDb, def: DefId, attr: Attr, { trait, hasDerive }: Goal): boolean {
  if (isInertAttribute(attr.path) || addsKnownDerives(attr) || ADD_DERIVES.has(lastName(attr.path))) return false;
  const macro = procMacro(db.defs, def.module, pathOfText(attr.path));
  if (isUnmarked(macro === undefined ? attr.path : macroPath(db, macro)) && db.crate(trait.module.krate).kind === "std") return false;
  if (macro === undefined) return !hasDerive;
  const lang = db.langOf(trait);
  if (macroPath(db, macro) === PIN_PROJECT && (lang === "drop" || lang === "unpin"))
    return mentions(attr.args ?? "", lang === "drop" ? "PinnedDrop" : "UnsafeUnpin");
  return helpersMention(db, def, trait.name) || db.macroWords.maySay(macro.module.krate, trait.name);
}

/** Whether an attribute macro, or one that is written for it to take away, is known to write no impl of a marker trait. */
function isUnmarked(path: string): boolean {
  const effect = attributeMacroEffect(path);
  return effect.kind === "keeps" && effect.isUnmarked === true;
}

/**
 * Whether a derive macro may write an impl of a trait: neither the table says no, which is about std's traits only, nor the text of the
 * macro's crate and of the item.
 */
function mayDerive(db: SolverDb, def: DefId, derive: string, trait: DefId): boolean {
  const isOfStd = db.crate(trait.module.krate).kind === "std";
  if (isOfStd && OWN_TRAITS.has(lastName(derive))) return false;
  const macro = deriveMacro(db.defs, def.module, derive);
  if (isOfStd && macro !== undefined && OWN_TRAITS_ONLY.has(db.crate(macro.module.krate).name)) return false;
  if (macro !== undefined && db.langOf(trait) === "drop" && macroPath(db, macro).startsWith(TRACE_CRATE) && knowsWords(db, macro))
    return macroPath(db, macro) === TRACE.macro && dropByMacro(db, def) !== false;
  return macro === undefined || helpersMention(db, def, trait.name) || db.macroWords.maySay(macro.module.krate, trait.name);
}

/** An attribute that is no doc comment and no derive; what it says may get into what a derive writes. */
const HELPER = /#\s*\[(?!\s*(?:derive|doc)\b)[^\]]*/g;

function helpersMention(db: SolverDb, def: DefId, word: string): boolean {
  const text = db.defs.rawItem(def)?.text ?? "";
  return [...text.matchAll(HELPER)].some(([helper]) => mentions(helper, word));
}

function macroPath(db: SolverDb, macro: DefId): string {
  return `${db.crate(macro.module.krate).name}::${macro.name}`;
}

/** What a macro on a definition says of Unpin: it never holds, or holds where it does for all fields with `#[pin]`. */
export function unpinByMacro(db: SolverDb, def: DefId): "never" | "pinned" | undefined {
  if (customDerives(db, def).some((derive) => NEVER_UNPIN.has(lastName(derive)))) return "never";
  const attr = db.attrsOf(def).find(({ path }) => {
    const macro = isInertAttribute(path) ? undefined : procMacro(db.defs, def.module, pathOfText(path));
    return macro !== undefined && macroPath(db, macro) === PIN_PROJECT;
  });
  if (attr === undefined || mentions(attr.args ?? "", "UnsafeUnpin")) return undefined;
  return mentions(attr.args ?? "", "Unpin") ? "never" : "pinned";
}

/** The types of the fields with `#[pin]` in terms of the definition's own parameters; undefined if they are not known. */
export function pinnedFields(db: SolverDb, def: DefId): readonly Ty[] | undefined {
  const raw = db.defs.rawItem(def);
  if (raw?.kind !== "struct" && raw?.kind !== "union" && raw?.kind !== "enum") return undefined;
  const { variants } = db.adt(def);
  const written = raw.kind === "enum" ? activeParts(db, def, raw.variants).parts.map(({ fields }) => fields) : [raw.fields];
  return written.flatMap((fields, v) =>
    activeParts(db, def, fields).parts.flatMap((field, i) => {
      const known = variants[v]?.fields[i];
      return known !== undefined && field.attrs.some(({ path }) => path === "pin") ? [known.ty] : [];
    }),
  );
}

/** The derives on a definition that are not the compiler's, as written. */
function customDerives(db: SolverDb, def: DefId): readonly string[] {
  return writtenDerives(db.attrsOf(def)).filter((derive) => isCustomDerive(db.defs, def.module, derive));
}

function lastName(path: string): string {
  return path.split("::").at(-1) ?? path;
}
