import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, IconButton, Input, Toggletip, useStyles2 } from '@grafana/ui';
import { useState, type SyntheticEvent } from 'react';
import { useLocation } from 'react-router-dom';
import { PageLink } from '../links/PageLink';
import type { UrlQuery } from '../useUrlQuery';
import { LONGEST_NAME, searchOfView, viewSearch } from './savedView';
import { useSavedViews, type SavedViews } from './useSavedViews';

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'grid', gap: theme.spacing(1.5), minWidth: theme.spacing(32) }),
  list: css({
    listStyle: 'none',
    margin: 0,
    padding: 0,
    maxHeight: theme.spacing(40),
    overflowY: 'auto',
    '& > li': { display: 'flex', justifyContent: 'space-between', gap: theme.spacing(2) },
    '& a': { overflowWrap: 'anywhere' },
  }),
  form: css({ display: 'flex', gap: theme.spacing(1) }),
  note: css({ margin: 0, color: theme.colors.text.secondary }),
});

interface FormProps {
  readonly names: readonly string[];
  readonly onSave: (name: string) => void;
}

function SaveForm({ names, onSave }: FormProps) {
  const styles = useStyles2(getStyles);
  const [text, setText] = useState('');
  const name = text.trim();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (name === '') return;
    onSave(name);
    setText('');
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Input
        aria-label={t('views.name', 'Name of this view')}
        placeholder={t('views.name', 'Name of this view')}
        maxLength={LONGEST_NAME}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button type="submit" variant="secondary" disabled={name === ''}>
        {names.includes(name) ? t('views.replace', 'Replace') : t('views.save', 'Save')}
      </Button>
    </form>
  );
}

interface Props {
  /** The page's name in the storage. */
  readonly page: string;
  readonly url: UrlQuery;
  /** What of the address is no part of a view, such as an opened row. */
  readonly passing?: readonly string[];
}

function ViewsBox({ saved, search, query }: BoxProps) {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const { views = [], error, save, remove } = saved;
  return (
    <div className={styles.box}>
      {error !== undefined && (
        <p role="alert">
          {t('views.problem', 'Saved views cannot be reached: {{reason}}', {
            reason: error.message,
            interpolation: { escapeValue: false },
          })}
        </p>
      )}
      {views.length === 0 && (
        <p className={styles.note}>
          {t('views.none', 'Give the filters, order and columns of this page a name to come back to them.')}
        </p>
      )}
      <ul className={styles.list}>
        {views.map((view) => (
          <li key={view.name}>
            <PageLink to={`${pathname}${searchOfView(view, query)}`}>
              <bdi>{view.name}</bdi>
              {view.search === search ? ` ${t('views.present', '(this one)')}` : ''}
            </PageLink>
            <IconButton
              name="trash-alt"
              aria-label={t('views.remove', 'Remove {{name}}', {
                name: view.name,
                interpolation: { escapeValue: false },
              })}
              onClick={() => remove(view.name)}
            />
          </li>
        ))}
      </ul>
      <SaveForm names={views.map(({ name }) => name)} onSave={(name) => save({ name, search })} />
    </div>
  );
}

interface BoxProps {
  readonly saved: SavedViews;
  /** The view that the page has now. */
  readonly search: string;
  readonly query: URLSearchParams;
}

/** Views that the user has saved of the page: to open, to add the present one, to remove. Named after it when it is one. */
export function ViewsButton({ page, url, passing = [] }: Props) {
  const saved = useSavedViews(page);
  const search = viewSearch(url.query, passing);
  const present = search === '' ? undefined : saved.views?.find((view) => view.search === search);
  return (
    <Toggletip
      content={<ViewsBox saved={saved} search={search} query={url.query} />}
      title={t('views.title', 'Saved views')}
      placement="bottom-end"
      fitContent
    >
      <Button variant="secondary" icon="bookmark">
        {present?.name ?? t('views.button', 'Views')}
      </Button>
    </Toggletip>
  );
}
