import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense } from "react";
import { RouterProvider } from "react-router";
import { queryClient } from "./api";
import { styleNonce } from "./nonce";
import { router } from "./routes";
import { SessionProvider } from "./session";
import { readableColors, theme } from "./theme";
import { Loading } from "./ui";

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={readableColors} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={<Loading full />}>
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
