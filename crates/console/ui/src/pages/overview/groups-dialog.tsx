import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import { $meta, asProblem, type Meta } from "../../api";
import { Problem, QueryState, useNotify } from "../../ui";
import { useRefreshWork } from "../../work";
import { GroupFields } from "./group-fields";

type TableGroup = Meta["TableGroup"];

/** What is wrong with each part of each group, by `/groups/0/name`; what is inside of a list counts to the list. */
function errorsOf(error: unknown): Record<string, string> {
  const found = error === null ? [] : (asProblem(error).problem.errors ?? []);
  return Object.fromEntries(found.map(({ pointer, detail }) => [pointer.split("/").slice(0, 4).join("/"), detail]));
}

interface FormProps {
  before: TableGroup[];
  onClose: () => void;
}

function Form({ before, onClose }: FormProps) {
  const { t } = useTranslation("overview");
  const notify = useNotify();
  const refresh = useRefreshWork();
  const [groups, setGroups] = useState(before);
  const [error, setError] = useState<unknown>(null);
  const save = $meta.useMutation("put", "/api/metadata/overview/groups");
  const errors = errorsOf(error);
  const isPlaced = Object.keys(errors).some((pointer) => pointer.startsWith("/groups/"));

  function change(place: number, group: TableGroup) {
    setGroups(groups.map((one, index) => (index === place ? group : one)));
    setError(null);
  }

  function move(from: number, to: number) {
    const next = [...groups];
    const [moved] = next.splice(from, 1);
    if (moved !== undefined) next.splice(to, 0, moved);
    setGroups(next);
    setError(null);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    save.mutate(
      { body: { groups: groups.map((group) => ({ ...group, name: group.name.trim() })) } },
      {
        onSuccess: () => {
          notify.done(t("groupsSaved"));
          onClose();
        },
        onError: setError,
        onSettled: refresh,
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t("groupsHint")}</Text>
        {groups.length === 0 ? <Alert color="gray">{t("groupsUsual")}</Alert> : null}
        {groups.map((group, place) => (
          // Groups have no identity but their place, and their fields hold no state of their own.
          <GroupFields
            key={place}
            place={place}
            count={groups.length}
            group={group}
            errors={errors}
            onChange={(changed) => change(place, changed)}
            onMove={(to) => move(place, to)}
            onRemove={() => {
              setGroups(groups.filter((_, index) => index !== place));
              setError(null);
            }}
          />
        ))}
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setGroups([...groups, { name: "", prefixes: [], table_ids: [] }])}
            disabled={groups.length >= 50}
          >
            {t("addGroup")}
          </Button>
          {groups.length > 0 ? (
            <Button variant="subtle" size="xs" onClick={() => setGroups([])}>
              {t("usualGroups")}
            </Button>
          ) : null}
        </Group>
        {error === null || isPlaced ? null : <Problem error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common:action.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("common:action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Says which groups the overview counts tables into. */
export function GroupsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("overview");
  const isNarrow = useMediaQuery("(max-width: 48em)");
  const query = $meta.useQuery("get", "/api/metadata/overview/groups", undefined, {
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <Modal opened onClose={onClose} title={t("editGroups")} size="lg" fullScreen={isNarrow} closeOnClickOutside={false}>
      <QueryState query={query}>{(data) => <Form before={data.groups} onClose={onClose} />}</QueryState>
    </Modal>
  );
}
