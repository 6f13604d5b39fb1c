import { openaiCases } from './openaiCases.ts';
import { optionCases } from './optionCases.ts';
import { tachyonCases } from './tachyonCases.ts';

/** A check for each thing that a seed offers. */
export const cases = { ...tachyonCases, ...openaiCases, ...optionCases };

export type CaseName = keyof typeof cases;
