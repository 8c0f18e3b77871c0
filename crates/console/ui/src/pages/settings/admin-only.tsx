import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../session";
import { Empty } from "../../ui";

/** What only an administrator may see; everybody else is told whom to ask. */
export function AdminOnly({ children }: { children: ReactNode }) {
  const { t } = useTranslation("settings");
  const { can } = useSession();
  if (can("admin")) return <>{children}</>;
  return (
    <Empty
      icon={<IconLock size={24} stroke={1.5} />}
      title={t("common:role.needed", { role: t("common:role.admin") })}
      whatToDo={t("askAdmin")}
    />
  );
}
