/**
 * Shows lowered expressions and patterns as short S-expressions, so that a test can say in one line what it expects.
 *
 * Example: `x.len() + 1` → `(+ (.len x) 1)`.
 */
import { english } from "../../server/src/base/words.ts";
import type { Block, Expr, Literal, Pat, Statement } from "../../server/src/hir-def/expr.ts";
import type { GenericArgsRef, PathRef, TypeRef } from "../../server/src/hir-def/type-ref.ts";

export function showPath(path: PathRef): string {
  const anchor = { plain: "", global: "::", crate: "crate", self: "self", super: "super", dollarCrate: "$crate" }[path.anchor.kind];
  const trait = path.qualified?.traitPath === undefined ? "" : ` as ${showPath(path.qualified.traitPath)}`;
  const qualified = path.qualified === undefined ? "" : `<${showType(path.qualified.type)}${trait}>::`;
  const segments = path.segments.map((segment) => segment.name + showArgs(segment.args)).join("::");
  const joint = anchor !== "" && anchor !== "::" && segments !== "" ? "::" : "";
  return `${qualified}${anchor}${joint}${segments}`;
}

function showArgs(args: GenericArgsRef | undefined): string {
  if (args === undefined) return "";
  const shown = args.args.map((arg) => (arg.kind === "type" ? showType(arg.type) : arg.kind === "const" ? showExpr(arg.expr) : arg.name));
  return `<${shown.join(", ")}>`;
}

function showType(type: TypeRef): string {
  switch (type.kind) {
    case "path":
      return showPath(type.path);
    case "array":
      return `[${showType(type.element)}; ${showExpr(type.length)}]`;
    case "slice":
      return `[${showType(type.element)}]`;
    case "ref":
      return `&${showType(type.target)}`;
    default:
      return type.kind;
  }
}

function showLiteral(literal: Literal): string {
  switch (literal.kind) {
    case "int":
      return `${literal.value}${literal.suffix ?? ""}`;
    case "float":
      return `${literal.text}${literal.suffix ?? "f"}`;
    case "string":
      return JSON.stringify(literal.value);
    case "byteString":
      return `b[${literal.value.join(" ")}]`;
    case "cString":
      return `c[${literal.value.join(" ")}]`;
    case "char":
      return `'${literal.value}'`;
    case "byte":
      return `b'${literal.value}'`;
    case "bool":
      return `${literal.value}`;
  }
}

function form(head: string, ...parts: readonly (string | undefined)[]): string {
  return `(${[head, ...parts.filter((part) => part !== undefined)].join(" ")})`;
}

function all(exprs: readonly Expr[]): readonly string[] {
  return exprs.map((expr) => showExpr(expr));
}

function optional(expr: Expr | undefined): string | undefined {
  return expr === undefined ? undefined : showExpr(expr);
}

function attrs(attributes: readonly string[]): string {
  return attributes.map((attribute) => `#${attribute} `).join("");
}

export function showExpr(expr: Expr): string {
  switch (expr.kind) {
    case "literal":
      return showLiteral(expr.literal);
    case "path":
      return showPath(expr.path);
    case "unary":
      return form(expr.op, showExpr(expr.operand));
    case "binary":
      return form(expr.op, showExpr(expr.left), showExpr(expr.right));
    case "assign":
      return form(`${expr.op ?? ""}=`, showExpr(expr.target), showExpr(expr.value));
    case "cast":
      return form("as", showExpr(expr.operand), showType(expr.type));
    case "ref":
      return form(`&${expr.raw ? "raw" : ""}${expr.mutable ? "mut" : ""}`, showExpr(expr.operand));
    case "call":
      return form("call", showExpr(expr.callee), ...all(expr.args));
    case "methodCall":
      return form(`.${expr.method}${showArgs(expr.genericArgs)}`, showExpr(expr.receiver), ...all(expr.args));
    case "field":
      return form("field", showExpr(expr.operand), expr.name);
    case "index":
      return form("index", showExpr(expr.operand), showExpr(expr.index));
    case "tuple":
    case "array":
      return form(expr.kind, ...all(expr.elements));
    case "repeat":
      return form("repeat", showExpr(expr.element), showExpr(expr.count));
    case "struct":
      return form(
        `new ${showPath(expr.path)}`,
        ...expr.fields.map((f) => `${attrs(f.attributes)}${f.name}: ${showExpr(f.value)}`),
        expr.base && `..${showExpr(expr.base)}`,
      );
    default:
      return showControl(expr);
  }
}

function showControl(expr: Expr): string {
  switch (expr.kind) {
    case "range":
      return form(expr.inclusive ? "..=" : "..", optional(expr.from) ?? "_", optional(expr.to) ?? "_");
    case "block":
      return (expr.label === undefined ? "" : `'${expr.label}: `) + showBlock(expr.block);
    case "if":
      return form("if", showExpr(expr.condition), showExpr(expr.thenBranch), optional(expr.elseBranch));
    case "let":
      return form("let", showPat(expr.pattern), showExpr(expr.value));
    case "match":
      return form(
        "match",
        showExpr(expr.scrutinee),
        ...expr.arms.map(
          (arm) =>
            `${attrs(arm.attributes)}[${showPat(arm.pattern)}${arm.guard === undefined ? "" : ` if ${showExpr(arm.guard)}`} => ${showExpr(arm.body)}]`,
        ),
      );
    case "loop":
      return form(expr.kind, expr.label && `'${expr.label}`, showBlock(expr.body));
    case "while":
      return form(expr.kind, expr.label && `'${expr.label}`, showExpr(expr.condition), showBlock(expr.body));
    case "for":
      return form(expr.kind, expr.label && `'${expr.label}`, showPat(expr.pattern), showExpr(expr.iterable), showBlock(expr.body));
    case "break":
      return form("break", expr.label && `'${expr.label}`, optional(expr.value));
    case "continue":
      return form("continue", expr.label && `'${expr.label}`);
    case "return":
      return form("return", optional(expr.value));
    case "closure":
      return form(
        "fn",
        ...expr.params.map((param, i) => showPat(param) + (expr.paramTypes[i] ? `: ${showType(expr.paramTypes[i])}` : "")),
        showExpr(expr.body),
      );
    case "try":
      return form("?", showExpr(expr.operand));
    case "macroCall":
      return form(`${showPath(expr.path)}!`, expr.args);
    case "attributed":
      return `${attrs(expr.attributes)}${showExpr(expr.expr)}`;
    case "missing":
      return `<${english(expr.reason)}>`;
    default:
      return expr.kind;
  }
}

export function showBlock(block: Block): string {
  const scope = block.scope === undefined ? "" : `@${block.scope} `;
  const parts = block.statements.map((statement) => `${showStatement(statement)};`);
  return `{${scope}${[...parts, ...(block.tail === undefined ? [] : [showExpr(block.tail)])].join(" ")}}`;
}

function showStatement(statement: Statement): string {
  const prefix = attrs(statement.attributes);
  if (statement.kind === "expr") return prefix + showExpr(statement.expr);
  const type = statement.type === undefined ? "" : `: ${showType(statement.type)}`;
  const value = statement.value === undefined ? "" : ` = ${showExpr(statement.value)}`;
  const otherwise = statement.otherwise === undefined ? "" : ` else ${showBlock(statement.otherwise)}`;
  return `${prefix}let ${showPat(statement.pattern)}${type}${value}${otherwise}`;
}

export function showPat(pat: Pat): string {
  switch (pat.kind) {
    case "wildcard":
      return "_";
    case "rest":
      return "..";
    case "bind":
      return `${pat.byRef ? "ref " : ""}${pat.mutable ? "mut " : ""}${pat.name}${pat.sub === undefined ? "" : ` @ ${showPat(pat.sub)}`}`;
    case "literal":
      return showExpr(pat.expr);
    case "range":
      return form(pat.inclusive ? "..=" : "..", optional(pat.from) ?? "_", optional(pat.to) ?? "_");
    case "path":
      return `${showPath(pat.path)}`;
    case "tuple":
    case "slice":
      return form(pat.kind, ...pat.elements.map((element) => showPat(element)));
    case "tupleStruct":
      return form(showPath(pat.path), ...pat.elements.map((element) => showPat(element)));
    case "struct":
      return form(`${showPath(pat.path)}{}`, ...pat.fields.map((field) => `${field.name}: ${showPat(field.pattern)}`));
    case "ref":
      return form(pat.mutable ? "&mut" : "&", showPat(pat.pattern));
    case "or":
      return form("|", ...pat.alternatives.map((alternative) => showPat(alternative)));
    case "const":
      return form("const", showBlock(pat.block));
    case "macroCall":
      return form(`${showPath(pat.path)}!`, pat.args);
    case "missing":
      return `<${english(pat.reason)}>`;
  }
}
