/**
 * Random traits with associated types: blanket impls, projections in chains, generic associated types, where-clauses, supertraits,
 * defaults of parameters, and structs whose fields are projections.
 *
 * Invariant: impls do not overlap; every projection that is told to the pool has exactly one impl.
 */
import type { Writer } from "./random-definitions.ts";
import { addType } from "./random-definitions.ts";

function projection(writer: Writer, text: string, bound: number): void {
  if (bound <= 600) writer.pool.projections.push({ text, bound, isCopy: false });
}

/** A trait for some types, an associated type each, and a struct generic over it. */
export function assocTypes(writer: Writer): string {
  const { pool, types, path, random } = writer;
  const [name, holder, a, b] = [pool.fresh("Tr"), pool.fresh("H"), pool.fresh("K"), pool.fresh("K")];
  const [of1, of2, own] = [types.ty(2), types.ty(2), types.ty(1)];
  const alias = pool.fresh("A");
  for (const [who, ty] of [
    [a, of1],
    [b, of2],
  ] as const)
    projection(writer, `<${path}::${who} as ${path}::${name}>::Out`, ty.bound);
  projection(writer, `<Vec<${path}::${a}> as ${path}::${name}>::Out`, of1.bound * 2 + 32);
  addType(writer, alias, { bound: of1.bound * 4 + of2.bound + 100, isCopy: false });
  return [
    `pub trait ${name} { type Out; type Other: Default; }`,
    `pub struct ${a}(${own.text}); pub struct ${b};`,
    `impl ${name} for ${a} { type Out = ${of1.text}; type Other = u${random.pick([8, 16, 64] as const)}; }`,
    `impl ${name} for ${b} { type Out = ${of2.text}; type Other = (); }`,
    `impl<T: ${name}> ${name} for Vec<T> { type Out = (T::Out, Option<T::Other>); type Other = Option<T>; }`,
    `impl<T: ${name} + ?Sized> ${name} for &'static T { type Out = <T as ${name}>::Out; type Other = [u8; 2]; }`,
    `pub struct ${holder}<T: ${name}> { a: T::Out, b: Option<<T as ${name}>::Other>, c: <Vec<T> as ${name}>::Out }`,
    `pub type ${alias} = ${holder}<${random.pick([a, `&'static ${a}`, `&'static &'static ${b}`] as const)}>;`,
    `pub type ${pool.fresh("A")} = Option<<Vec<&'static ${b}> as ${name}>::Out>;`,
  ].join("\n");
}

/** A blanket impl over another trait with its own projection, and supertraits with bindings. */
export function blankets(writer: Writer): string {
  const { pool, types, path } = writer;
  const [base, over, sup, a] = [pool.fresh("Base"), pool.fresh("Over"), pool.fresh("Sup"), pool.fresh("K")];
  const ty = types.ty(2);
  projection(writer, `<${path}::${a} as ${path}::${over}>::Made`, ty.bound * 2 + 32);
  const alias = pool.fresh("A");
  addType(writer, alias, { bound: ty.bound * 3 + 64, isCopy: false });
  return [
    `pub trait ${base} { type Item; }`,
    `pub trait ${over} { type Made; }`,
    `pub trait ${sup}<X = u8>: ${base} where Self::Item: Sized { type Pair; }`,
    `pub struct ${a};`,
    `impl ${base} for ${a} { type Item = ${ty.text}; }`,
    `impl<T> ${over} for T where T: ${base}, <T as ${base}>::Item: Sized { type Made = (T::Item, Option<T::Item>); }`,
    `impl<X, T: ${base}> ${sup}<X> for T { type Pair = (X, <T as ${over}>::Made); }`,
    `pub struct ${pool.fresh("H")}<T: ${base}>(<T as ${over}>::Made, T::Item) where T: ${over};`,
    `pub enum ${alias} { A(<${a} as ${sup}>::Pair), B(<${a} as ${sup}<${types.primitive().text}>>::Pair), C }`,
    `pub type ${pool.fresh("A")} = <<Vec<${a}> as IntoIterator>::Item as ${over}>::Made;`,
  ].join("\n");
}

/** Generic associated types, lending over lifetimes and types, const parameters on traits. */
export function gats(writer: Writer): string {
  const { pool, types, random, path } = writer;
  const [family, lend, a, b, array] = [pool.fresh("Fam"), pool.fresh("Lend"), pool.fresh("K"), pool.fresh("K"), pool.fresh("Arr")];
  const ty = types.ty(1);
  const alias = pool.fresh("A");
  addType(writer, alias, { bound: ty.bound * 3 + 100, isCopy: false });
  projection(writer, `<${path}::${a} as ${path}::${family}>::Of<${types.primitive().text}>`, 80);
  const wrapper = random.pick(["Box<T>", "Option<T>", "(T, u8)", "std::rc::Rc<T>", "[T; 2]", "core::cell::Cell<T>"] as const);
  return [
    `pub trait ${family} { type Of<T>; type Twice<T> where Self: Sized; }`,
    `pub struct ${a}; pub struct ${b};`,
    `impl ${family} for ${a} { type Of<T> = ${wrapper}; type Twice<T> = (<Self as ${family}>::Of<T>, Self::Of<u8>); }`,
    `impl ${family} for ${b} { type Of<T> = Vec<T>; type Twice<T> = <${a} as ${family}>::Of<<${a} as ${family}>::Of<T>>; }`,
    `pub trait ${lend} { type Item<'a, X: 'a> where Self: 'a; const N: usize; }`,
    `impl<F: ${family}> ${lend} for Option<F> { type Item<'a, X: 'a> = (&'a X, F::Of<X>) where F: 'a; const N: usize = ${random.below(5)}; }`,
    `pub trait ${array}<const N: usize> { type Arr; } impl<T, const N: usize> ${array}<N> for (T,) { type Arr = [T; N]; }`,
    `pub struct ${alias}(<${a} as ${family}>::Twice<${ty.text}>, <Option<${b}> as ${lend}>::Item<'static, u16>, <(bool,) as ${array}<${random.below(5)}>>::Arr, <${b} as ${family}>::Twice<char>);`,
    `pub type ${pool.fresh("A")} = [u8; <Option<${a}> as ${lend}>::N];`,
  ].join("\n");
}

/** Impls told apart only by a projection or by arguments of the trait. */
export function selections(writer: Writer): string {
  const { pool, types } = writer;
  const [name, conv, a, b] = [pool.fresh("Sel"), pool.fresh("Conv"), pool.fresh("K"), pool.fresh("K")];
  const [x, y, z] = [types.ty(1), types.ty(1), types.ty(2)];
  const alias = pool.fresh("A");
  addType(writer, alias, { bound: x.bound + y.bound + z.bound + 100, isCopy: false });
  return [
    `pub trait ${name}<X> { type Out; } pub trait ${conv} { type To; }`,
    `pub struct ${a}; pub struct ${b}<T>(T);`,
    `impl ${conv} for ${a} { type To = u16; } impl<T> ${conv} for ${b}<T> { type To = T; }`,
    `impl ${name}<u8> for ${a} { type Out = ${x.text}; } impl ${name}<u16> for ${a} { type Out = ${y.text}; }`,
    `impl<T> ${name}<T> for ${b}<T> { type Out = Option<T>; } impl ${name}<()> for ${b}<u8> { type Out = ${z.text}; }`,
    `impl<T: ${conv}> ${name}<<T as ${conv}>::To> for [T; 1] { type Out = (T::To, ${b}<T>); }`,
    `impl<T: for<'a> Fn(&'a T) -> u8> ${conv} for (T,) { type To = T; } impl ${conv} for fn(u8) { type To = Box<dyn FnOnce(u8) -> u16>; } impl ${conv} for dyn Send { type To = u32; }`,
    `pub struct ${alias}(<${a} as ${name}<u16>>::Out, <${a} as ${name}<u8>>::Out, <${b}<u8> as ${name}<()>>::Out, <${b}<char> as ${name}<char>>::Out, <fn(u8) as ${conv}>::To, <dyn Send as ${conv}>::To);`,
    `pub type ${pool.fresh("A")} = <[${a}; 1] as ${name}<<${a} as ${conv}>::To>>::Out;`,
  ].join("\n");
}
