/**
 * A language client for tests: JSON-RPC over a wire, requests as promises, and answers to what a server asks.
 *
 * Invariant: nothing is waited for by time; a server that ends rejects all open requests.
 */
import assert from "node:assert/strict";
import type { Wire } from "./wire.ts";

export interface ClientOptions {
  readonly capabilities?: object;
  readonly initializationOptions?: object;
  /** The user's language. */
  readonly locale?: string;
  /** URIs of the workspace's folders. */
  readonly folders?: readonly string[];
  /** What `workspace/configuration` is answered with, by section, or by a folder's URI, a space and the section; read anew every time. */
  readonly settings?: Map<string, unknown>;
  /** Further requests of the server, by method. */
  readonly answers?: Readonly<Record<string, (params: unknown) => unknown>>;
  /** Whether a request of the server is answered with an error. */
  readonly refuses?: (method: string) => boolean;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** An error that the server answered with. */
export class ServerError extends Error {
  readonly code: unknown;
  constructor(code: unknown, message: string) {
    super(message);
    this.code = code;
  }
}

export class TestClient {
  readonly wire: Wire;
  readonly #options: ClientOptions;
  readonly #open = new Map<number, Waiting>();
  readonly #told = new Map<string, unknown[]>();
  readonly #listeners = new Map<string, (params: unknown) => void>();
  #lastId = 0;

  constructor(wire: Wire, options: ClientOptions) {
    this.wire = wire;
    this.#options = options;
    wire.listen((message) => this.#receive(message));
    void wire.ended.then((code) => {
      for (const { reject } of this.#open.values()) reject(new Error(`the server ended with ${code}`));
    });
  }

  /** The result; rejects with a `ServerError` for an error. */
  request(method: string, params: unknown): Promise<unknown> {
    return this.requestWithId(method, params).result;
  }

  requestWithId(method: string, params: unknown): { readonly id: number; readonly result: Promise<unknown> } {
    this.#lastId += 1;
    const id = this.#lastId;
    const result = new Promise<unknown>((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
    });
    this.wire.send({ jsonrpc: "2.0", id, method, params });
    return { id, result };
  }

  notify(method: string, params: unknown): void {
    this.wire.send({ jsonrpc: "2.0", method, params });
  }

  /** The next notification (or request) of a method that was not asked for yet. */
  told(method: string): Promise<unknown> {
    const already = this.#told.get(method)?.shift();
    if (already !== undefined) return Promise.resolve(already);
    return new Promise((resolve) => {
      this.#listeners.set(method, resolve);
    });
  }

  #receive(message: unknown): void {
    const [id, method] = [at(message, "id"), at(message, "method")];
    if (typeof method !== "string") {
      this.#settle(Number(id), message);
      return;
    }
    const params = at(message, "params");
    if (id !== undefined) this.wire.send({ jsonrpc: "2.0", id, ...this.#reply(method, params) });
    const listener = this.#listeners.get(method);
    this.#listeners.delete(method);
    if (listener === undefined) this.#told.set(method, [...(this.#told.get(method) ?? []), params ?? null]);
    else listener(params);
  }

  #settle(id: number, message: unknown): void {
    const waiting = this.#open.get(id);
    this.#open.delete(id);
    const error = at(message, "error");
    if (error === undefined) waiting?.resolve(at(message, "result"));
    else waiting?.reject(new ServerError(at(error, "code"), String(at(error, "message"))));
  }

  #reply(method: string, params: unknown): object {
    if (this.#options.refuses?.(method) === true) return { error: { code: -32601, message: `no ${method} here` } };
    return { result: this.#answer(method, params) ?? null };
  }

  #answer(method: string, params: unknown): unknown {
    if (method !== "workspace/configuration") return this.#options.answers?.[method]?.(params);
    const items = at(params, "items");
    return Array.isArray(items) ? items.map((item) => this.#setting(String(at(item, "section")), at(item, "scopeUri")) ?? null) : [];
  }

  #setting(section: string, scope: unknown): unknown {
    const { settings } = this.#options;
    return settings?.get(`${String(scope)} ${section}`) ?? settings?.get(section);
  }
}

/** A server that has answered `initialize`, and that answer. */
export interface Session {
  readonly client: TestClient;
  readonly initialized: unknown;
}

/** Starts a session. */
export async function startSession(wire: Wire, options: ClientOptions = {}): Promise<Session> {
  const client = new TestClient(wire, options);
  const initialized = await client.request("initialize", {
    processId: null,
    rootUri: null,
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    capabilities: options.capabilities ?? VS_CODE,
    ...(options.folders === undefined ? {} : { workspaceFolders: options.folders.map((uri) => ({ uri, name: uri })) }),
    ...(options.initializationOptions === undefined ? {} : { initializationOptions: options.initializationOptions }),
  });
  client.notify("initialized", {});
  return { client, initialized };
}

/** Says goodbye as LSP wants it; the exit code is 0. */
export async function endSession({ client }: Session): Promise<void> {
  assert.equal(await client.request("shutdown", undefined), null);
  client.notify("exit", undefined);
  assert.equal(await client.wire.ended, 0);
}

/** Questions are asked anew at most so often, which takes longer than the server waits between two looks at the disk. */
const MOST_QUESTIONS = 100_000;

/** Asks until it is so; `lastSeen` is told where it never is. */
export async function soon(isSo: () => Promise<boolean>, lastSeen: () => string): Promise<void> {
  for (let i = 0; i < MOST_QUESTIONS; i++) if (await isSo()) return;
  assert.fail(`not so after many questions: ${lastSeen()}`);
}

/** What VS Code can do, as far as the server asks. */
export const VS_CODE = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    hover: { contentFormat: ["markdown", "plaintext"] },
    diagnostic: {},
    inlayHint: { resolveSupport: { properties: ["tooltip", "textEdits", "label.tooltip"] } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "refactor.rewrite"] } },
      resolveSupport: { properties: ["edit"] },
      disabledSupport: true,
      dataSupport: true,
    },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    inlayHint: { refreshSupport: true },
    diagnostics: { refreshSupport: true },
  },
};

/** The value at a path of keys in a JSON value; undefined where there is none. */
export function at(value: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

function isRecord(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === "object" && value !== null;
}

export function list(value: unknown): readonly unknown[] {
  assert.ok(Array.isArray(value), `a list is wanted: ${JSON.stringify(value)}`);
  return value;
}

export function text(value: unknown): string {
  assert.equal(typeof value, "string");
  return String(value);
}
