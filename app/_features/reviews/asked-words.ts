export interface TeamToAsk {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly id: string }[];
}

interface Person { readonly id: string; readonly name: string }

const listed = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`);

/** Those of a team who may be asked. */
export const ableOf = ({ members }: TeamToAsk, able: ReadonlySet<string>): number => members.filter(({ id }) => able.has(id)).length;

/** Who was asked, by name, and of each team how many were not: "Ana Ruiz asked as Vision crew; 1 of the team may not review here." */
export function askedWords(asked: readonly Person[], teams: readonly TeamToAsk[]): string {
  const inTeams = new Set(teams.flatMap(({ members }) => members.map(({ id }) => id)));
  const alone = asked.filter(({ id }) => !inTeams.has(id)).map(({ name }) => name);
  const together = teams.map((team) => {
    const names = asked.filter(({ id }) => team.members.some((member) => member.id === id)).map(({ name }) => name);
    const left = team.members.length - names.length;
    return `${listed(names)} asked as ${team.name}${left > 0 ? `; ${left} of the team may not review here` : ''}.`;
  });
  return [...(alone.length > 0 ? [`${listed(alone)} asked.`] : []), ...together].join(' ');
}
