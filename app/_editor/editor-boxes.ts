/** What floats over a text and stands behind it: the keys and menus that the editor is made with reach for these long after it was drawn. */
export class EditorBoxes {
  private readonly tools = new Map<'text' | 'table', HTMLElement | null>();
  private files: HTMLInputElement | null = null;

  readonly takeTextTools = (box: HTMLElement | null): void => { this.tools.set('text', box); };
  readonly takeTableTools = (box: HTMLElement | null): void => { this.tools.set('table', box); };
  readonly takeFiles = (box: HTMLInputElement | null): void => { this.files = box; };

  readonly chooseFiles = (): void => this.files?.click();

  /** Whether the keyboard is in the tools. */
  readonly holdFocus = (): boolean => [...this.tools.values()].some((box) => box?.contains(document.activeElement) ?? false);

  /** The keyboard goes to the tools that are there to be seen; false where none are. */
  readonly focusTools = (): boolean => {
    const buttons = [...this.tools.values()].flatMap((box) => [...box?.querySelectorAll<HTMLElement>('button') ?? []]);
    const tool = buttons.find((button) => button.checkVisibility({ visibilityProperty: true }));
    tool?.focus();
    return tool !== undefined;
  };
}
