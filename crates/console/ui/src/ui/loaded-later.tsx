import { type ComponentType, lazy, type ReactNode, Suspense } from "react";

/**
 * A component whose code comes when it is first shown, such as a dialog: the page that may open it need not wait. Until
 * then there is `meanwhile`.
 */
export function loadedLater<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = null,
): ComponentType<Props> {
  // With the type of any component: that of `lazy` wants to know of references, which none of these takes.
  const Later = lazy(async () => ({ default: (await load()) as ComponentType<object> }));
  return function LoadedLater(props: Props) {
    return (
      <Suspense fallback={meanwhile}>
        <Later {...props} />
      </Suspense>
    );
  };
}
