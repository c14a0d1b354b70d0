/** Small buttons in the head of a panel, all of one kind. They are made by the script, so without it there are none. */

/** Adds a button to the panel of that id (`page` is the head of the page); undefined where there is no such panel. */
export function addButton(
  panel: string,
  text: string,
  label: string,
  act: () => void,
): HTMLButtonElement | undefined {
  const box = toolsOf(panel);
  if (box === null) return undefined;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.title = label;
  button.setAttribute('aria-label', label);
  button.addEventListener('click', act);
  box.append(button);
  return button;
}

function toolsOf(panel: string): Element | null {
  const head =
    panel === 'page'
      ? document.querySelector('header')
      : (document.getElementById(panel)?.querySelector(':scope > .head') ?? null);
  const found = head?.querySelector(':scope > .tools') ?? null;
  if (head === null || found !== null) return found;
  const box = document.createElement('div');
  box.className = 'tools';
  const kpis = head.querySelector(':scope > .kpis');
  head.insertBefore(box, kpis);
  return box;
}
