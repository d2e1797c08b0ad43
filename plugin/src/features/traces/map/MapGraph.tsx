import { cx } from '@emotion/css';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useState } from 'react';
import type { MapEdge, ServiceMap } from '../../../domain/traces/serviceMap';
import { StatusSign } from '../../../kit/status/StatusSign';
import { callWords, lineColor, nodeKind, nodeTitle, trafficStatus, trafficWords } from './mapLook';
import type { MapLine, MapPicture, MapSizes } from './mapLayout';
import { MapNodeName } from './MapNodeName';
import { getMapStyles } from './mapStyles';

/** Of the arrow at the end of a line, pixels. */
const ARROW = 7;
const THINNEST = 1.25;
const THICKEST = 4;

/** The line as a path that leaves and arrives level, straight past what it only passes. */
export function linePath(points: MapLine['points']): string {
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      if (before === undefined) return `M${x},${y}`;
      // Points come in pairs: out of a box or passage, into the next.
      if (index % 2 === 0) return `L${x},${y}`;
      const middle = (before.x + x) / 2;
      return `C${middle},${before.y} ${middle},${y} ${x},${y}`;
    })
    .join(' ');
}

/** The arrow that ends a line at its server. */
function arrowPath(points: MapLine['points']): string {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return '';
  const back = before.x < end.x ? -ARROW : ARROW;
  return `M${end.x},${end.y} l${back},${ARROW / 2} v${-ARROW} z`;
}

/** More calls, a thicker line; ten times as many are drawn as a step. */
function lineWidth({ rate }: MapEdge, most: number): number {
  if (rate === null || rate <= 0 || most <= 0) return THINNEST;
  return Math.max(THINNEST, THICKEST + Math.log10(rate / most));
}

interface LabelProps {
  readonly line: MapLine;
  readonly faded: boolean;
  readonly tight: boolean;
}

function Label({ line, faded, tight }: LabelProps) {
  const styles = useStyles2(getMapStyles);
  const { rate, errors, latency } = trafficWords(line.edge);
  if (rate === undefined && errors === undefined && latency === undefined) return null;
  return (
    <div
      className={cx(styles.label, faded && styles.faded)}
      style={{ left: line.label.x, top: line.label.y }}
      // The box of the server says the same in a sentence.
      aria-hidden="true"
    >
      <span>
        {rate}
        {!tight && rate !== undefined && latency !== undefined && ' · '}
        {!tight && <span className={styles.quiet}>{latency}</span>}
      </span>
      {tight && latency !== undefined && <span className={styles.quiet}>{latency}</span>}
      {errors !== undefined && (
        <span>
          <StatusSign status={trafficStatus(line.edge)}>{errors}</StatusSign>
        </span>
      )}
    </div>
  );
}

interface Props {
  readonly map: Pick<ServiceMap, 'nodes' | 'edges'>;
  readonly picture: MapPicture;
  readonly sizes: MapSizes;
  /** What the map is called. */
  readonly name: string;
}

/** Who calls whom, drawn from left to right: every figure stands beside its line, nothing waits for a pointer. */
export function MapGraph({ map, picture, sizes, name }: Props) {
  const styles = useStyles2(getMapStyles);
  const theme = useTheme2();
  const [looked, setLooked] = useState<string>();
  const titles = new Map(map.nodes.map((node) => [node.id, nodeTitle(node)]));
  const most = Math.max(0, ...map.edges.map(({ rate }) => rate ?? 0));
  const touches = ({ client, server }: MapEdge): boolean =>
    looked === undefined || client === looked || server === looked;
  const near = new Set(map.edges.filter(touches).flatMap(({ client, server }) => [client, server]));
  return (
    <div className={styles.stage} style={{ width: picture.width, height: picture.height }}>
      <svg className={styles.lines} width={picture.width} height={picture.height} aria-hidden="true">
        {picture.lines.map(({ edge, points }) => {
          const color = lineColor(theme, edge);
          return (
            <g key={`${edge.client} ${edge.server}`} className={cx(!touches(edge) && styles.faded)}>
              <path d={linePath(points)} fill="none" stroke={color} strokeWidth={lineWidth(edge, most)} />
              <path d={arrowPath(points)} fill={color} />
            </g>
          );
        })}
      </svg>
      {picture.lines.map((line) => (
        <Label
          key={`${line.edge.client} ${line.edge.server}`}
          line={line}
          faded={!touches(line.edge)}
          tight={sizes.tight}
        />
      ))}
      <ul className={styles.nodes} aria-label={name}>
        {picture.boxes.map(({ node, x, y }) => (
          <li
            key={node.id}
            className={cx(
              styles.node,
              sizes.tight && styles.tight,
              looked !== undefined && !near.has(node.id) && styles.faded,
            )}
            style={{ left: x, top: y, width: sizes.boxWidth, height: sizes.boxHeight }}
            onMouseEnter={() => setLooked(node.id)}
            onMouseLeave={() => setLooked(undefined)}
            onFocus={() => setLooked(node.id)}
            onBlur={() => setLooked(undefined)}
          >
            <MapNodeName node={node} className={styles.title} bare={sizes.tight} />
            {nodeKind(node) !== nodeTitle(node) && <span className={styles.kind}>{nodeKind(node)}</span>}
            <span className="sr-only">
              {map.edges
                .filter(({ server }) => server === node.id)
                .map((edge) => callWords(edge, titles.get(edge.client) ?? edge.client))
                .join('; ')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
