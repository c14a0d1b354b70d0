/** Names that tell the runs apart. */

/**
 * The names, with a number behind each that occurs more than once: `Trend (1)`, `Trend (2)`. Blanks at the ends
 * do not count; an empty name is `Unnamed`. A number that would make a name of another run is passed over.
 */
export function distinctNames(names: readonly string[]): string[] {
  const trimmed = names.map((name) => (name.trim() === '' ? 'Unnamed' : name.trim()));
  const taken = new Set(trimmed);
  const next = new Map<string, number>();
  return trimmed.map((name) => {
    if (trimmed.indexOf(name) === trimmed.lastIndexOf(name)) return name;
    let number = next.get(name) ?? 1;
    while (taken.has(`${name} (${number})`)) number++;
    next.set(name, number + 1);
    const distinct = `${name} (${number})`;
    taken.add(distinct);
    return distinct;
  });
}
