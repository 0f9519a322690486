/**
 * The targets the oracle asks about: between them every class of data layout that differs in what layouts depend on.
 */
export const MAIN_TARGETS = [
  "x86_64-unknown-linux-gnu",
  "i686-unknown-linux-gnu",
  "thumbv7em-none-eabihf",
  "avr-none",
  "wasm32-unknown-unknown",
  "msp430-none-elf",
  "powerpc64-unknown-linux-gnu",
  "riscv32imc-unknown-none-elf",
  "armv7s-apple-ios",
  "m68k-unknown-linux-gnu",
  "s390x-unknown-linux-gnu",
] as const;
