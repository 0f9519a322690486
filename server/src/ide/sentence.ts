/**
 * Sentences: messages as inlines, in the user's words.
 *
 * Invariant: `code` and **strong** are read off the message's own text only; what goes into its gaps (names from a source file, say)
 * never opens or ends either. A message in a gap is prose with names in backticks.
 *
 * Example: "`{name}` sets the size." with `name` = "Blob" is [code("Blob"), text(" sets the size.")].
 */
import type { Message, Value } from "../base/message.ts";
import { piecesOf } from "../base/message.ts";
import type { Words } from "../base/words.ts";
import { chosen, inWords } from "../base/words.ts";
import type { Inline, NumberFormat } from "./markup.ts";
import { code, prose, strong, text } from "./markup.ts";

/** How things are written: numbers in the user's format, sentences in the user's language. */
export interface Writing {
  readonly numbers: NumberFormat;
  readonly words: Words;
}

type Style = "text" | "code" | "strong";

/** A sentence, or a part of one. */
export function sentence(words: Words, message: Message): readonly Inline[] {
  const made = new Inlines();
  for (const piece of piecesOf(words.translate(message.text) ?? message.text)) {
    if (piece.kind === "words") made.addMarked(piece.text);
    else {
      const value: Value = message.values[piece.name] ?? "";
      if (piece.choices !== undefined) made.add(chosen(words, value, piece.choices));
      else if (typeof value === "string") made.add(value);
      else made.addAll(prose(inWords(words, value)));
    }
  }
  return made.end();
}

/** Inlines under way; neighbours of one style become one. */
class Inlines {
  readonly #done: Inline[] = [];
  #style: Style = "text";
  #open = "";

  /** Words with the marks that begin and end code and emphasis. */
  addMarked(words: string): void {
    for (const part of words.split(/(`|\*\*)/)) {
      if (part === "`") this.#turn("code");
      else if (part === "**") this.#turn("strong");
      else this.#open += part;
    }
  }

  add(content: string): void {
    this.#open += content;
  }

  addAll(inlines: readonly Inline[]): void {
    for (const inline of inlines) {
      if (this.#style !== "text" || inline.kind === "text") {
        this.#open += inline.text;
        continue;
      }
      this.#close();
      this.#done.push(inline);
    }
  }

  end(): readonly Inline[] {
    this.#close();
    return this.#done;
  }

  #turn(style: Exclude<Style, "text">): void {
    this.#close();
    this.#style = this.#style === style ? "text" : style;
  }

  #close(): void {
    if (this.#open !== "") this.#done.push(inlineOf(this.#style, this.#open));
    this.#open = "";
  }
}

function inlineOf(style: Style, content: string): Inline {
  switch (style) {
    case "text":
      return text(content);
    case "code":
      return code(content);
    case "strong":
      return strong(content);
  }
}
