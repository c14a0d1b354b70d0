/** Reads the tags of a page, strictly: enough to see that texts from outside opened or closed none. */

/** The page without what its script elements hold. */
export function withoutScripts(html: string): string {
  return html.replace(/(<script[^>]*>)[^]*?(<\/script>)/g, '$1$2');
}

/** Tags of a page in order with their attribute names. Fails where they do not nest. */
export function tagsOf(html: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const [, slash, name, attributes, self] of withoutScripts(html).matchAll(
    /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"]*")?)*)\s*(\/?)>/g,
  )) {
    if (slash === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const names = [...attributes!.matchAll(/\s([a-zA-Z-]+)(?:="[^"]*")?/g)].map((match) => match[1]);
    seen.push(`${name} ${names.join(' ')}`);
    if (self !== '/' && !['meta', 'link'].includes(name!)) open.push(name!);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
  return seen;
}
