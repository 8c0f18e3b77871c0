import { Alert, Button, Code, Group, Stack, Text } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** Another value tries again: the address, for a page. */
  resetKey: string;
  children: ReactNode;
}

interface State {
  error: Error | null;
  resetKey: string;
}

/** Keeps the rest of the console when a page throws. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Broken error={error} retry={() => this.setState({ error: null })} />;
  }
}

function Broken({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" title={t("common:problem.unexpected")} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t("common:problem.unexpectedDetail")}</Text>
        <Code>{error.message}</Code>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={retry}>
            {t("common:action.retry")}
          </Button>
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            {t("common:problem.reload")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
