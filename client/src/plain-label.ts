/**
 * Texts in places where VS Code draws icons (`$(error)`): the status and its menu.
 *
 * Example: `a $(error)` becomes `a \$(error)`, which is drawn as it was written.
 */

/** The text with nothing in it that VS Code takes for an icon. */
export function plainLabel(text: string): string {
  return text.replaceAll(/\$(?=\([a-z0-9~-]+\))/gi, "\\$");
}
