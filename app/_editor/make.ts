type Given = Readonly<Record<string, string | boolean | null | undefined>>;

/** An element with attributes and children; true stands for a bare attribute, null and false for none. Children are elements or text, never HTML. */
export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Given = {}, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, '');
    else if (typeof value === 'string') element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}
