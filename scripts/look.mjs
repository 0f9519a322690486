/**
 * Shows how the extension looks on any crate: hovers a word in a real VS Code, prints the hover and saves a picture.
 *
 * Usage: npm run look -- FOLDER FILE LINE WORD NAME   (LINE: text that only the wanted line holds; NAME: of the picture)
 */
import { lookAt } from "./end-to-end.mjs";

const [folder, file, line, word, name] = process.argv.slice(2);
if (name === undefined) {
  console.error("npm run look -- FOLDER FILE LINE WORD NAME");
  process.exit(2);
}
console.log(await lookAt({ folder, file, line, word, name }));
