import { ActionIcon, Box, CopyButton, Code as MantineCode, ScrollArea, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface CodeProps {
  text: string;
  /** What it is written in, for those who read it by other means. */
  language?: string;
  /** The height from which on it scrolls. */
  maxHeight?: number;
}

/** Text to read or copy as it is: SQL, JSON, a command. */
export function Code({ text, language, maxHeight = 420 }: CodeProps) {
  const { t } = useTranslation();
  return (
    <Box pos="relative">
      <ScrollArea.Autosize mah={maxHeight} type="auto" viewportProps={{ tabIndex: 0 }}>
        <MantineCode block data-language={language} pr={44}>
          {text}
        </MantineCode>
      </ScrollArea.Autosize>
      <CopyButton value={text}>
        {({ copied, copy }) => {
          const label = copied ? t("common:action.copied") : t("common:action.copy");
          return (
            <Tooltip label={label} withArrow>
              <ActionIcon variant="default" pos="absolute" top={6} right={6} onClick={copy} aria-label={label}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            </Tooltip>
          );
        }}
      </CopyButton>
    </Box>
  );
}
