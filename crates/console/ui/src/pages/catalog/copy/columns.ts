// One line of CREATE TABLE for each column.
import type { Engine, Field } from "../types";
import { quoteName, quoteText } from "./sql";

export function columnLine(engine: Engine, field: Field): string {
  return engine === "mysql" ? mysql(field) : postgresql(field);
}

function postgresql(field: Field): string {
  const parts = [quoteName("postgresql", field.field_name), field.column_type];
  if (field.collation) parts.push(`COLLATE ${quoteName("postgresql", field.collation)}`);
  if (field.generation_expression) {
    const kind = (field.generation_kind ?? "stored").toUpperCase();
    parts.push(`GENERATED ALWAYS AS (${bare(field.generation_expression)}) ${kind}`);
  } else if (field.identity) {
    parts.push(`GENERATED ${field.identity.toUpperCase()} AS IDENTITY`);
  } else if (field.column_default) {
    parts.push(`DEFAULT ${field.column_default}`);
  }
  if (!field.is_nullable) parts.push("NOT NULL");
  return parts.join(" ");
}

function mysql(field: Field): string {
  const parts = [quoteName("mysql", field.field_name), field.column_type];
  const extra = field.extra ?? "";
  if (field.charset && field.data_type !== "json") parts.push(`CHARACTER SET ${field.charset}`);
  if (field.collation) parts.push(`COLLATE ${field.collation}`);
  if (field.generation_expression) {
    const kind = (field.generation_kind ?? "virtual").toUpperCase();
    parts.push(`GENERATED ALWAYS AS (${bare(field.generation_expression)}) ${kind}`);
  }
  if (!field.is_nullable) parts.push("NOT NULL");
  // Older servers take a TIMESTAMP that says nothing for NOT NULL.
  else if (/^timestamp/i.test(field.column_type)) parts.push("NULL");
  if (field.column_default && !field.generation_expression) parts.push(`DEFAULT ${field.column_default}`);
  const onUpdate = /on update \S+/i.exec(extra);
  if (onUpdate) parts.push(onUpdate[0].replace(/^on update/i, "ON UPDATE"));
  if (/auto_increment/i.test(extra)) parts.push("AUTO_INCREMENT");
  if (field.is_invisible) parts.push("INVISIBLE");
  if (field.field_comment) parts.push(`COMMENT ${quoteText("mysql", field.field_comment)}`);
  return parts.join(" ");
}

/** An expression without parentheses around the whole of it. */
export function bare(expression: string): string {
  const text = expression.trim();
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quote) {
      if (sign === quote) quote = "";
    } else if (sign === "'" || sign === '"' || sign === "`") {
      quote = sign;
    } else if (sign === "(") {
      depth += 1;
    } else if (sign === ")") {
      depth -= 1;
      // The first one is closed before the end: the two are no pair.
      if (depth === 0 && at < text.length - 1) return text;
    }
  }
  return depth === 0 ? text.slice(1, -1) : text;
}
