/** Doubles seen from outside: their bits, their spacing, and seeded draws. Uses no kernel, so it can judge them. */

const view = new DataView(new ArrayBuffer(8));

/** The double with these bits. */
function fromBits(bits: bigint): number {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** The n-th double after x; x is positive, n a whole number of either sign. */
export function doubleAfter(x: number, n: number): number {
  view.setFloat64(0, x);
  return fromBits(view.getBigUint64(0) + BigInt(n));
}

/** 2^k from the bits of the format, k = -1074..1023. */
export function twoTo(k: number): number {
  return fromBits(k >= -1022 ? BigInt(k + 1023) << 52n : 1n << BigInt(k + 1074));
}

/** Unit in the last place of a finite double. */
export function ulp(x: number): number {
  view.setFloat64(0, Math.abs(x));
  return twoTo(Math.max(Number(view.getBigUint64(0) >> 52n), 1) - 1075);
}

/** Numbers in [0, 1) from a fixed seed (mulberry32, two draws each). */
export function uniforms(seed: number): () => number {
  let state = seed;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return (z ^ (z >>> 14)) >>> 0;
  };
  return () => (draw() * 2097152 + (draw() >>> 11)) / 9007199254740992;
}
