import { Anchor, Text } from "@mantine/core";
import { IconBox, IconPlayerPlay, IconTable, IconTableShortcut } from "@tabler/icons-react";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { Link } from "react-router";
import type { EntryData } from "./diagram";
import classes from "./diagram.module.css";

const ICONS = { table: IconTable, view: IconTableShortcut, dataset: IconBox, job: IconPlayerPlay };

export function EntryNode({ data }: NodeProps<Node<EntryData>>) {
  const Icon = ICONS[data.kind];
  return (
    <div className={classes.node} data-root={data.isRoot || undefined} data-faded={data.faded || undefined} data-kind={data.kind}>
      <Handle type="target" position={Position.Left} isConnectable={false} className={classes.handle} />
      <Icon size={18} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        {data.to ? (
          <Anchor component={Link} to={data.to} size="sm" fw={data.isRoot ? 700 : 500} truncate display="block" className="nodrag nopan" title={data.title}>
            {data.title}
          </Anchor>
        ) : (
          <Text size="sm" fw={500} truncate title={data.title}>
            {data.title}
          </Text>
        )}
        <Text size="xs" c="dimmed" truncate title={data.subtitle}>
          {data.subtitle}
        </Text>
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} className={classes.handle} />
    </div>
  );
}
