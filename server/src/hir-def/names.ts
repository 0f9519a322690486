/**
 * Identifier text: names are compared and shown without `r#`, in Unicode normal form C (Reference, "Identifiers").
 */

/** The identifier a token stands for. */
export function identifierText(text: string): string {
  const plain = text.startsWith("r#") ? text.slice(2) : text;
  return /^[\x20-\x7e]*$/.test(plain) ? plain : plain.normalize("NFC");
}
