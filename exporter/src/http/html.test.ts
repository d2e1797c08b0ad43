import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeHtml, html, SafeHtml } from './html.ts';

describe('html', () => {
  it('escapes what is put in and leaves the markup', () => {
    const name = `<img src=x onerror="alert('1')">&`;
    expect(html`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">' +
        '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</p>',
    );
  });

  it('takes numbers, nested HTML and lists of both', () => {
    const items = ['<a>', 2].map((value) => html`<li>${value}</li>`);
    expect(html`${items}${new SafeHtml('<hr>')}`.text).toBe('<li>&lt;a&gt;</li><li>2</li><hr>');
  });

  it('shows control characters instead of passing them on', () => {
    expect(escapeHtml('a\u0000b\u001b[31m\tc\n')).toBe('a\u{FFFD}b\u{FFFD}[31m\tc\n');
  });

  it('never lets a tag, a quote or an entity through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});
