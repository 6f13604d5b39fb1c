import type { ForeignServer } from '../../support/foreignServer.ts';
import { closeEditors } from './closeEditors.ts';
import { Panel } from './panel.ts';
import type { Workbench } from './workbench.ts';

/** How the last prompt of a door stands; `answered` may have been read from its room. */
export type Ending = 'answered' | 'interrupted' | 'failed';

/** A door that a person asks through. */
export interface Door {
  /** The server keeps its prompts. */
  readonly hasRoom: boolean;
  open(): Promise<void>;
  ask(prompt: string): Promise<void>;
  /** Waits until the prompt has ended so; `sentence` is why there is no answer. */
  end(ending: Ending, sentence?: RegExp): Promise<void>;
  /** Waits until the answer shows this. */
  shows(text: string): Promise<void>;
  /** Presses a button that stands beside why there is no answer; `sentence` is that. */
  press(sentence: RegExp, button: string): Promise<void>;
  /** The button that asks the prompt again. */
  readonly again: string;
  /** Closes what it has opened. */
  readonly close?: () => Promise<void>;
}

/** The three doors of a window. */
export const doors: Readonly<Record<string, (workbench: Workbench) => Door>> = {
  'Chat view': chatDoor,
  panel: panelDoor,
  'quick prompt': quickDoor,
};

function chatDoor({ chat }: Workbench): Door {
  const press = async (sentence: RegExp, button: string) => {
    await chat.lastResponse().getByText(sentence).first().waitFor();
    await chat.pressButton(button);
  };
  return {
    hasRoom: true,
    open: () => chat.ready(),
    ask: (prompt) => chat.send(`@tachyon ${prompt}`),
    end: async (ending) => {
      await chat.waitForAnswer();
      const isFailed = (await chat.error()) !== undefined;
      if (isFailed !== (ending !== 'answered')) throw new Error(`The answer is not ${ending}.`);
    },
    shows: (text) => chat.waitForText(text),
    press,
    again: 'Ask Again',
  };
}

function panelDoor(workbench: Workbench): Door {
  const panel = new Panel(workbench);
  const press = async (sentence: RegExp, button: string) => {
    await panel.waitForText(sentence);
    await panel.press(panel.lastTurn(), button);
  };
  return {
    hasRoom: true,
    open: () => panel.open(),
    ask: (prompt) => panel.send(prompt),
    end: (ending) => panel.waitForState(ending),
    shows: (text) => panel.waitForText(text),
    press,
    again: 'Ask Again',
  };
}

function quickDoor(workbench: Workbench): Door {
  const { page, chat, notifications } = workbench;
  return {
    hasRoom: false,
    open: () => chat.ready(),
    ask: (prompt) => workbench.askQuickPrompt(prompt),
    // The notification of its progress is another.
    end: async (ending, sentence = /./) => {
      if (ending !== 'answered') await notifications.waitFor(sentence);
    },
    shows: async (text) => {
      // Monaco draws blanks as no-break spaces.
      const pattern = new RegExp(text.replaceAll(' ', '\\s'));
      await page.locator('.part.editor .view-line').filter({ hasText: pattern }).first().waitFor();
    },
    press: (sentence, button) => notifications.press(sentence, button),
    again: 'Try Again',
    close: () => closeEditors(workbench),
  };
}

/** How often the server has a prompt, in the room that has it most often. */
export function timesStored({ chatrooms }: Pick<ForeignServer, 'chatrooms'>, prompt: string): number {
  const counts = [...chatrooms.values()].map(
    ({ messages }) => messages.filter(({ role, text }) => role === 'user' && text === prompt).length,
  );
  return Math.max(0, ...counts);
}
