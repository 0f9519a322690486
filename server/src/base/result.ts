/**
 * Result: a value or an error, the core's way to say "no" without throwing.
 *
 * Invariant: core code never throws for user input; exceptions are for bugs and for the two unwinding signals
 * (`Pending`, `Cancelled`), which are caught in one place each.
 */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A successful result. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A failed result. */
export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
