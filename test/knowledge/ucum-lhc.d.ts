/** What the tests use of the oracle; the package brings no types. */
declare module '@lhncbc/ucum-lhc' {
  interface Conversion {
    readonly status: 'succeeded' | 'failed' | 'error'
    readonly toVal: number | null
  }
  interface UcumLhcUtils {
    readonly convertUnitTo: (
      from: string,
      value: number,
      to: string,
      options?: { suggest?: boolean; molecularWeight?: number; charge?: number },
    ) => Conversion
    readonly validateUnitString: (unit: string) => { readonly status: 'valid' | 'invalid' | 'error' }
  }
  const ucum: { readonly UcumLhcUtils: { readonly getInstance: () => UcumLhcUtils } }
  export default ucum
}
