// The catalog: the tree on the left, what is selected on the right. The address holds the selection.
import { lazy, Suspense } from "react";
import { Anchor } from "@mantine/core";
import { IconArrowLeft, IconSitemap } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { Empty, Loading, Page } from "../../ui";
import { parseId, parseSelection, type Selection } from "./address";
import classes from "./catalog.module.css";
import { FieldRedirect } from "./detail/field-redirect";
import { TreePane } from "./tree/tree-pane";
import { type CatalogPath, usePath } from "./use-path";

// The tree is there at once; what is told of an entry comes with the first that is opened.
const SourceDetail = lazy(() => import("./detail/source-detail").then((it) => ({ default: it.SourceDetail })));
const DatabaseDetail = lazy(() => import("./detail/database-detail").then((it) => ({ default: it.DatabaseDetail })));
const TableDetail = lazy(() => import("./table/table-detail").then((it) => ({ default: it.TableDetail })));

export default function CatalogPage() {
  const { t } = useTranslation("catalog");
  const selection = parseSelection(useParams()["*"]);
  const field = parseId(useSearchParams()[0].get("field"));
  const path = usePath(selection);
  const name = path.table?.name ?? path.schema ?? path.database?.database_name ?? path.datasource?.datasource_name;
  return (
    <Page title={name ? t("titleOf", { name }) : t("title")} heading={t("title")} fill>
      <div className={classes.panes} data-selected={selection.kind === "none" ? undefined : true}>
        <section className={classes.left} aria-label={t("tree.label")}>
          <TreePane selection={selection} field={field} path={path} />
        </section>
        <section className={classes.right} aria-label={t("detail.label")}>
          <Anchor component={Link} to="/catalog" size="sm" className={classes.back}>
            <IconArrowLeft size={16} aria-hidden /> {t("detail.back")}
          </Anchor>
          <Suspense fallback={<Loading />}>
            <Detail selection={selection} field={field} path={path} />
          </Suspense>
        </section>
      </div>
    </Page>
  );
}

interface DetailProps {
  selection: Selection;
  field: number | undefined;
  path: CatalogPath;
}

function Detail({ selection, field, path }: DetailProps) {
  const { t } = useTranslation("catalog");
  switch (selection.kind) {
    case "none":
      return <Empty title={t("detail.nothing")} whatToDo={t("detail.choose")} icon={<IconSitemap size={24} stroke={1.5} />} />;
    case "unknown":
      return <Empty title={t("detail.unknown")} whatToDo={t("detail.choose")} />;
    case "datasource":
      return <SourceDetail key={selection.id} id={selection.id} />;
    case "database":
      return <DatabaseDetail key={selection.id} id={selection.id} path={path} />;
    case "schema":
      return <DatabaseDetail key={`${selection.id} ${selection.schema}`} id={selection.id} schema={selection.schema} path={path} />;
    case "table":
      return <TableDetail key={selection.id} id={selection.id} field={field} path={path} />;
    case "field":
      return <FieldRedirect id={selection.id} />;
  }
}
