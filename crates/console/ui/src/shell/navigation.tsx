import { Box, NavLink } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { PAGES } from "./pages";

export function Navigation({ onGo }: { onGo: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <Box component="nav" aria-label={t("common:nav.label")}>
      {PAGES.map((page) => {
        const active = page.to === "/" ? pathname === "/" : pathname === page.to || pathname.startsWith(`${page.to}/`);
        return (
          <NavLink
            key={page.to}
            component={Link}
            to={page.to}
            label={t(`common:nav.${page.word}`)}
            leftSection={<page.icon size={18} stroke={1.6} />}
            active={active}
            aria-current={active ? "page" : undefined}
            mt={"group" in page ? "md" : undefined}
            className="nav-link"
            onClick={onGo}
          />
        );
      })}
    </Box>
  );
}
