import { useMemo, useRef } from 'react';
import type { DeviceSet } from '../data/device';
import type { DeviceStatusOptions } from '../options/options';
import { createLayout, type Layout } from '../layout/layout';
import type { Size } from '../../../kit/list/useSize';

/** The layout; the very same object while the sizes of the groups, the space and the options stay the same. */
export function useLayout(
  set: DeviceSet,
  { width, height }: Size,
  options: Pick<DeviceStatusOptions, 'layout' | 'maxTileSize'>,
  hasHeadings: boolean,
): Layout {
  const groups = useRef<readonly { readonly first: number; readonly count: number }[]>([]);
  const isSame =
    groups.current.length === set.groups.length &&
    set.groups.every(({ count }, index) => groups.current[index]?.count === count);
  if (!isSame) groups.current = set.groups.map(({ first, count }) => ({ first, count }));
  const sizes = groups.current;
  const { layout, maxTileSize } = options;
  return useMemo(
    () => createLayout({ layout, groups: sizes, width, height, hasHeadings, maxTileSize }),
    [layout, sizes, width, height, hasHeadings, maxTileSize],
  );
}
