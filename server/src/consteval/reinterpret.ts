/**
 * Looking at memory as another type: union fields, `transmute`, casts of pointers. Values become bytes by the layout of their
 * type and bytes become values again.
 *
 * Example: `transmute::<[u8; 4], u32>([1, 0, 0, 0])` is 1 on little-endian targets.
 *
 * Invariants: uninitialised bytes stay uninitialised; a pointer keeps what it points to only as a whole; an enum with fields or a
 * value whose layout is not known is not converted.
 */
import { msg } from "../base/message.ts";
import type { Ty } from "../hir-ty/ty.ts";
import type { ConstDb } from "./const-db.ts";
import { floatFromBits, floatToBits } from "./float-ops.ts";
import { intSpec, toBits, wrap } from "./int-ops.ts";
import { Halt, halt } from "./machine.ts";
import { aggregateAt, read } from "./memory.ts";
import { EMPTY_ENV } from "./typeck-context.ts";
import type { Pointer, Value } from "./value.ts";
import { Aggregate, addressPointer, copyValue, isAggregate, isPointer, pointerTo, UNINIT } from "./value.ts";

/** A byte; undefined is uninitialised; a part of a pointer is that pointer and the part's number. */
type Byte = number | undefined | { readonly pointer: Value; readonly part: number };

type AdtTy = Extract<Ty, { kind: "adt" }>;

function sizeOf(db: ConstDb, ty: Ty): number {
  const layout = db.ty.sizeAlign(ty, EMPTY_ENV);
  if (!layout.ok) throw new Halt(layout.error);
  return Number(layout.value.size);
}

/** The fields of a struct or tuple with their types and offsets in bytes. */
function fieldsOf(db: ConstDb, ty: Ty): readonly { readonly ty: Ty; readonly offset: number }[] {
  const fields = ty.kind === "tuple" ? ty.elements.map((element, i) => ({ name: `${i}`, ty: element })) : structFields(db, ty);
  return fields.map((field) => {
    const offset = db.ty.offsetOf(ty, [field.name], EMPTY_ENV);
    if (!offset.ok) throw new Halt(offset.error);
    return { ty: field.ty, offset: Number(offset.value) };
  });
}

function structFields(db: ConstDb, ty: Ty): readonly { readonly name: string; readonly ty: Ty }[] {
  if (ty.kind !== "adt") halt(msg("memory of this type cannot be looked at as another type"));
  const [variant] = db.ty.adt(ty.def).variants;
  return (variant?.fields ?? []).map((field) => ({ name: field.name, ty: fieldTyOf(db, ty, field.ty) }));
}

function fieldTyOf(db: ConstDb, ty: AdtTy, declared: Ty): Ty {
  return db.ty.normalize(db.ty.substitute(declared, ty.def, ty.args), EMPTY_ENV);
}

/** The value of a type as one of another type of the same size. */
export function transmute(db: ConstDb, value: Value, from: Ty, to: Ty): Value {
  if (from === to || value === UNINIT) return value;
  return decode(db, encode(db, value, from), to);
}

function encode(db: ConstDb, value: Value, ty: Ty): readonly Byte[] {
  if (value === UNINIT) return Array.from({ length: sizeOf(db, ty) }, () => undefined);
  switch (ty.kind) {
    case "int":
    case "bool":
    case "char":
    case "float":
      return encodeScalar(db, value, ty);
    case "pattern":
      return encode(db, value, ty.base);
    case "array":
      return isAggregate(value)
        ? value.items().flatMap((item) => [...encode(db, item, ty.element)])
        : halt(msg("memory of another type is read"));
    case "tuple":
      return encodeFields(db, value, ty);
    case "adt":
      return encodeAdt(db, value, ty);
    case "ref":
    case "pointer":
    case "fnPtr":
      return encodePointer(db, value, ty);
    default:
      return halt(msg("memory of this type cannot be looked at as another type"));
  }
}

type ScalarTy = Extract<Ty, { kind: "int" | "bool" | "char" | "float" }>;

function encodeScalar(db: ConstDb, value: Value, ty: ScalarTy): readonly Byte[] {
  const size = sizeOf(db, ty);
  if (ty.kind === "float")
    return intBytes(db, typeof value === "number" ? floatToBits(ty.name, value) : halt(msg("memory of another type is read")), size);
  if (typeof value !== "bigint") return pointerBytes(value, size);
  return intBytes(db, ty.kind === "int" ? toBits(intSpec(ty.name, db.target.pointerBits), value) : value, size);
}

/** The bytes of an unsigned number in the target's order. */
export function intBytes(db: ConstDb, bits: bigint, size: number): number[] {
  const bytes = Array.from({ length: size }, (_, i) => Number((bits >> BigInt(8 * i)) & 255n));
  return db.target.bigEndian ? bytes.reverse() : bytes;
}

function pointerBytes(pointer: Value, size: number): readonly Byte[] {
  return Array.from({ length: size }, (_, part) => ({ pointer, part }));
}

function encodePointer(db: ConstDb, value: Value, ty: Ty): readonly Byte[] {
  const word = db.target.pointerBits / 8;
  const size = sizeOf(db, ty);
  if (isPointer(value) && value.base === undefined && size === word) return intBytes(db, value.address, word);
  if (size === word) return pointerBytes(isPointer(value) ? marked(value, ty) : value, word);
  if (!isPointer(value) || value.length === undefined) return halt(msg("memory of this type cannot be looked at as another type"));
  return [...pointerBytes(marked({ ...value, length: undefined }, ty), word), ...intBytes(db, BigInt(value.length), word)];
}

/** The pointer with what it points to, whatever type it is taken for next. */
function marked(pointer: Pointer, ty: Ty): Pointer {
  const target = ty.kind === "ref" || ty.kind === "pointer" ? ty.target : undefined;
  return { ...pointer, stored: pointer.stored ?? target };
}

function encodeFields(db: ConstDb, value: Value, ty: Ty): readonly Byte[] {
  if (!isAggregate(value)) return halt(msg("memory of another type is read"));
  const out: Byte[] = Array.from({ length: sizeOf(db, ty) }, () => undefined);
  for (const [i, field] of fieldsOf(db, ty).entries()) {
    for (const [j, byte] of encode(db, value.get(i), field.ty).entries()) out[field.offset + j] = byte;
  }
  return out;
}

function encodeAdt(db: ConstDb, value: Value, ty: AdtTy): readonly Byte[] {
  if (!isAggregate(value)) return halt(msg("memory of another type is read"));
  if (ty.def.kind === "struct") return encodeFields(db, value, ty);
  const size = sizeOf(db, ty);
  const adt = db.ty.adt(ty.def);
  if (ty.def.kind === "union") {
    const field = adt.variants[0]?.fields[value.variant];
    const bytes = field === undefined ? [] : encode(db, value.get(0), fieldTyOf(db, ty, field.ty));
    return Array.from({ length: size }, (_, i) => bytes[i]);
  }
  const discriminants = db.discriminantsOf(ty.def);
  const discriminant = discriminants.ok ? discriminants.value[value.variant] : undefined;
  if (adt.variants.some((v) => v.fields.length > 0) || discriminant === undefined)
    return halt(msg("memory of this enum cannot be looked at as another type"));
  return intBytes(db, BigInt.asUintN(size * 8, discriminant), size);
}

function decode(db: ConstDb, bytes: readonly Byte[], ty: Ty): Value {
  switch (ty.kind) {
    case "int":
    case "bool":
    case "char":
    case "float":
      return decodeScalar(db, bytes, ty);
    case "pattern":
      return decode(db, bytes, ty.base);
    case "array":
      return decodeArray(db, bytes, ty);
    case "tuple":
      return decodeFields(db, bytes, ty);
    case "adt":
      return decodeAdt(db, bytes, ty);
    case "ref":
    case "pointer":
    case "fnPtr":
      return decodePointer(db, bytes, ty);
    default:
      return halt(msg("memory cannot be looked at as this type"));
  }
}

/** The number some bytes are; undefined if one is uninitialised. */
function bytesToInt(db: ConstDb, bytes: readonly Byte[]): bigint | undefined {
  const ordered = db.target.bigEndian ? bytes : [...bytes].reverse();
  let bits = 0n;
  for (const byte of ordered) {
    if (byte === undefined) return undefined;
    if (typeof byte !== "number") return halt(msg("a pointer is used as a number"));
    bits = (bits << 8n) | BigInt(byte);
  }
  return bits;
}

function decodeScalar(db: ConstDb, bytes: readonly Byte[], ty: ScalarTy): Value {
  const bits = bytesToInt(db, bytes);
  if (bits === undefined) return UNINIT;
  switch (ty.kind) {
    case "int":
      return wrap(intSpec(ty.name, db.target.pointerBits), bits);
    case "float":
      return floatFromBits(ty.name, bits);
    case "bool":
      return bits > 1n ? halt(msg("a `bool` that is neither 0 nor 1")) : bits;
    case "char":
      return bits > 0x10ffffn || (bits >= 0xd800n && bits <= 0xdfffn) ? halt(msg("a `char` that is no Unicode scalar value")) : bits;
  }
}

function decodeArray(db: ConstDb, bytes: readonly Byte[], ty: Extract<Ty, { kind: "array" }>): Value {
  const stride = sizeOf(db, ty.element);
  const length = ty.length.kind === "value" ? Number(ty.length.value) : halt(msg("the length of this array could not be worked out"));
  return Aggregate.of(Array.from({ length }, (_, i) => decode(db, bytes.slice(i * stride, (i + 1) * stride), ty.element)));
}

function decodeFields(db: ConstDb, bytes: readonly Byte[], ty: Ty): Value {
  return Aggregate.of(
    fieldsOf(db, ty).map((field) => decode(db, bytes.slice(field.offset, field.offset + sizeOf(db, field.ty)), field.ty)),
  );
}

function decodeAdt(db: ConstDb, bytes: readonly Byte[], ty: AdtTy): Value {
  if (ty.def.kind === "struct") return decodeFields(db, bytes, ty);
  const adt = db.ty.adt(ty.def);
  if (ty.def.kind === "union") return decodeUnion(db, bytes, ty);
  if (adt.variants.some((v) => v.fields.length > 0)) return halt(msg("memory cannot be looked at as this enum"));
  const discriminants = db.discriminantsOf(ty.def);
  const bits = bytesToInt(db, bytes);
  if (!discriminants.ok || bits === undefined) return UNINIT;
  const variant = discriminants.value.findIndex((d) => BigInt.asUintN(bytes.length * 8, d) === bits);
  return variant < 0 ? halt(msg("a number that is no variant of this enum")) : Aggregate.of([], variant);
}

/** A union keeps its bytes as the field that covers all of them. */
function decodeUnion(db: ConstDb, bytes: readonly Byte[], ty: AdtTy): Value {
  const fields = structFields(db, ty);
  const index = fields.findIndex((f) => sizeOf(db, f.ty) === bytes.length);
  const field = fields[index];
  if (field === undefined) return halt(msg("memory cannot be looked at as this union"));
  const value = Aggregate.of([decode(db, bytes, field.ty)]);
  value.variant = index;
  return value;
}

function decodePointer(db: ConstDb, bytes: readonly Byte[], ty: Ty): Value {
  const word = db.target.pointerBits / 8;
  const [first] = bytes;
  if (first === undefined) return UNINIT;
  const head = bytes.slice(0, word);
  if (typeof first === "number") return addressPointer(bytesToInt(db, head) ?? 0n);
  const isWhole = head.every((byte, i) => typeof byte === "object" && byte.pointer === first.pointer && byte.part === i);
  if (!isWhole) return halt(msg("a part of a pointer is used as a pointer"));
  const whole = isPointer(first.pointer) ? unmarked(first.pointer, ty) : first.pointer;
  if (bytes.length === word) return whole;
  const length = bytesToInt(db, bytes.slice(word));
  return isPointer(whole) && length !== undefined
    ? { ...whole, length: Number(length) }
    : halt(msg("memory cannot be looked at as this pointer"));
}

function unmarked(pointer: Pointer, ty: Ty): Pointer {
  const target = ty.kind === "ref" || ty.kind === "pointer" ? ty.target : undefined;
  return target === undefined || pointer.stored === undefined
    ? pointer
    : castPointer({ ...pointer, stored: undefined }, pointer.stored, target);
}

/** The place of a union's field; the union then holds that field. */
export function unionField(db: ConstDb, pointer: Pointer, access: { readonly union: AdtTy; readonly index: number }): Pointer {
  const { union, index } = access;
  const found = read(pointer);
  const value = found === UNINIT ? emptyUnion(pointer, index) : aggregateAt(pointer);
  if (value.variant !== index) {
    const fields = db.ty.adt(union.def).variants[0]?.fields ?? [];
    const from = fields[value.variant];
    const to = fields[index];
    if (from === undefined || to === undefined) return halt(msg("this union's field is not known"));
    const target = fieldTyOf(db, union, to.ty);
    const bytes = encode(db, copyValue(value.get(0)), fieldTyOf(db, union, from.ty));
    const size = sizeOf(db, target);
    value.set(
      0,
      decode(
        db,
        Array.from({ length: size }, (_, i) => bytes[i]),
        target,
      ),
    );
    value.variant = index;
  }
  return pointerTo(value, 0);
}

function emptyUnion(pointer: Pointer, index: number): Aggregate {
  const value = Aggregate.of([UNINIT]);
  value.variant = index;
  if (pointer.base === undefined) return halt(msg("a pointer without a value behind it is dereferenced"));
  pointer.base.set(pointer.index, value);
  return value;
}

/** A pointer to something as a pointer to something else; what really lies there stays known in `stored`. */
export function castPointer(pointer: Pointer, from: Ty, to: Ty): Pointer {
  if (pointer.base === undefined || from === to) return pointer;
  const [source, target] = [elementOfWide(from), elementOfWide(to)];
  if (source !== undefined && target !== undefined) return sameElement(source, target) ? pointer : withStored(pointer, from, to);
  if (source !== undefined)
    return sameElement(source, to) ? { ...pointer, length: undefined } : withStored({ ...pointer, length: undefined }, from, to);
  if (from.kind === "array" && from.element === to && pointer.stored === undefined) return firstElement(pointer);
  return withStored(pointer, from, to);
}

function withStored(pointer: Pointer, from: Ty, to: Ty): Pointer {
  const stored = pointer.stored ?? from;
  return { ...pointer, stored: stored === to ? undefined : stored };
}

/** `str` is seen as bytes. */
function elementOfWide(ty: Ty): Ty | "byte" | undefined {
  return ty.kind === "slice" ? ty.element : ty.kind === "str" ? "byte" : undefined;
}

function sameElement(a: Ty | "byte", b: Ty | "byte"): boolean {
  const isByte = (ty: Ty | "byte"): boolean => ty === "byte" || (ty.kind === "int" && ty.name === "u8");
  return a === b || (isByte(a) && isByte(b));
}

/** A pointer to an array as one to its first element. */
function firstElement(pointer: Pointer): Pointer {
  return pointer.length === undefined ? pointerTo(aggregateAt(pointer), 0) : { ...pointer, length: undefined };
}

/** The pointer as it is read and written through: one to memory of the type it says. */
export function typed(db: ConstDb, pointer: Pointer, pointee: Ty): Pointer {
  return pointer.stored === undefined || pointer.stored === pointee ? pointer : viewAs(db, pointer, pointee);
}

/** A pointer to memory that holds `pointer.stored`, as one to a `ty`: what is wrapped in it, first to last. */
export function viewAs(db: ConstDb, pointer: Pointer, ty: Ty): Pointer {
  let at: Pointer = { ...pointer, stored: undefined };
  let stored = pointer.stored;
  for (let depth = 0; depth < 32 && stored !== undefined; depth++) {
    if (stored === ty) return at;
    const inner = innerOf(db, stored);
    if (inner === undefined) break;
    at =
      stored.kind === "adt" && stored.def.kind === "union"
        ? unionField(db, at, { union: stored, index: inner.index })
        : pointerTo(aggregateAt(at), inner.index);
    stored = inner.ty;
  }
  return halt(msg("memory is looked at as another type"));
}

/** The one part of a type that takes all of its bytes. */
function innerOf(db: ConstDb, ty: Ty): { readonly index: number; readonly ty: Ty } | undefined {
  if (ty.kind === "array") return { index: 0, ty: ty.element };
  if (ty.kind !== "adt" || ty.def.kind === "enum") return undefined;
  const size = sizeOf(db, ty);
  const fields = structFields(db, ty);
  const index = fields.findIndex((f) => sizeOf(db, f.ty) === size);
  const field = fields[index];
  return field === undefined ? undefined : { index, ty: field.ty };
}
