/**
 * Answers that were given before, at an earlier start too: what an editor asks right after it has started is answered before the
 * project is loaded, if nothing that the answer depends on is another.
 *
 * An answer follows from the product, from what the editor has told (itself, its settings, its open documents, the question) and from
 * what the host says of the machine (files, folders, variables, std's data). The first names the place where answers are kept
 * (`cache-place.ts`), the second is their key; what the host was asked until the answer was known is kept with it, and asked again
 * before the answer is given (`workspace/host-calls.ts`).
 *
 * Invariants: nothing is kept or given once the session has gone another way than a start (an edit, a document closed, other folders),
 * or when an answer may depend on what was asked before it (a search that was cut short, a defect). What was given is computed in a
 * quiet moment, too, and compared.
 */
import type { Position } from "vscode-languageserver-protocol";
import { hasScheme } from "../base/path.ts";
import type { Steps } from "../base/resumed.ts";
import type { QueryRuntime } from "../db/query-runtime.ts";
import type { HostCall } from "../workspace/host-calls.ts";
import type { ClientFacts } from "./client-facts.ts";
import type { Configs } from "./config.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import { wordAt } from "./documents.ts";
import type { Projects } from "./projects.ts";
import type { AnswerKeeper } from "./server-host.ts";

/** A question about a document, named by its method and what it says. */
export interface Question {
  readonly method: string;
  readonly params: {
    readonly textDocument: { readonly uri: string };
    readonly position?: Position;
    readonly range?: unknown;
    readonly context?: unknown;
  };
  /** The ordinary answer; undefined or null where there is nothing to say, which is an answer as well. */
  readonly compute: () => Steps<unknown>;
}

export interface KeptAnswersInput {
  readonly keeper: AnswerKeeper | undefined;
  readonly facts: ClientFacts;
  readonly documents: Documents;
  readonly projects: Projects;
  readonly runtime: QueryRuntime;
  /** Called before a kept answer is looked for, as before any other. */
  readonly beforeQuestion: () => void;
  /** Told when an answer was given that is to be compared. */
  readonly given: () => void;
  /** Told of an answer that was not what is computed. */
  readonly wrong: (method: string) => void;
}

interface Kept {
  readonly answer: unknown;
  readonly calls: readonly HostCall[];
}

interface Given extends Kept {
  readonly question: Question;
}

/** So many questions of one session are looked for, kept and given: those of its beginning. */
const MAX_QUESTIONS = 100;

export class KeptAnswers {
  readonly #input: KeptAnswersInput;
  /** The client and the machine, as they are in keys. */
  readonly #around: string;
  /** Given and not compared yet, by the names of their keys. */
  readonly #given = new Map<string, Given>();
  /** Names of the keys of what was computed in this session. */
  readonly #computed = new Set<string>();
  readonly #namesOfTexts = new WeakMap<OpenDocument, string>();
  #settings: { readonly configs: Configs; readonly text: string } | undefined;
  #isEnded = false;

  constructor(input: KeptAnswersInput) {
    const { keeper, facts } = input;
    this.#input = input;
    const { cargoHome, rustupHome, home, hostTriple } = keeper?.calls.host.environment ?? {};
    this.#around = JSON.stringify([facts, cargoHome, rustupHome, home, hostTriple]);
  }

  /** The session is not as a start any more. */
  end(): void {
    this.#isEnded = true;
  }

  /** The answer that is kept, if it is right; else the ordinary one, which is kept. */
  *answer(question: Question): Steps<unknown> {
    const { keeper, beforeQuestion } = this.#input;
    if (keeper === undefined || this.#isEnded) return yield* question.compute();
    beforeQuestion();
    const key = this.#keyOf(question, keeper);
    const name = key === undefined ? "" : keeper.hashOf(key);
    if (key === undefined || this.#computed.has(name) || this.#computed.size + this.#given.size >= MAX_QUESTIONS)
      return yield* question.compute();
    const kept = this.#given.get(name) ?? decoded(keeper.kept.read(key));
    if (kept !== undefined && keeper.calls.saysAgain(kept.calls)) {
      if (!this.#given.has(name)) this.#input.given();
      this.#given.set(name, { ...kept, question });
      return kept.answer;
    }
    this.#given.delete(name);
    keeper.kept.forget(key);
    const answer = (yield* question.compute()) ?? null;
    this.#computed.add(name);
    // What the editor has told may be more by now, and part of what the answer follows from.
    if (this.#mayKeep(question) && this.#keyOf(question, keeper) === key) keep(key, answer, keeper);
    return answer;
  }

  /** Computes what was given, an answer at each step, and compares. */
  *compare(): Steps<void> {
    const { keeper, wrong } = this.#input;
    for (const [name, { question, answer, calls }] of this.#given) {
      const key = keeper === undefined ? undefined : this.#keyOf(question, keeper);
      if (key !== undefined && keeper?.hashOf(key) === name && keeper.calls.saysAgain(calls)) {
        if (JSON.stringify((yield* question.compute()) ?? null) !== JSON.stringify(answer)) {
          keeper.kept.forget(key);
          wrong(question.method);
        }
      }
      this.#given.delete(name);
      this.#computed.add(name);
      yield;
    }
  }

  #mayKeep({ params }: Question): boolean {
    const { documents, projects, runtime } = this.#input;
    const document = documents.get(params.textDocument.uri);
    if (this.#isEnded || runtime.hasCut || !documents.isHandedOn) return false;
    return document !== undefined && projects.answersAlone(document.path);
  }

  /** Names the question and all that the editor has told; undefined where that is not how a session starts. */
  #keyOf({ method, params: { textDocument, position, range, context } }: Question, keeper: AnswerKeeper): string | undefined {
    const { documents, facts } = this.#input;
    const open = documents.asOpened;
    const document = documents.get(textDocument.uri);
    if (open === undefined || document === undefined || hasScheme(document.path)) return undefined;
    const word = position === undefined ? undefined : wordAt(document, position, facts.encoding);
    const question = JSON.stringify([method, textDocument.uri, word, range, context]);
    const texts = JSON.stringify(open.map((it) => [it.uri, this.#nameOfText(it, keeper)]));
    return `${question}\n${texts}\n${this.#settingsText()}\n${this.#around}`;
  }

  /** Of the text's JSON: that differs where texts have broken characters, which hashes do not see. */
  #nameOfText(document: OpenDocument, keeper: AnswerKeeper): string {
    const known = this.#namesOfTexts.get(document);
    if (known !== undefined) return known;
    const name = keeper.hashOf(JSON.stringify(document.text));
    this.#namesOfTexts.set(document, name);
    return name;
  }

  #settingsText(): string {
    const { configs } = this.#input.projects;
    if (this.#settings?.configs !== configs) this.#settings = { configs, text: JSON.stringify(configs) };
    return this.#settings.text;
  }
}

function keep(key: string, answer: unknown, { calls, kept }: AnswerKeeper): void {
  const asked = calls.soFar();
  if (asked === undefined) return;
  const text = JSON.stringify(answer);
  kept.write(key, () => `{"answer":${text},"calls":${JSON.stringify(asked())}}`);
}

/** What was kept; undefined where it is not that. */
function decoded(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined;
  const value = parsed(text);
  if (typeof value !== "object" || value === null || !("answer" in value) || !("calls" in value)) return undefined;
  const { answer, calls } = value;
  return Array.isArray(calls) && calls.every(isCall) ? { answer, calls } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isCall(value: unknown): value is HostCall {
  return Array.isArray(value) && value.length === CALL_LENGTH && value.every((part) => typeof part === "string");
}

const CALL_LENGTH: HostCall["length"] = 3;
