import type { FromWebview } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { changeIconButton, element, icon, iconButton } from '../element.ts';
import { fillText } from '../fillText.ts';
import { openMenu } from '../menu.ts';

/** The line below the box: what goes along with the prompt, where to, and the button that sends or stops. */
export interface ComposerBar {
  readonly element: HTMLElement;
  setModel(model: string): void;
  setParameters(parameters: string): void;
  setRunning(isRunning: boolean): void;
  setEmpty(isEmpty: boolean): void;
}

/** What the bar is made of. */
export interface ComposerBarOptions {
  readonly texts: PanelTexts;
  readonly send: (message: FromWebview) => void;
  readonly meter: HTMLElement;
  readonly onSubmit: () => void;
  /** The person wants to see what would go out. */
  readonly onReceipt: () => void;
  /** Where the focus goes when the button under it cannot be used any more. */
  readonly focusBox: () => void;
}

/** Makes the bar. */
export function createComposerBar(options: ComposerBarOptions): ComposerBar {
  const { texts, send } = options;
  const attach = iconButton('attach', texts.attach, () => send({ type: 'pickAttachment' }));
  const modelName = element('span', { class: 'bar-label' });
  const model = barButton(() => send({ type: 'pickModel' }), modelName, icon('chevron-down'));
  model.classList.add('model-button');
  const setParameters = (): void => send({ type: 'setParameters' });
  const parametersText = element('span', { class: 'bar-label' });
  const parameters = barButton(setParameters, icon('settings'), parametersText);
  parameters.classList.add('is-for-wide');
  const receipt = iconButton('eye', texts.showReceipt, options.onReceipt);
  receipt.classList.add('is-for-wide');
  const more = iconButton('ellipsis', texts.promptActions, () => openMore());
  more.classList.add('is-for-narrow');
  more.setAttribute('aria-haspopup', 'menu');
  more.setAttribute('aria-expanded', 'false');
  const action = iconButton('send', texts.send, () =>
    isRunning ? send({ type: 'stopReply' }) : options.onSubmit(),
  );
  action.classList.add('send-button');
  const end = element('div', { class: 'bar-end' }, options.meter, receipt, more, action);
  const root = element('div', { class: 'composer-bar' }, attach, model, parameters, end);
  let isRunning = false;
  let isEmpty = true;

  function openMore(): void {
    const items = [
      { label: texts.showReceipt, run: options.onReceipt },
      { label: texts.setParameters, run: setParameters },
    ];
    openMenu(items, texts.promptActions, more, more);
  }
  function draw(): void {
    const hadFocus = document.activeElement === action;
    changeIconButton(action, isRunning ? 'stop-circle' : 'send', isRunning ? texts.stop : texts.send);
    action.classList.toggle('is-stop', isRunning);
    action.disabled = !isRunning && isEmpty;
    if (hadFocus && action.disabled) options.focusBox();
  }
  function setParameterText(text: string): void {
    parametersText.textContent = text;
    parametersText.hidden = text === '';
    const label = text === '' ? texts.setParameters : `${texts.setParameters} ${text}`;
    parameters.title = label;
    parameters.setAttribute('aria-label', label);
  }
  setParameterText('');
  draw();

  return {
    element: root,
    setModel(name) {
      modelName.textContent = name;
      model.hidden = name === '';
      model.title = fillText(texts.pickModel, name);
      model.setAttribute('aria-label', fillText(texts.pickModel, name));
    },
    setParameters: setParameterText,
    setRunning(changed) {
      isRunning = changed;
      draw();
    },
    setEmpty(changed) {
      if (isEmpty === changed) return;
      isEmpty = changed;
      draw();
    },
  };
}

function barButton(onClick: () => void, ...children: Node[]): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'bar-button' }, ...children);
  made.addEventListener('click', onClick);
  return made;
}
