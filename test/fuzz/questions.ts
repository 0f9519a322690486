/**
 * What the fuzzer asks about a document, and what it looks at in every answer.
 *
 * Invariant: the same text and seed lead to the same questions, so that two servers can be compared.
 */
import { LineIndex } from "../../server/src/base/line-index.ts";
import { at } from "../lsp/client.ts";
import { Random } from "../oracle/random.ts";
import { badLine, badMarkdown } from "./escapes.ts";
import type { FuzzServer, Outcome } from "./fuzz-server.ts";

/** A request may take this much of the server's processor, in milliseconds. */
const MAX_CPU = 1000;

export interface Asked {
  /** One line an answer. */
  readonly answers: readonly string[];
  readonly problems: readonly string[];
  /** The most that one request took, in milliseconds of the server's processor. */
  readonly slowest: number;
  readonly requests: number;
}

export interface Document {
  readonly uri: string;
  readonly text: string;
}

export function open(server: FuzzServer, { uri, text }: Document): void {
  server.notify("textDocument/didOpen", { textDocument: { uri, languageId: "rust", version: 1, text } });
}

export function close(server: FuzzServer, uri: string): void {
  server.notify("textDocument/didClose", { textDocument: { uri } });
}

class Questions {
  readonly answers: string[] = [];
  readonly problems: string[] = [];
  slowest = 0;
  requests = 0;
  readonly #server: FuzzServer;

  constructor(server: FuzzServer) {
    this.#server = server;
  }

  async ask(name: string, method: string, params: unknown): Promise<unknown> {
    if (this.#server.hasEnded) return undefined;
    const outcome = await this.#server.request(method, params);
    this.requests += 1;
    this.slowest = Math.max(this.slowest, outcome.cpu);
    this.#judge(name, outcome);
    this.answers.push(`${name}: ${JSON.stringify(outcome.result)}`);
    return outcome.result;
  }

  #judge(name: string, outcome: Outcome): void {
    if (outcome.kind !== "result") this.problems.push(`${name}: ${outcome.kind} ${JSON.stringify(outcome.result)}`);
    if (outcome.cpu > MAX_CPU) this.problems.push(`${name} took ${outcome.cpu} ms`);
    for (const bad of badTexts(outcome.result)) this.problems.push(`${name}: ${bad}`);
    for (const logged of this.#server.takeLogged()) this.problems.push(`${name} logged ${logged.slice(0, 1200)}`);
  }
}

/** Asks about a document that is open: hovers at some places, hints, diagnostics, actions, and what they resolve to. */
export async function askAbout(server: FuzzServer, { uri, text }: Document, hovers = 6): Promise<Asked> {
  const questions = new Questions(server);
  const random = new Random(`${text.length} ${hovers}`);
  const lines = new LineIndex(text);
  const textDocument = { uri };
  const words = [...text.slice(0, 300_000).matchAll(/(?<=\b(?:struct|enum|union|type)\s{1,9})[\p{L}\p{N}_#]+|\b[A-Z]\w*/gu)];
  for (let i = 0; i < hovers; i++) {
    const word = words[i === 0 ? words.length - 1 : random.below(words.length || 1)];
    const offset = word === undefined || random.chance(0.2) ? random.below(text.length + 1) : word.index;
    await questions.ask(`hover at ${offset}`, "textDocument/hover", { textDocument, position: lines.positionAt(offset, "utf-16") });
  }
  const range = { start: { line: 0, character: 0 }, end: { line: 2 ** 31 - 1, character: 0 } };
  const hints = await questions.ask("hints", "textDocument/inlayHint", { textDocument, range });
  const hint = Array.isArray(hints) ? hints[random.below(hints.length || 1)] : undefined;
  if (hint !== undefined) await questions.ask("hint", "inlayHint/resolve", hint);
  await questions.ask("diagnostics", "textDocument/diagnostic", { textDocument });
  const place = lines.positionAt(words[random.below(words.length || 1)]?.index ?? 0, "utf-16");
  const context = { diagnostics: [] };
  const actions = await questions.ask("actions", "textDocument/codeAction", { textDocument, range: { start: place, end: place }, context });
  const action = Array.isArray(actions) ? actions.find((it) => at(it, "data") !== undefined) : undefined;
  if (action !== undefined) await questions.ask("action", "codeAction/resolve", action);
  for (const bad of badTexts(server.lastTold("stowplan/status"))) questions.problems.push(`status: ${bad}`);
  return questions;
}

/** What is wrong with the texts in an answer that people see. */
function badTexts(answer: unknown): readonly string[] {
  return textsIn(answer, "").flatMap(({ value, key }) => badText(value, key) ?? []);
}

/** The texts in an answer with the keys they stand under; `markdown` for Markdown. */
function textsIn(value: unknown, key: string): readonly { readonly value: string; readonly key: string }[] {
  if (typeof value === "string") return [{ value, key }];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, key));
  if (typeof value !== "object" || value === null) return [];
  const isMarkdown = at(value, "kind") === "markdown";
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, isMarkdown && name === "value" ? "markdown" : name));
}

/** Texts that go to the file or back to the server are left as they are. */
const NOT_SHOWN = new Set(["uri", "data", "file", "key", "newText", "changes", "kind", "range"]);

function badText(value: string, key: string): string | undefined {
  if (NOT_SHOWN.has(key)) return undefined;
  return key === "markdown" ? badMarkdown(value) : badLine(value);
}
