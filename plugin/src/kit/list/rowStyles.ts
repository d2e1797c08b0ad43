import type { GrafanaTheme2 } from '@grafana/data';

/** A row of a list that is a table: its columns are the caller's. */
export const gridRow = (theme: GrafanaTheme2) =>
  ({
    display: 'grid',
    columnGap: theme.spacing(2),
    alignItems: 'center',
    padding: theme.spacing(0.5, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    '& > *': { minWidth: 0 },
  }) as const;

/** The names of its columns. Their size is on the cells: columns are as wide as the letters of the row. */
export const headRow = (theme: GrafanaTheme2) =>
  ({
    color: theme.colors.text.secondary,
    '& > *': { fontSize: theme.typography.bodySmall.fontSize },
  }) as const;

/** What stands beside the main thing of a row. */
export const quietText = (theme: GrafanaTheme2) =>
  ({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
  }) as const;

/** Names from the program's world: patterns, operations. */
export const codeText = (theme: GrafanaTheme2) =>
  ({
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  }) as const;
