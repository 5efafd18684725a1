namespace InfantMHWeek.BrowserTests;

/// <summary>Questions that only the laid-out page can answer. They run in the page and change nothing on it.</summary>
static class PageScripts
{
    /// <summary>
    /// Every rule of WCAG 2.0, 2.1 and 2.2 at levels A and AA, and axe's best practices. Given true, only the rules about colours: of a
    /// page that was asked all of them in one colour scheme, the other changes nothing else.
    /// </summary>
    public const string AxeViolations = """
        async coloursOnly => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
          const runOnly = coloursOnly
            ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }
            : { type: 'tag', values: tags };
          const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
          const inWords = (rule, node) => `${rule.id} (${rule.impact}) at ${node.target.join(' ')}: ${rule.help}`;
          return violations.flatMap(rule => rule.nodes.map(node => inWords(rule, node)));
        }
        """;

    /// <summary>
    /// Width, headings and target sizes. A target may be smaller than 24 by 24 pixels (WCAG 2.5.8) when it stands in a
    /// sentence, or when a circle of 24 pixels around its middle touches no other target.
    /// </summary>
    public const string Barriers = """
        () => {
          const found = [];
          const root = document.documentElement;
          if (root.scrollWidth > root.clientWidth)
            found.push(`scrolls sideways: ${root.scrollWidth} px of content in ${root.clientWidth} px`);
          const headings = document.querySelectorAll('h1').length;
          if (headings !== 1) found.push(`${headings} headings of the first level`);

          const shown = element => {
            if (!element.checkVisibility({ visibilityProperty: true }) || element.getClientRects().length === 0) return false;
            const box = element.getBoundingClientRect();
            return box.right > 0 && box.bottom + scrollY > 0;
          };
          const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(shown);
          const boxes = new Map(targets.map(t => [t, t.getBoundingClientRect()]));
          const isWord = node => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.data);
          const inSentence = t =>
            getComputedStyle(t).display === 'inline' && [...t.parentElement.childNodes].some(n => n !== t && isWord(n));
          const small = box => box.width < 23.99 || box.height < 23.99;
          const distance = (x, y, box) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
          for (const t of targets) {
            const box = boxes.get(t);
            if (!small(box) || inSentence(t)) continue;
            const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
            const crowded = targets.some(other => {
              if (other === t) return false;
              const near = boxes.get(other);
              const apart = Math.hypot(x - near.left - near.width / 2, y - near.top - near.height / 2);
              return distance(x, y, near) < 12 || (small(near) && apart < 24);
            });
            const size = `${box.width.toFixed(1)} by ${box.height.toFixed(1)}`;
            if (crowded) found.push(`smaller than 24 by 24 and crowded: ${t.outerHTML.slice(0, 90)} is ${size}`);
          }
          return found;
        }
        """;
}
