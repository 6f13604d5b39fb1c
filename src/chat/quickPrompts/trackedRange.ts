/** One change of a document, as VS Code tells it: offsets are those of the text right before it. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** What the changes of one event were to a range. */
interface FollowedChanges {
  /** The expected text was added at the end. */
  readonly isAppended: boolean;
  /** Somebody changed the text of the range. */
  readonly isConflict: boolean;
}

/** The place of a text in a document that others change, too. */
export interface TrackedRange {
  readonly start: number;
  /** The offset behind the last character. */
  readonly end: number;
  /**
   * Follows the changes of one event, in their order. `appended` is the text that is being added at the end. What
   * others write at either edge stays outside: before the range if it is empty.
   */
  follow(changes: readonly TextChange[], appended?: string): FollowedChanges;
  /** Takes both ends to `where` says, as when line ends become longer in all of the document. */
  move(where: (offset: number) => number): void;
}

/** Follows the text from `start` to before `end`. After a conflict the range is what is left of it. */
export function createTrackedRange(start: number, end: number = start): TrackedRange {
  let from = start;
  let to = end;

  /** Whether the change touched the text itself. */
  function followOther({ rangeOffset, rangeLength, text }: TextChange): boolean {
    const changeEnd = rangeOffset + rangeLength;
    const growth = text.length - rangeLength;
    if (changeEnd <= from) {
      from += growth;
      to += growth;
      return false;
    }
    if (rangeOffset >= to || (rangeLength === 0 && text === '')) return false;
    const startsBefore = rangeOffset < from;
    const endsBehind = changeEnd > to;
    if (startsBefore) from = rangeOffset + text.length;
    // What is written over the end is somebody else's.
    to = endsBehind ? Math.max(from, rangeOffset) : to + growth;
    return true;
  }

  return {
    get start() {
      return from;
    },
    get end() {
      return to;
    },
    follow(changes, appended) {
      let isAppended = false;
      let isConflict = false;
      for (const change of changes) {
        if (!isAppended && appended !== undefined && isAppend(change, to, appended)) {
          isAppended = true;
          to += change.text.length;
        } else if (followOther(change)) isConflict = true;
      }
      return { isAppended, isConflict };
    },
    move(where) {
      from = where(from);
      to = where(to);
    },
  };
}

/** Documents have line ends of their own. */
function isAppend({ rangeOffset, rangeLength, text }: TextChange, at: number, expected: string): boolean {
  return rangeOffset === at && rangeLength === 0 && withFeeds(text) === withFeeds(expected);
}

function withFeeds(text: string): string {
  return text.replaceAll(/\r\n|\r/g, '\n');
}
