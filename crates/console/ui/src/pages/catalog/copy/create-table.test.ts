import { describe, expect, it } from "vitest";
import type { Field, TableDetail } from "../types";
import { bare } from "./columns";
import { createTable } from "./create-table";
import { fieldsAsCsv, previewAsCsv } from "./csv";
import { markdown } from "./markdown";

function field(name: string, more: Partial<Field> = {}): Field {
  return {
    id: 1,
    table_id: 1,
    field_name: name,
    field_position: 1,
    data_type: "integer",
    column_type: "integer",
    is_nullable: false,
    is_array: false,
    is_invisible: false,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    ...more,
  };
}

function table(more: Partial<TableDetail> = {}): TableDetail {
  return {
    id: 1,
    database_id: 1,
    table_schema: "shop",
    table_name: "orders",
    table_type: "TABLE",
    field_count: 2,
    is_scanned: true,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    details: { keys: [], indexes: [], checks: [], triggers: [] },
    ...more,
  } as TableDetail;
}

const words = {
  position: "#",
  name: "Name",
  type: "Type",
  nullable: "Nullable",
  key: "Key",
  fallback: "Default",
  comment: "Comment",
  yes: "yes",
  no: "no",
};

describe("CREATE TABLE", () => {
  it("has what PostgreSQL would print", () => {
    const shown = table({
      table_comment: "it's all",
      details: {
        keys: [
          { name: "orders_pkey", kind: "primary", columns: ["id"] },
          {
            name: "orders_customer_fkey",
            kind: "foreign",
            columns: ["customer"],
            references: { table_schema: "shop", table_name: "customers", columns: ["id"], match: "SIMPLE", on_update: "NO ACTION", on_delete: "CASCADE" },
          },
        ],
        indexes: [
          { name: "orders_pkey", primary: true, unique: true, valid: true, visible: true, method: "btree", columns: [{ name: "id" }] },
          {
            name: "orders_total",
            primary: false,
            unique: false,
            valid: true,
            visible: true,
            method: "btree",
            columns: [{ name: "total" }],
            definition: "CREATE INDEX orders_total ON shop.orders USING btree (total)",
          },
        ],
        checks: [{ name: "positive", expression: "(total > 0)" }],
        triggers: [],
        partitioning: { method: "RANGE", expression: "placed_at" },
      },
    });
    const fields = [
      field("id", { identity: "always" }),
      field("customer", { is_nullable: true, field_comment: "who" }),
      field('to"tal', { column_type: "numeric(12,2)", column_default: "0" }),
      field("gone", { removed_at: "2026-01-02T00:00:00Z" }),
    ];
    expect(createTable("postgresql", shown, fields)).toBe(`CREATE TABLE "shop"."orders" (
  "id" integer GENERATED ALWAYS AS IDENTITY NOT NULL,
  "customer" integer,
  "to""tal" numeric(12,2) DEFAULT 0 NOT NULL,
  CONSTRAINT "orders_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "orders_customer_fkey" FOREIGN KEY ("customer") REFERENCES "shop"."customers" ("id") ON DELETE CASCADE,
  CONSTRAINT "positive" CHECK (total > 0)
)
PARTITION BY RANGE (placed_at);

CREATE INDEX orders_total ON shop.orders USING btree (total);

COMMENT ON TABLE "shop"."orders" IS 'it''s all';
COMMENT ON COLUMN "shop"."orders"."customer" IS 'who';
`);
  });

  it("has what MySQL would print", () => {
    const shown = table({
      table_schema: "",
      engine: "InnoDB",
      table_comment: "a\\b",
      details: {
        collation: "utf8mb4_bin",
        keys: [
          { name: "PRIMARY", kind: "primary", columns: ["id"] },
          { name: "mail", kind: "unique", columns: ["mail"] },
        ],
        indexes: [
          { name: "PRIMARY", primary: true, unique: true, valid: true, visible: true, method: "BTREE", columns: [{ name: "id" }] },
          { name: "mail", primary: false, unique: true, valid: true, visible: true, method: "BTREE", columns: [{ name: "mail", prefix_length: 20 }] },
        ],
        checks: [],
        triggers: [],
      },
    });
    const fields = [
      field("id", { column_type: "bigint unsigned", extra: "auto_increment" }),
      field("mail", { column_type: "varchar(200)", data_type: "text", is_nullable: true, field_comment: "e-mail" }),
      field("at", { column_type: "timestamp", data_type: "timestamp", is_nullable: true, extra: "DEFAULT_GENERATED on update CURRENT_TIMESTAMP" }),
    ];
    expect(createTable("mysql", shown, fields)).toBe(`CREATE TABLE \`orders\` (
  \`id\` bigint unsigned NOT NULL AUTO_INCREMENT,
  \`mail\` varchar(200) COMMENT 'e-mail',
  \`at\` timestamp NULL ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (\`id\`),
  UNIQUE KEY \`mail\` (\`mail\`(20))
) ENGINE=InnoDB COLLATE=utf8mb4_bin COMMENT='a\\\\b';
`);
  });

  it("gives a view the statement that the server has", () => {
    const view = table({ table_type: "VIEW", view_definition: " SELECT 1;" });
    expect(createTable("postgresql", view, [])).toBe('CREATE VIEW "shop"."orders" AS\nSELECT 1;\n');
  });

  it("takes away only parentheses that belong together", () => {
    expect(bare("(a > 0)")).toBe("a > 0");
    expect(bare("(a) + (b)")).toBe("(a) + (b)");
    expect(bare("(a = ')')")).toBe("a = ')'");
  });
});

describe("Markdown and CSV", () => {
  it("let no name break out of its cell", () => {
    const text = markdown(table({ table_name: "<b>x</b>" }), [field("a|b`c", { field_comment: "one\ntwo | <i>three</i>" })], words);
    expect(text).toContain("# shop.&lt;b>x&lt;/b>");
    expect(text).toContain("| `` a\\|b`c `` | `integer` | no |  |  | one two \\| &lt;i>three&lt;/i> |");
  });

  it("let no spreadsheet run a text", () => {
    expect(fieldsAsCsv([field("=1+1", { field_comment: 'say "hi"' })]).split("\r\n")[1]).toBe(
      `1,'=1+1,integer,integer,false,,,,"say ""hi"""`,
    );
    const column = { name: "n", encoding: null };
    const preview = {
      columns: [
        { ...column, data_type: "decimal", column_type: "numeric" },
        { ...column, data_type: "text", column_type: "text" },
      ],
      rows: [["-5.00", "-5"], [null, ""]],
      cut: [],
      table_id: 1,
      table_name: "t",
      table_schema: "",
      truncated: false,
    };
    expect(previewAsCsv(preview as never)).toBe("n,n\r\n-5.00,'-5\r\n,\"\"\r\n");
  });
});
