import type { ConnectionKind } from '../api/connection.ts';
import type { ModelInfo } from '../api/wire.ts';
import { defaultModel } from './defaultModel.ts';

/** The vendor of the language model provider. */
const vendor = 'tachyon';
/** `tachyon/sign-in` is offered without any key, `<connection>/default` until the real list is there. */
const placeholders: ReadonlySet<string> = new Set(['sign-in', 'default']);
const signInId = 'tachyon/sign-in';

/** A connection, and a model of it unless the server shall choose. */
export interface ModelReference {
  readonly connection: string;
  readonly model?: string;
}

/** What the choice is made from. */
export interface ModelCandidates {
  /** The model picked in the Chat view, of whatever vendor. */
  readonly picked?: { readonly vendor: string; readonly id: string };
  /** The model of the room's last turn. */
  readonly room?: ModelReference;
  /** `tachyon.defaultModel`: `<connection>/<model id>` or a connection's name. */
  readonly setting?: string;
  /** All connections in their order; `usable`: it has the credential and operator its kind needs. */
  readonly connections: readonly ConnectionCandidate[];
}

interface ConnectionCandidate {
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly usable: boolean;
  /** As far as known. */
  readonly models?: readonly ModelInfo[];
}

/** The model to ask, and why it is that one. */
export interface ModelChoice extends ModelReference {
  readonly reason: 'picked' | 'room' | 'setting' | 'default';
  /** The picker holds a model of another vendor, which gets nothing: say which one answers. */
  readonly otherVendorPicked: boolean;
}

/**
 * Picked, else the room's, else the setting's, else the first usable connection's default; undefined: no connection. The
 * default of the first usable connection is what VS Code picks by itself, so it counts as no pick; the default of
 * another connection is that connection's choice.
 */
export function chooseModel(candidates: ModelCandidates): ModelChoice | undefined {
  const { picked, room, setting, connections } = candidates;
  const otherVendorPicked = picked !== undefined && picked.vendor !== vendor;
  const isKnown = (reference: ModelReference | undefined): reference is ModelReference =>
    reference !== undefined && connections.some(({ name }) => name === reference.connection);
  const withDefault = ({ connection, model }: ModelReference): ModelReference => {
    const candidate = connections.find(({ name }) => name === connection);
    const chosen = model ?? (candidate && defaultModel(candidate.kind, candidate.models ?? [])?.id);
    return { connection, ...(chosen !== undefined && { model: chosen }) };
  };

  const first = connections.find(({ usable }) => usable) ?? connections[0];
  const set = setting ? parseModelId(setting) : undefined;
  const pick = picked?.vendor === vendor ? parseModelId(picked.id) : undefined;
  if (isKnown(pick) && pick.model !== undefined) return { ...pick, reason: 'picked', otherVendorPicked };
  if (isKnown(pick) && pick.connection !== first?.name && !isSignIn(picked)) {
    const own = [room, set].find((reference) => reference?.connection === pick.connection);
    return { ...withDefault(own ?? pick), reason: 'picked', otherVendorPicked };
  }
  if (isKnown(room)) return { ...withDefault(room), reason: 'room', otherVendorPicked };
  if (isKnown(set)) return { ...withDefault(set), reason: 'setting', otherVendorPicked };
  return first && { ...withDefault({ connection: first.name }), reason: 'default', otherVendorPicked };
}

function isSignIn(picked: ModelCandidates['picked']): boolean {
  return picked?.id === signInId;
}

/** Splits `<connection>/<model id>` at the first slash; a placeholder's or missing model is none. */
export function parseModelId(id: string): ModelReference | undefined {
  const slash = id.indexOf('/');
  const connection = slash === -1 ? id : id.slice(0, slash);
  const model = slash === -1 ? '' : id.slice(slash + 1);
  if (connection === '') return undefined;
  return model === '' || placeholders.has(model) ? { connection } : { connection, model };
}
