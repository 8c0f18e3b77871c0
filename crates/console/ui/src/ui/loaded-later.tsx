import { type ComponentType, lazy, Suspense } from "react";

/** A component whose code comes when it is first shown, such as a dialog: the page that may open it need not wait. */
export function loadedLater<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  // With the type of any component: that of `lazy` wants to know of references, which none of these takes.
  const Later = lazy(async () => ({ default: (await load()) as ComponentType<object> }));
  return function LoadedLater(props: Props) {
    return (
      <Suspense fallback={null}>
        <Later {...props} />
      </Suspense>
    );
  };
}
