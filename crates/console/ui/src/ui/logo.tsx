import { Image } from "@mantine/core";
import icon from "../icon.svg";

export function Logo({ size = 26 }: { size?: number }) {
  return <Image src={icon} alt="" w={size} h={size} flex="none" />;
}
