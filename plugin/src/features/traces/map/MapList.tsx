import { useStyles2 } from '@grafana/ui';
import type { MapEdge, ServiceMap } from '../../../domain/traces/serviceMap';
import { StatusSign } from '../../../kit/status/StatusSign';
import { nodeKind, trafficStatus, trafficWords } from './mapLook';
import { MapNodeName } from './MapNodeName';
import { getMapStyles } from './mapStyles';
import { mapTree, type MapBranch } from './mapTree';

function Figures({ edge }: { readonly edge: MapEdge }) {
  const styles = useStyles2(getMapStyles);
  const { rate, errors, latency } = trafficWords(edge);
  return (
    <>
      {rate !== undefined && <span>{rate}</span>}
      {latency !== undefined && <span className={styles.quiet}>{latency}</span>}
      {errors !== undefined && <StatusSign status={trafficStatus(edge)}>{errors}</StatusSign>}
    </>
  );
}

function Branch({ branch: { node, edge, branches } }: { readonly branch: MapBranch }) {
  const styles = useStyles2(getMapStyles);
  return (
    <li>
      <span className={styles.row}>
        {edge !== undefined && <span aria-hidden="true">{edge.server === node.id ? '→' : '←'}</span>}
        <MapNodeName node={node} className={styles.title} />
        {node.devices !== null && <span className={styles.kind}>{nodeKind(node)}</span>}
        {edge !== undefined && <Figures edge={edge} />}
      </span>
      {branches.length > 0 && (
        <ul>
          {branches.map((below) => (
            <Branch key={below.node.id} branch={below} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface Props {
  readonly map: Pick<ServiceMap, 'nodes' | 'edges'>;
  /** What the map is called. */
  readonly name: string;
}

/** Who calls whom as a list of lists, where a drawing has no room. */
export function MapList({ map, name }: Props) {
  const styles = useStyles2(getMapStyles);
  return (
    <ul className={styles.tree} aria-label={name}>
      {mapTree(map).map((branch) => (
        <Branch key={branch.node.id} branch={branch} />
      ))}
    </ul>
  );
}
