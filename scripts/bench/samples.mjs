// Rust sources to measure with.

/** A source of `types` types, half of them structs and half enums, in 13 1/3 lines for two types. */
export function sampleSource(types) {
  const item = (i) => `/// Number ${i}.
#[derive(Clone)]
pub struct S${i} { a: u8, b: Option<Box<S${Math.max(0, i - 1)}>>, c: [u16; 3], d: u64 }
pub enum E${i} { A(u32), B { x: u8, y: S${i} }, C }
impl S${i} {
    pub fn sum(&self) -> u64 {
        let n = self.d;
        let m = n.rotate_left(3);
        n + m + u64::from(self.a)
    }
}
${i % 3 === 0 ? "\n" : ""}`;
  return Array.from({ length: types / 2 }, (_, i) => item(i)).join("\n");
}
