/**
 * A function whose answers are kept by their key: codes, drug codes and times of day come again with every patient. At
 * most so many answers are kept; beyond it all are forgotten and made anew. Endless keys are not kept.
 */
export function remembered<T>(make: (key: string) => T, most: number): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    let answer = known.get(key)
    if (answer === undefined) {
      answer = make(key)
      if (key.length > LONGEST_KEY) return answer
      if (known.size >= most) known.clear()
      known.set(key, answer)
    }
    return answer
  }
}

const LONGEST_KEY = 200
