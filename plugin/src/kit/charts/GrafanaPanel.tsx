import { css } from '@emotion/css';
import type { FieldConfigSource, PanelData } from '@grafana/data';
import { PanelRenderer } from '@grafana/runtime';
import { PanelChrome } from '@grafana/ui';
import { ChartMenu } from './ChartMenu';
import { useApp } from '../app/appContext';
import { useSize } from '../list/useSize';

interface Props {
  readonly pluginId: string;
  readonly title: string;
  readonly description?: string | undefined;
  readonly data: PanelData;
  readonly options: object;
  /** PromQL behind the chart, or the nearest to it: a menu leads those to Explore who may. */
  readonly expressions?: readonly string[] | undefined;
  readonly fieldConfig?: FieldConfigSource | undefined;
  /** Pixels: the place is kept before anything is drawn. */
  readonly height: number;
  readonly timeZone: string;
  readonly onOptionsChange?: ((options: object) => void) | undefined;
  readonly onRange?: ((range: { readonly from: number; readonly to: number }) => void) | undefined;
}

const NO_OVERRIDES: FieldConfigSource = { defaults: {}, overrides: [] };

/** A panel plugin in Grafana's frame, fed with data of the page: Grafana loads the plugin, nothing of it is bundled. */
export function GrafanaPanel(props: Props) {
  const { pluginId, title, description, data, options, expressions, fieldConfig, height, timeZone } = props;
  const { canExplore } = useApp();
  const { ref, size } = useSize();
  return (
    <section ref={ref} className={css({ height, minWidth: 0 })} aria-label={title}>
      {size !== undefined && size.width > 0 && (
        <PanelChrome
          title={title}
          {...(description === undefined ? {} : { description })}
          width={size.width}
          height={height}
          loadingState={data.state}
          // Fingers do not hover.
          showMenuAlways
          collapsible={false}
          {...(expressions === undefined || !canExplore
            ? {}
            : { menu: () => <ChartMenu expressions={expressions} range={data.timeRange} /> })}
        >
          {(width, innerHeight) => (
            <PanelRenderer
              pluginId={pluginId}
              title={title}
              data={data}
              options={options}
              fieldConfig={fieldConfig ?? NO_OVERRIDES}
              width={width}
              height={innerHeight}
              timeZone={timeZone}
              {...(props.onOptionsChange === undefined ? {} : { onOptionsChange: props.onOptionsChange })}
              {...(props.onRange === undefined ? {} : { onChangeTimeRange: props.onRange })}
            />
          )}
        </PanelChrome>
      )}
    </section>
  );
}
